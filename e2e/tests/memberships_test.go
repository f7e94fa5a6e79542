package tests

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
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

func TestAUserWhomNoRuleWantsLeavesAfterTwoReadsAndIsAddedAgainLater(t *testing.T) {
	s := beginAlone(t, plain)
	client := s.Mattermost.Admin.Client
	team, _, err := client.CreateTeam(t.Context(), &model.Team{Name: "company", DisplayName: "Company", Type: model.TeamOpen})
	require.NoError(t, err)
	channel, _, err := client.CreateChannel(t.Context(), &model.Channel{TeamId: team.Id, Name: "platform", DisplayName: "Platform", Type: model.ChannelTypePrivate})
	require.NoError(t, err)
	platform := company.GroupID("Platform")
	rule := map[string]any{"id": "platform", "name": "Platform", "who": map[string]any{"groups": []any{platform}}, "join": []any{
		map[string]any{"team": map[string]any{"id": team.Id}, "channel": map[string]any{"id": channel.Id}}}}
	guard := map[string]any{"guard": map[string]any{"leaves": map[string]any{"max_percent": 100}, "leaves_per_target": map[string]any{"max_percent": 100}}}
	s.configure(t, policy(everyone(), office365(), memberships(rule), guard))

	run := s.sync(t, stage.ModeApply)
	require.Equal(t, "succeeded", run.State, run.Error)
	members := s.Tenant.Members(platform)
	require.EqualValues(t, 2*len(members), run.Counts["joined"], "each in the team and in its channel")

	require.NoError(t, s.Tenant.SetMembers(platform, members[1:]))
	assert.Zero(t, s.sync(t, stage.ModeApply).Counts["left"])
	s.later(t, 30)
	left := s.sync(t, stage.ModeApply)
	assert.Equal(t, "succeeded", left.State, left.Error)
	assert.EqualValues(t, 2, left.Counts["left"])
	present, _, err := client.GetChannelMembers(t.Context(), channel.Id, 0, 100, "")
	require.NoError(t, err)
	assert.Len(t, present, len(members), "one user less, and the administrator who made the channel")
	posts, _, err := client.GetPostsForChannel(t.Context(), channel.Id, 0, 100, "", false, false)
	require.NoError(t, err)
	assert.Len(t, posts.Order, 1, "only the administrator's own join is told")

	require.NoError(t, s.Tenant.SetMembers(platform, members))
	assert.EqualValues(t, 2, s.sync(t, stage.ModeApply).Counts["joined"])
	assert.Zero(t, s.sync(t, stage.ModeApply).Counts["joined"])
}

func TestEachDepartmentGetsAChannelThatIsFoundAgainWhenItIsRenamed(t *testing.T) {
	s := beginAlone(t, plain)
	client := s.Mattermost.Admin.Client
	team, _, err := client.CreateTeam(t.Context(), &model.Team{Name: "company", DisplayName: "Company", Type: model.TeamOpen})
	require.NoError(t, err)
	rule := map[string]any{"id": "departments", "name": "Departments", "who": everyone(), "for_each": map[string]any{"attribute": "department"}, "join": []any{
		map[string]any{"team": map[string]any{"id": team.Id}, "channel": map[string]any{"create": map[string]any{"name": "dept-{value}", "display_name": "{value}"}}}}}
	roomy := &model.Config{TeamSettings: model.TeamSettings{MaxUsersPerTeam: model.NewPointer(1000)}}
	_, _, err = client.PatchConfig(waiting(t), roomy)
	require.NoError(t, err)
	s.configure(t, policy(everyone(), office365(), memberships(rule)))

	preview := s.sync(t, stage.ModePreview)
	run := s.sync(t, stage.ModeApply)
	require.Equal(t, "succeeded", run.State, run.Error)
	assert.Equal(t, preview.Counts["joined"], run.Counts["joined"])
	channels, _, err := client.GetPrivateChannelsForTeam(t.Context(), team.Id, 0, 100, "")
	require.NoError(t, err)
	require.NotEmpty(t, channels)
	_, _, err = client.PatchChannel(t.Context(), channels[0].Id, &model.ChannelPatch{Name: model.NewPointer("renamed"), DisplayName: model.NewPointer("Renamed")})
	require.NoError(t, err)
	again := s.sync(t, stage.ModeApply)
	assert.Zero(t, again.Counts["joined"])
	assert.Equal(t, run.Counts["conflicts"], again.Counts["conflicts"])
	after, _, err := client.GetPrivateChannelsForTeam(t.Context(), team.Id, 0, 100, "")
	require.NoError(t, err)
	assert.Len(t, after, len(channels))
}
