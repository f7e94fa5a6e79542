package tests

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

const (
	hour   = int64(time.Hour / time.Millisecond)
	haneul = "haneul.kim@hanbit.example"
)

func doesNotFit(t *testing.T, run *stage.Run) int {
	t.Helper()
	var warned struct {
		DoesNotFit int `json:"does_not_fit"`
	}
	require.NoError(t, json.Unmarshal(run.Raw, &warned))
	return warned.DoesNotFit
}

func TestAPreviewSaysHowManyAccountsTheServerHasNoRoomFor(t *testing.T) {
	// One at a time, because the server accepts a few more when several are created at once.
	s := begin(t, plain, policy(everyone(), office365(), map[string]any{"limits": map[string]any{"concurrency": 1}}))
	people := company.Many(300)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	own := s.count(t, `SELECT count(*) FROM users WHERE deleteat = 0 AND id NOT IN (SELECT userid FROM bots)`)
	tooMany := len(people) - (userLimit - own)

	preview := s.sync(t, stage.ModePreview)
	assert.Equal(t, "succeeded", preview.State)
	assert.Equal(t, tooMany, doesNotFit(t, preview))
	s.join(t, s.Mattermost.Admin)
	assert.Contains(t, s.run(t, s.Mattermost.Admin, "status"), "exceed the user limit of the server")

	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, tooMany, doesNotFit(t, run))
	assert.Equal(t, preview.Counts["created"], run.Counts["created"])
	assert.Equal(t, userLimit-own, s.countAccounts(t))
	assert.Zero(t, run.Counts["failed"])

	t.Run("leavers make room", func(t *testing.T) {
		for _, leaver := range people[:3] {
			s.edit(t, idOf(t, leaver), map[string]any{"accountEnabled": false})
		}
		assert.Equal(t, tooMany-3, doesNotFit(t, s.sync(t, stage.ModePreview)))
	})
}

// refuseAccounts makes the server refuse all new accounts as if other accounts got the same addresses after the plan was made.
func (s *scene) refuseAccounts(t *testing.T, isRefusing bool) {
	t.Helper()
	s.execute(t, `DROP TRIGGER IF EXISTS refuse_accounts ON users`)
	if isRefusing {
		s.execute(t, `CREATE OR REPLACE FUNCTION refuse_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN RAISE EXCEPTION 'users_email_key' USING ERRCODE = 'unique_violation'; END $$`)
		s.execute(t, `CREATE TRIGGER refuse_accounts BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION refuse_accounts()`)
	}
}

// waitLess shortens the wait of users whose changes failed, as if time had passed.
func (s *scene) waitLess(t *testing.T, by int64) {
	t.Helper()
	s.execute(t, `UPDATE entrasync_retries SET retry_at = retry_at - $1`, by)
}

