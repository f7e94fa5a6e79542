package tests

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// manyPeople is more than a server without a license accepts, and needs three batches of accounts.
const manyPeople = 300

func TestAServerThatIsKilledInTheMiddleOfAnImportLosesNothingAndDoesNothingTwice(t *testing.T) {
	// Accounts without a password are created faster. The server would need a minute to hash 300 passwords.
	s := begin(t, licensed, policy(everyone(), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(manyPeople)))
	s.killDuring(t, 130) // in the second batch, before its links and results are written

	t.Run("the run is marked as interrupted", func(t *testing.T) {
		run := s.newestRun(t)
		assert.Equal(t, "interrupted", run.State)
		if assert.NotNil(t, run.Error) {
			assert.Equal(t, "interrupted", run.Error.Code)
		}
	})
	t.Run("its history says what was done and what was planned", func(t *testing.T) {
		statuses := map[string]int{}
		accounts := s.accounts(t)
		for _, each := range s.changes(t, s.newestRun(t).ID) {
			statuses[each.Status]++
			if each.Status == "done" {
				assert.Equal(t, accounts[each.Email].ID, each.AccountID)
			}
		}
		assert.Equal(t, manyPeople, statuses["done"]+statuses["planned"], "%v", statuses)
		assert.NotZero(t, statuses["done"], "%v", statuses)
		assert.NotZero(t, statuses["planned"], "%v", statuses)
	})
	left := s.countAccounts(t)
	require.Greater(t, manyPeople, left)
	t.Run("the next run completes the work", func(t *testing.T) {
		run := s.apply(t)
		assert.Equal(t, manyPeople-left, run.Counts["created"])
		assert.Zero(t, run.Counts["conflicts"])
	})
	t.Run("each user has one account and one link", func(t *testing.T) { s.checkLinks(t, manyPeople) })
	t.Run("then nothing is left to do", func(t *testing.T) {
		assert.Equal(t, manyPeople, s.apply(t).Counts["unchanged"])
	})
}

func TestThePluginEndsWithAServerThatIsKilled(t *testing.T) {
	s := begin(t, licensed, policy(everyone(), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(manyPeople)))
	s.startRun(t, stage.ModeApply)
	eventually(t, "accounts are created", func() bool { return s.countAccounts(t) >= 30 })
	isGone := s.Mattermost.KillAlone()
	eventually(t, "the plugin has ended", isGone)
	require.NoError(t, s.Mattermost.Start(waiting(t)))
	require.NoError(t, s.Mattermost.WaitForPlugin(waiting(t), stage.PluginID))
	assert.Equal(t, "interrupted", s.newestRun(t).State)
	s.apply(t)
	s.checkLinks(t, manyPeople)
}

// killDuring starts an import, kills the server when this number of accounts exists, and restarts it.
func (s *scene) killDuring(t *testing.T, accounts int) {
	t.Helper()
	s.startRun(t, stage.ModeApply)
	eventually(t, "accounts are created", func() bool { return s.countAccounts(t) >= accounts })
	s.Mattermost.Kill()
	require.NoError(t, s.Mattermost.Start(waiting(t)))
	require.NoError(t, s.Mattermost.WaitForPlugin(waiting(t), stage.PluginID))
}

func (s *scene) newestRun(t *testing.T) *stage.Run {
	t.Helper()
	var list struct {
		Runs []*stage.Run `json:"runs"`
	}
	s.get(t, "/runs?per_page=1").decode(t, &list)
	require.Len(t, list.Runs, 1)
	return list.Runs[0]
}

// checkLinks expects this number of accounts, each linked to the user with its email address.
func (s *scene) checkLinks(t *testing.T, want int) {
	t.Helper()
	assert.Equal(t, want, s.countAccounts(t))
	assert.Equal(t, want, s.count(t, `SELECT count(DISTINCT lower(email)) FROM users WHERE NOT `+stageAccounts))
	assert.Equal(t, want, s.count(t, `SELECT count(DISTINCT lower(username)) FROM users WHERE NOT `+stageAccounts))
	var links []struct {
		ObjectID string `json:"object_id"`
		Email    string `json:"email"`
	}
	s.query(t, &links, `SELECT object_id, users.email FROM entrasync_links JOIN users ON users.id = account_id`)
	assert.Len(t, links, want)
	emails := s.emailsByObjectID(t)
	for _, link := range links {
		assert.Equal(t, emails[link.ObjectID], link.Email)
	}
	assert.Equal(t, want, s.count(t, `SELECT count(*) FROM entrasync_links`), "no link leads nowhere")
}
