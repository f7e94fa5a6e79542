package tests

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

func memberships(rules ...map[string]any) map[string]any {
	return map[string]any{"memberships": map[string]any{"rules": rules}}
}

func TestEveryUserJoinsTheTeamInTheRunThatCreatesTheAccount(t *testing.T) {
	s := beginAlone(t, plain)
	client := s.Mattermost.Admin.Client
	roomy := &model.Config{TeamSettings: model.TeamSettings{MaxUsersPerTeam: model.NewPointer(1000)}}
	_, _, err := client.PatchConfig(waiting(t), roomy)
	require.NoError(t, err)
	team, _, err := client.CreateTeam(t.Context(), &model.Team{Name: "company", DisplayName: "Company", Type: model.TeamOpen})
	require.NoError(t, err)
	rule := map[string]any{"id": "r1", "name": "Company", "who": everyone(), "join": []any{map[string]any{"team": map[string]any{"id": team.Id}}}}
	s.configure(t, policy(everyone(), office365(), memberships(rule)))

	run := s.sync(t, stage.ModeApply)
	require.Equal(t, "succeeded", run.State, run.Error)
	require.NotZero(t, run.Counts["created"])
	assert.Equal(t, run.Counts["created"], run.Counts["joined"])
	stats, _, err := client.GetTeamStats(t.Context(), team.Id, "")
	require.NoError(t, err)
	assert.EqualValues(t, run.Counts["joined"]+1, stats.TotalMemberCount, "the administrator who made the team is in it")

	town, _, err := client.GetChannelByName(t.Context(), "town-square", team.Id, "")
	require.NoError(t, err)
	posts, _, err := client.GetPostsForChannel(t.Context(), town.Id, 0, 100, "", false, false)
	require.NoError(t, err)
	assert.Len(t, posts.Order, 1, "only the administrator's own join is told")

	again := s.sync(t, stage.ModeApply)
	assert.Equal(t, "succeeded", again.State)
	assert.Zero(t, again.Counts["joined"])
}
