package tests

import (
	"context"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// roomy lets teams take as many users as the tests have.
func (s *scene) roomy(t *testing.T) {
	t.Helper()
	s.seats(t, 1000)
	t.Cleanup(func() { s.seats(t, 50) })
}

// seats sets how many users a team takes.
func (s *scene) seats(t *testing.T, seats int) {
	t.Helper()
	config := &model.Config{TeamSettings: model.TeamSettings{MaxUsersPerTeam: &seats}}
	_, _, err := s.Mattermost.Admin.Client.PatchConfig(context.Background(), config)
	require.NoError(t, err)
}

func TestAServerThatIsKilledInTheMiddleOfJoinsLosesNoMembershipAndDoublesNone(t *testing.T) {
	const users = 500
	s := beginAlone(t, licensed)
	s.roomy(t)
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(users)))
	s.configure(t, policy(everyone(), office365()))
	require.Equal(t, users, s.apply(t).Counts["created"])

	made := s.office(t, "killed", 1)
	rules := policy(everyone(), office365(), memberships(made.rule("r1")))
	members := func(table, column, id string) int {
		return s.count(t, `SELECT count(*) FROM `+table+` JOIN entrasync_links ON account_id = userid WHERE `+column+` = '`+id+`'`)
	}
	inTeam := func() int { return members("teammembers", "teamid", made.team.Id) }
	inChannel := func() int { return members("channelmembers", "channelid", made.channels[0].Id) }
	kill := func(reached func() bool) {
		s.startRun(t, stage.ModeApply)
		eventually(t, "users join", reached)
		s.Mattermost.Kill()
		require.NoError(t, s.Mattermost.Start(waiting(t)))
		require.NoError(t, s.Mattermost.WaitForPlugin(waiting(t), stage.PluginID))
		assert.Equal(t, "interrupted", s.newestRun(t).State)
	}
	s.configure(t, rules)

	kill(func() bool { return inTeam() >= 300 })
	require.Less(t, inTeam(), users, "the run was cut off among the joins of the team")
	assert.Zero(t, inChannel())
	assert.Zero(t, s.count(t, `SELECT count(*) FROM teammembers JOIN entrasync_links ON account_id = userid LEFT JOIN entrasync_memberships AS known
		ON known.target_id = teamid AND known.account_id = userid WHERE teamid = '`+made.team.Id+`' AND known.account_id IS NULL`), "the ledger knows each member")

	kill(func() bool { return inChannel() >= 300 })
	assert.Equal(t, users, inTeam())
	left := users - inChannel()
	require.Positive(t, left, "the run was cut off among the joins of the channel")

	last := s.apply(t)
	assert.Equal(t, left, last.Counts["joined"], "what was written before the kill is not written again")
	assert.Equal(t, []int{users, users}, []int{inTeam(), inChannel()})
	assert.Zero(t, s.apply(t).Counts["joined"])
	for _, id := range append(ids(made.channels), made.square, made.topic) {
		assert.Empty(t, s.posts(t, id), "no post of a run that was killed comes late")
	}
	assert.Equal(t, 2*users, s.count(t, `SELECT count(*) FROM entrasync_memberships`))
}
