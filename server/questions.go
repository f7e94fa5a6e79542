package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/api"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/questions"
)

// pageQuestions gives the API access to the answers to what the page asks.
type pageQuestions struct {
	asked *questions.Questions
}

func (p pageQuestions) TestConnection(ctx context.Context) (api.ConnectionReport, error) {
	var report api.ConnectionReport
	answer, err := p.asked.TestConnection(ctx)
	if err != nil {
		return report, err
	}
	return report, json.Unmarshal(answer, &report)
}

func (p pageQuestions) Overview(ctx context.Context) (api.Overview, error) {
	numbers, expiresAt, err := p.asked.Overview(ctx)
	return api.Overview{Overview: numbers, SecretExpiresAt: expiresAt}, err
}

func (p pageQuestions) FindGroups(ctx context.Context, text string) ([]api.Group, error) {
	return groupsOf(p.asked.FindGroups(ctx, text))
}

func (p pageQuestions) GetGroups(ctx context.Context, ids []string) ([]api.Group, error) {
	return groupsOf(p.asked.GetGroups(ctx, ids))
}

func groupsOf(found []entra.Group, err error) ([]api.Group, error) {
	groups := make([]api.Group, len(found))
	for i, group := range found {
		groups[i] = api.Group(group)
	}
	return groups, err
}

func (p pageQuestions) FindTargets(ctx context.Context, search api.TargetSearch) (json.RawMessage, error) {
	return p.asked.FindTargets(ctx, mattermost.TargetSearch(search))
}

func (p pageQuestions) ExplainMemberships(ctx context.Context, user string) (map[string]json.RawMessage, error) {
	return p.asked.ExplainMemberships(ctx, user)
}

func (p pageQuestions) TargetMembers(ctx context.Context, locale string, filter api.MemberFilter) (api.TargetMembers, error) {
	page, err := p.asked.TargetMembers(ctx, locale, mattermost.MemberFilter(filter))
	return api.TargetMembers(page), err
}

func (p pageQuestions) MembersTable(ctx context.Context, locale string, filter api.MemberFilter) (text, next string, err error) {
	return p.asked.MembersTable(ctx, locale, mattermost.MemberFilter(filter))
}

func (p pageQuestions) NextTimes(ctx context.Context, schedule, zone string, now time.Time) ([]int64, error) {
	return p.asked.NextTimes(ctx, schedule, zone, now)
}

func (p pageQuestions) LookUp(ctx context.Context, port string, input json.RawMessage) (any, error) {
	return p.asked.LookUp(ctx, port, input)
}