func TestAChangeThatFailsIsTriedAgainInTheNextRunAndThenLessAndLessOften(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim Haneul"), office365()))
	s.refuseAccounts(t, true)
	defer s.refuseAccounts(t, false) // the test's context ends before its cleanup
	tries := func(want bool) {
		t.Helper()
		line := s.changeOf(t, s.sync(t, stage.ModeApply), haneul)
		if want {
			require.NotNil(t, line.Error, "%+v", line)
			assert.Equal(t, []string{"failed", "email_taken"}, []string{line.Status, line.Error.Code})
			return
		}
		assert.Equal(t, []string{"skip", "retry_waits"}, []string{line.Action, line.Reason})
	}
	tries(true)
	tries(true)
	tries(false) // for an hour
	s.waitLess(t, hour)
	tries(true)
	tries(false) // for two hours
	s.waitLess(t, hour)
	tries(false)
	s.waitLess(t, hour)
	tries(true)
	tries(false)

	s.refuseAccounts(t, false)
	run := &stage.Run{}
	body := map[string]string{"mode": stage.ModeApply, "user": haneul}
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs", body, run))
	assert.Equal(t, 1, s.awaitEnd(t, run.ID).Counts["created"], "who is asked for does not wait")
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_retries WHERE failures > 1 AND object_id = $1`, s.objectID(t, haneul)))
}

func TestAFailureIsForgottenWithTheUserWhoLeavesTheDirectory(t *testing.T) {
	const (
		newID = "00000000-0000-4000-8000-00000000c7c7"
		email = "gil.nam@hanbit.example"
	)
	s := begin(t, plain, policy(everyone(), office365()))
	s.apply(t)

	// The server refuses the account for a reason that no setting of it shows.
	s.execute(t, `CREATE FUNCTION refuse_account() RETURNS trigger AS
		$$ BEGIN RAISE EXCEPTION 'users_email_key' USING ERRCODE = 'unique_violation'; END $$ LANGUAGE plpgsql`)
	defer s.execute(t, `DROP FUNCTION refuse_account() CASCADE`)
	s.execute(t, `CREATE TRIGGER refuse_account BEFORE INSERT ON users FOR EACH ROW WHEN (NEW.email = '`+email+`') EXECUTE FUNCTION refuse_account()`)
	s.put(t, map[string]any{"id": newID, "displayName": "Nam Gil", "mail": email, "userPrincipalName": email, "userType": "Member", "accountEnabled": true})
	failing := func() int {
		var overview struct{ Failing int }
		s.read(t, asks{route: "/overview"}, &overview)
		return overview.Failing
	}
	assert.Equal(t, "email_taken", s.changeOf(t, s.sync(t, stage.ModeApply), email).Error.Code)
	require.Equal(t, 1, failing())

	require.True(t, s.Tenant.RemovePerson(newID))
	s.apply(t)
	assert.Zero(t, failing())
}

func TestARunOfWhichTooMuchFailsStops(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(150)))
	s.refuseAccounts(t, true)
	defer s.refuseAccounts(t, false) // the test's context ends before its cleanup

	run := s.sync(t, stage.ModeApply)

	assert.Equal(t, "failed", run.State)
	if assert.NotNil(t, run.Error, "%s", run.Raw) {
		assert.Equal(t, "too_many_failures", run.Error.Code)
		assert.Contains(t, run.Error.Message, "50 of 50")
	}
	statuses := map[string]int{}
	for _, each := range s.changes(t, run.ID) {
		statuses[each.Status]++
	}
	// The batch that failed, and the one that had begun by then.
	assert.Equal(t, map[string]int{"failed": 100, "planned": 50}, statuses)

	s.refuseAccounts(t, false)
	assert.Equal(t, 150, s.apply(t).Counts["created"], "no user waits after one failure")
}

// quarantine is the plugin's report about a schedule whose runs fail.
type quarantine struct {
	Failures int   `json:"failures"`
	NextAt   int64 `json:"next_at"`
}

func (s *scene) quarantine(t *testing.T) (state *quarantine, nextRunAt int64) {
	t.Helper()
	var status struct {
		NextRunAt  int64       `json:"next_run_at"`
		Quarantine *quarantine `json:"quarantine"`
	}
	s.get(t, "/status").decode(t, &status)
	return status.Quarantine, status.NextRunAt
}

// It waits for two full minutes, the shortest possible schedule.
func TestAScheduleThatFailsIsSlowedDownUntilASyncByHandWorks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes two minutes")
	}
	since := time.Now().UnixMilli()
	everyMinute := map[string]any{"Enabled": true, "Schedule": "* * * * *", "ClientSecret": "an-invented-secret-that-is-wrong"}
	s := beginAlone(t, plain, policy(allow("Kim Haneul"), office365()), everyMinute)
	failures := func(want int) (state *quarantine) {
		t.Helper()
		eventually(t, "a scheduled run fails", func() bool {
			state, _ = s.quarantine(t)
			return state != nil && state.Failures == want
		})
		return state
	}
	first := failures(1)
	eventually(t, "the bot writes", func() bool { return len(s.botMessages(t, s.Mattermost.Admin, since)) == 1 })
	assert.Contains(t, s.botMessages(t, s.Mattermost.Admin, since)[0], "spaced further apart")
	_, nextRunAt := s.quarantine(t)
	assert.GreaterOrEqual(t, nextRunAt, first.NextAt)
	s.join(t, s.Mattermost.Admin)
	assert.Contains(t, s.run(t, s.Mattermost.Admin, "status"), "Retries are spaced further apart")

	// As if an hour had passed.
	s.execute(t, `UPDATE entrasync_state SET value = jsonb_set(value::jsonb, '{next_at}', '0')::text WHERE key = 'quarantine'`)
	assert.Greater(t, failures(2).NextAt, first.NextAt)
	assert.Len(t, s.botMessages(t, s.Mattermost.Admin, since), 1, "told once")

	s.configure(t, map[string]any{"ClientSecret": s.Tenant.ClientSecret})
	s.apply(t)
	eventually(t, "the bot writes again", func() bool { return len(s.botMessages(t, s.Mattermost.Admin, since)) == 2 })
	assert.Contains(t, s.botMessages(t, s.Mattermost.Admin, since)[1], "is working again")
	state, nextRunAt := s.quarantine(t)
	assert.Nil(t, state)
	assert.Less(t, nextRunAt, time.Now().Add(2*time.Minute).UnixMilli(), "the schedule is followed again")
}
