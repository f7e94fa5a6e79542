package main

import (
	"context"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/api"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// jobs gives the API its view of the run manager.
type jobs struct {
	manager *job.Manager
	config  *configurations
	store   *store.Store

	// held returns the run that waits for approval.
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

func (j jobs) Status(ctx context.Context) (api.Status, error) {
	now := j.config.current.Load()
	status := api.Status{
		Version:    pluginVersion,
		Revision:   now.revision,
		Configured: now.checked.Configured,
		Enabled:    now.settings.Enabled,
		Faults:     now.checked.Faults,
		Warnings:   now.checked.Warnings,
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
