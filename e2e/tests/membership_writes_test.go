package tests

import (
	"context"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// crowd is how many users the scene of workers has.
const crowd = 12

// workers is the licensed scene with some synced users and a group, whose members are the first `inGroup` of them.
func workers(t *testing.T, inGroup int) (s *scene, group string) {
	t.Helper()
	s = begin(t, licensed)
	s.roomy(t)
	people := company.Many(crowd)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	s.configure(t, policy(everyone(), office365()))
	require.Equal(t, crowd, s.apply(t).Counts["created"])
	group = company.GroupID("Sales")
	var members []string
	for _, person := range people[:inGroup] {
		members = append(members, idOf(t, person))
	}
	require.NoError(t, s.Tenant.SetMembers(group, members))
	return s, group
}

// follows configures rules that are followed at once.
func (s *scene) follows(t *testing.T, rules ...map[string]any) {
	t.Helper()
	part := memberships(rules...)
	part["memberships"].(map[string]any)["min_minutes_between_reads"] = 0
	document := policy(everyone(), office365(), part)
	guard := document["Policy"].(map[string]any)["guard"].(map[string]any)
	for _, kind := range []string{"leaves", "leaves_per_target"} {
		guard[kind] = map[string]any{"more_than": 100, "max_percent": 100}
	}
	s.configure(t, document)
}

func teamRule(who map[string]any, more map[string]any, targets ...map[string]any) map[string]any {
	rule := map[string]any{"id": "r1", "name": "Rule", "who": who, "join": targets}
	for key, value := range more {
		rule[key] = value
	}
	return rule
}

func in(group string) map[string]any { return map[string]any{"groups": []string{group}} }

func intoTeam(team string) map[string]any {
	return map[string]any{"team": map[string]any{"id": team}}
}

func intoChannel(team, channel string) map[string]any {
	return map[string]any{"team": map[string]any{"id": team}, "channel": map[string]any{"id": channel}}
}

// synced counts the synced users in a team or channel.
func (s *scene) synced(t *testing.T, id string) int {
	t.Helper()
	return s.count(t, `SELECT count(*) FROM (
		SELECT teamid AS target, userid FROM teammembers WHERE deleteat = 0 UNION ALL SELECT channelid, userid FROM channelmembers
	) AS members JOIN entrasync_links ON account_id = userid WHERE target = '`+id+`'`)
}

// said are the reasons of the lines of a run that are about whole targets.
func (s *scene) said(t *testing.T, run *stage.Run) (reasons []string) {
	t.Helper()
	for _, line := range s.changes(t, run.ID) {
		if line.ObjectID == "" {
			reasons = append(reasons, line.Reason)
		}
	}
	return reasons
}

func TestTargetsThatMattermostWouldNotTakeAreToldOnceAndOthersGoOn(t *testing.T) {
	s, _ := workers(t, 0)
	client := s.Mattermost.Admin.Client
	made := s.office(t, "edges", 4)
	old := s.office(t, "archived", 0)
	_, err := client.SoftDeleteTeam(waiting(t), old.team.Id)
	require.NoError(t, err)
	_, err = client.DeleteChannel(waiting(t), made.channels[0].Id)
	require.NoError(t, err)
	_, _, err = client.PatchChannel(waiting(t), made.channels[1].Id, &model.ChannelPatch{GroupConstrained: model.NewPointer(true)})
	require.NoError(t, err)

	s.execute(t, `INSERT INTO accesscontrolpolicies (id, name, type, active, createat, revision, version)
		VALUES ('`+made.channels[3].Id+`', 'only engineers', 'channel', true, 1, 1, 'v0.1')`)

	rule := teamRule(everyone(), nil, intoTeam(old.team.Id))
	for _, channel := range made.channels {
		rule["join"] = append(rule["join"].([]map[string]any), intoChannel(made.team.Id, channel.Id))
	}
	s.follows(t, rule)
	run := s.sync(t, stage.ModeApply)
	assert.ElementsMatch(t, []string{"target_archived", "target_archived", "target_group_constrained", "target_access_controlled"}, s.said(t, run))
	assert.Equal(t, 2*crowd, run.Counts["joined"])
	assert.Zero(t, run.Counts["failed"])
	for _, id := range []string{old.team.Id, made.channels[0].Id, made.channels[1].Id, made.channels[3].Id} {
		assert.Zero(t, s.synced(t, id))
	}
	assert.Equal(t, crowd, s.synced(t, made.channels[2].Id))
}

func TestAFullTeamIsOneLineAndTheRestOfItsUsersJoinOnceThereIsRoom(t *testing.T) {
	s, _ := workers(t, 0)
	made := s.office(t, "full", 1)
	s.seats(t, 5) // the administrator has a seat
	s.follows(t, made.rule("r1"))
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, []string{"target_full"}, s.said(t, run))
	assert.Equal(t, 8, run.Counts["joined"])
	assert.Equal(t, []int{4, 4, 0}, []int{s.synced(t, made.team.Id), s.synced(t, made.channels[0].Id), run.Counts["failed"]})
	s.seats(t, 50)
	assert.Equal(t, 2*(crowd-4), s.sync(t, stage.ModeApply).Counts["joined"])
	assert.Equal(t, crowd, s.synced(t, made.channels[0].Id))
}

