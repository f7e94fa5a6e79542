package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/api"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// jobs gives the API its view of the run manager.
type jobs struct {
	manager *job.Manager
	config  *configurations
	store   *store.Store

	// held says which run waits for an approval.
	held store.HeldFilter
}

func (j jobs) Start(ctx context.Context, request api.StartRequest) (store.Run, error) {
	return j.manager.Start(ctx, job.Request(request))
}

func (j jobs) Cancel(ctx context.Context, runID string) (store.Run, error) {
	return j.manager.Cancel(ctx, runID)
}

func (j jobs) Approve(ctx context.Context, request api.StartRequest) (store.Run, error) {
	return j.manager.Approve(ctx, job.Request(request))
}

func (j jobs) Discard(ctx context.Context, request api.StartRequest) (store.Run, error) {
	return j.manager.Discard(ctx, job.Request(request))
}

func (j jobs) TestConnection(ctx context.Context) (api.ConnectionReport, error) {
	var report api.ConnectionReport
	answer, err := j.manager.TestConnection(ctx)
	if err != nil {
		return report, err
	}
	return report, json.Unmarshal(answer, &report)
}

func (j jobs) Overview(ctx context.Context) (api.Overview, error) {
	numbers, expiresAt, err := j.manager.Overview(ctx)
	return api.Overview{Overview: numbers, SecretExpiresAt: expiresAt}, err
}

func (j jobs) FindGroups(ctx context.Context, text string) ([]api.Group, error) {
	return groupsOf(j.manager.FindGroups(ctx, text))
}

func (j jobs) GetGroups(ctx context.Context, ids []string) ([]api.Group, error) {
	return groupsOf(j.manager.GetGroups(ctx, ids))
}

func groupsOf(found []entra.Group, err error) ([]api.Group, error) {
	groups := make([]api.Group, len(found))
	for i, group := range found {
		groups[i] = api.Group(group)
	}
	return groups, err
}

func (j jobs) NextTimes(ctx context.Context, schedule, zone string, now time.Time) ([]int64, error) {
	return j.manager.NextTimes(ctx, schedule, zone, now)
}

func (j jobs) LookUp(ctx context.Context, port string, input json.RawMessage) (any, error) {
	return j.manager.LookUp(ctx, port, input)
}

func (j jobs) Status(ctx context.Context) (api.Status, error) {
	now := j.config.current.Load()
	status := api.Status{
		Version:    pluginVersion,
		Revision:   now.revision,
		Configured: now.checked.Configured,
		Enabled:    now.settings.Enabled,
		Faults:     now.checked.Faults,
		Schedule:   now.settings.Schedule,
		TimeZone:   now.settings.TimeZone,
	}
	state, err := j.store.Quarantine(ctx)
	if err != nil {
		return status, err
	}
	if state != nil {
		status.Quarantine = &api.Quarantine{Failures: state.Failures, Since: state.Since, NextAt: state.NextAt}
	}
	if next := j.manager.NextRun(time.Now(), state); !next.IsZero() {
		status.NextRunAt = next.UnixMilli()
	}
	if status.CurrentRun, err = j.store.CurrentRun(ctx); err != nil {
		return status, err
	}
	if status.LastRun, err = j.store.LastRun(ctx); err != nil {
		return status, err
	}
	status.HeldRun, err = j.store.HeldRun(ctx, j.held)
	return status, err
}