func TestUsersLeaveQuietlyAndComeBackAndTownSquareKeepsAllMembers(t *testing.T) {
	s, group := workers(t, 6)
	made := s.office(t, "leaving", 1)
	s.follows(t, teamRule(in(group), map[string]any{"removal": "everyone"}, intoChannel(made.team.Id, made.channels[0].Id), intoChannel(made.team.Id, made.square)))
	require.Equal(t, "succeeded", s.sync(t, stage.ModeApply).State)
	require.Equal(t, []int{6, 6}, []int{s.synced(t, made.team.Id), s.synced(t, made.channels[0].Id)})

	all := s.Tenant.Members(group)
	require.NoError(t, s.Tenant.SetMembers(group, all[:5]))
	s.sync(t, stage.ModeApply)
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, 2, run.Counts["left"], "the channel and the team; %v %v", run.Counts, run.Error)
	assert.Zero(t, run.Counts["failed"])
	for _, id := range []string{made.team.Id, made.channels[0].Id, made.square} {
		assert.Equal(t, 5, s.synced(t, id))
	}
	for _, id := range append(ids(made.channels), made.square, made.topic) {
		assert.Empty(t, s.posts(t, id))
	}

	require.NoError(t, s.Tenant.SetMembers(group, all))
	s.sync(t, stage.ModeApply)
	assert.Equal(t, []int{6, 6}, []int{s.synced(t, made.team.Id), s.synced(t, made.channels[0].Id)}, "whom the sync removed may come back")

	_, err := s.Mattermost.Admin.Client.RemoveUserFromChannel(waiting(t), made.square, s.Mattermost.Admin.ID)
	require.Error(t, err, "no one can leave Town Square")
}

func TestAdminsGetTheRolesOfTheSchemeOfTheirTeamAndLoseOnlyThose(t *testing.T) {
	s, group := workers(t, 2)
	client := s.Mattermost.Admin.Client
	made := s.office(t, "ruled", 1)
	// A job of the server writes this within a day.
	s.execute(t, `INSERT INTO systems (name, value) VALUES ('`+model.MigrationKeyAdvancedPermissionsPhase2+`', 'true') ON CONFLICT DO NOTHING`)
	scheme, _, err := client.CreateScheme(waiting(t), &model.Scheme{Name: "strict", DisplayName: "Strict", Scope: model.SchemeScopeTeam})
	require.NoError(t, err)
	_, err = client.UpdateTeamScheme(waiting(t), made.team.Id, scheme.Id)
	require.NoError(t, err)
	members := made.rule("r0")
	leads := teamRule(in(group), map[string]any{"role": "admin"}, intoTeam(made.team.Id), intoChannel(made.team.Id, made.channels[0].Id))
	s.follows(t, members, leads)
	run := s.sync(t, stage.ModeApply)
	require.Equal(t, "succeeded", run.State, run.Error)
	assert.Equal(t, 4, run.Counts["promoted"])

	lead := s.accountOf(t, s.Tenant.Members(group)[0])
	roles := func() (team, channel string) {
		ofTeam, _, err := client.GetTeamMember(waiting(t), made.team.Id, lead, "")
		require.NoError(t, err)
		ofChannel, _, err := client.GetChannelMember(waiting(t), made.channels[0].Id, lead, "")
		require.NoError(t, err)
		return ofTeam.Roles, ofChannel.Roles
	}
	ofTeam, ofChannel := roles()
	assert.ElementsMatch(t, []string{scheme.DefaultTeamUserRole, scheme.DefaultTeamAdminRole}, strings.Fields(ofTeam))
	assert.ElementsMatch(t, []string{scheme.DefaultChannelUserRole, scheme.DefaultChannelAdminRole}, strings.Fields(ofChannel))

	require.NoError(t, s.Tenant.SetMembers(group, s.Tenant.Members(group)[1:]))
	s.sync(t, stage.ModeApply)
	run = s.sync(t, stage.ModeApply)
	assert.Equal(t, 2, run.Counts["demoted"], "%v %v", run.Counts, run.Error)
	ofTeam, ofChannel = roles()
	assert.Equal(t, []string{scheme.DefaultTeamUserRole, scheme.DefaultChannelUserRole}, []string{ofTeam, ofChannel})
	assert.Equal(t, crowd, s.synced(t, made.channels[0].Id), "a user who is no admin any longer stays a member")
}

// accountOf is the account of a directory user.
func (s *scene) accountOf(t *testing.T, objectID string) string {
	t.Helper()
	var accounts []struct {
		ID string `json:"account_id"`
	}
	s.query(t, &accounts, `SELECT account_id FROM entrasync_links WHERE object_id = '`+objectID+`'`)
	require.Len(t, accounts, 1)
	return accounts[0].ID
}

func TestWhatAnAdministratorDoesDuringAQuietRunIsPosted(t *testing.T) {
	s, _ := workers(t, 0)
	made := s.office(t, "busy", 6)
	hand := made.channels[5]
	made.channels = made.channels[:5]
	s.follows(t, teamRule(everyone(), nil, intoTeam(made.team.Id)))
	s.sync(t, stage.ModeApply)
	var accounts []struct {
		ID string `json:"account_id"`
	}
	s.query(t, &accounts, `SELECT account_id FROM entrasync_links`)

	s.follows(t, made.rule("r1"))
	id := s.startRun(t, stage.ModeApply).ID
	for _, account := range accounts {
		_, _, err := s.Mattermost.Admin.Client.AddChannelMember(waiting(t), hand.Id, account.ID)
		require.NoError(t, err)
	}
	run := s.awaitEnd(t, id)
	assert.Equal(t, 5*crowd, run.Counts["joined"])
	told := func() int {
		return s.count(t, `SELECT count(*) FROM posts WHERE type = 'system_add_to_channel' AND channelid = '`+hand.Id+`'`)
	}
	eventually(t, "the posts of the administrator", func() bool { return told() == crowd })
	for _, channel := range made.channels {
		assert.Empty(t, s.posts(t, channel.Id))
	}
}

func TestAGuestIsNoAdminAndFailsNoRun(t *testing.T) {
	s, _ := workers(t, 0)
	client := s.Mattermost.Admin.Client
	guests := func(isOn bool) {
		_, _, err := client.PatchConfig(context.Background(), &model.Config{GuestAccountsSettings: model.GuestAccountsSettings{Enable: &isOn}})
		require.NoError(t, err)
	}
	before, _, err := client.GetConfig(waiting(t))
	require.NoError(t, err)
	guests(true)
	t.Cleanup(func() { guests(*before.GuestAccountsSettings.Enable) })
	var accounts []struct {
		ID string `json:"account_id"`
	}
	s.query(t, &accounts, `SELECT account_id FROM entrasync_links ORDER BY object_id`)
	guest := accounts[0].ID
	_, err = client.DemoteUserToGuest(waiting(t), guest)
	require.NoError(t, err)
	made := s.office(t, "hosting", 1)
	s.follows(t, teamRule(everyone(), map[string]any{"role": "admin"}, intoTeam(made.team.Id), intoChannel(made.team.Id, made.channels[0].Id)))
	run := s.sync(t, stage.ModeApply)
	assert.NotEqual(t, "failed", run.State, run.Error)
	assert.Equal(t, 2*(crowd-1), run.Counts["promoted"], "%v", run.Counts)
	assert.Zero(t, s.count(t, `SELECT count(*) FROM teammembers WHERE schemeadmin AND userid = '`+guest+`'`))
	assert.Zero(t, s.count(t, `SELECT count(*) FROM channelmembers WHERE schemeadmin AND userid = '`+guest+`'`))
	assert.Empty(t, s.posts(t, made.channels[0].Id))
}

func TestATeamThatRefusesADomainFailsItsLinesWithACodeAndNoOneTriesItsChannels(t *testing.T) {
	s, _ := workers(t, 0)
	refusing, open := s.office(t, "refusing", 1), s.office(t, "opening", 1)
	_, _, err := s.Mattermost.Admin.Client.PatchTeam(waiting(t), refusing.team.Id, &model.TeamPatch{AllowedDomains: model.NewPointer("other.example")})
	require.NoError(t, err)
	s.follows(t, refusing.rule("r1"), open.rule("r2"))
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "partial", run.State, run.Error)
	assert.Equal(t, []int{2 * crowd, 2 * crowd}, []int{run.Counts["joined"], run.Counts["failed"]})
	for _, line := range s.changes(t, run.ID) {
		if line.Status == "failed" {
			require.NotNil(t, line.Error)
			assert.Equal(t, "team_domain_refused", line.Error.Code)
		}
	}
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_memberships WHERE target_id IN ('`+refusing.team.Id+`', '`+refusing.channels[0].Id+`')`))
	assert.Equal(t, []int{0, crowd}, []int{s.synced(t, refusing.team.Id), s.synced(t, open.channels[0].Id)})
}
