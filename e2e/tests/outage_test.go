package tests

import (
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// outage is how long the database is unavailable: longer than a run continues without it.
const outage = time.Minute

// closeDatabase ends all connections to the server's database and rejects new ones, until the returned function is called.
func (s *scene) closeDatabase(t *testing.T) (open func()) {
	t.Helper()
	address, err := url.Parse(s.Postgres.DSN)
	require.NoError(t, err)
	name := address.Path[1:]
	address.Path = "/postgres"
	cluster, err := sql.Open("postgres", address.String())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, cluster.Close()) })
	allow := func(allowed string) {
		// Without the test's context, because the database is also reopened after the test has ended.
		_, err := cluster.ExecContext(context.Background(), `ALTER DATABASE `+pq.QuoteIdentifier(name)+` ALLOW_CONNECTIONS `+allowed)
		require.NoError(t, err)
	}
	allow("false")
	t.Cleanup(func() { allow("true") })
	_, err = cluster.ExecContext(waiting(t), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, name)
	require.NoError(t, err)
	return func() { allow("true") }
}

func TestADatabaseThatIsGoneForAMinuteLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes more than a minute")
	}
	s := beginAlone(t, licensed, policy(everyone(), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(manyPeople)))
	run := s.startRun(t, stage.ModeApply)
	eventually(t, "accounts are created", func() bool { return s.countAccounts(t) >= 130 })
	open := s.closeDatabase(t)
	time.Sleep(outage)
	open()

	eventually(t, "the server is there again", func() bool {
		_, _, err := s.Mattermost.Admin.Client.GetMe(waiting(t), "")
		return err == nil
	})
	ended := s.awaitEnd(t, run.ID)
	assert.Contains(t, []string{"failed", "interrupted"}, ended.State, "%s", ended.Raw)
	made := s.countAccounts(t)
	assert.Less(t, made, manyPeople)
	again := s.sync(t, stage.ModeApply)
	assert.Equal(t, manyPeople-made, again.Counts["created"], "%s", again.Raw)
	assert.Zero(t, again.Counts["conflicts"])
	s.checkLinks(t, manyPeople)
	assert.Equal(t, manyPeople, s.apply(t).Counts["unchanged"])
}

func TestWhileTheDatabaseIsGoneEveryAnswerSaysSo(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	team := s.team(t)
	s.join(t, s.Mattermost.Admin)
	s.get(t, "/status") // the server knows the session and the administrator from here on
	open := s.closeDatabase(t)
	for _, request := range []asks{
		{method: http.MethodGet, route: "/status"}, {method: http.MethodGet, route: "/overview"}, {method: http.MethodGet, route: "/runs"},
		{method: http.MethodGet, route: "/runs/unknown"}, {method: http.MethodGet, route: "/runs/unknown/changes"}, {method: http.MethodGet, route: "/changes?q=kim"},
		{method: http.MethodGet, route: "/directory"}, {method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "preview"}},
		{method: http.MethodPost, route: "/runs/unknown/cancel"}, {method: http.MethodPost, route: "/runs/unknown/approve"}, {method: http.MethodPost, route: "/runs/unknown/discard"},
		{method: http.MethodPost, route: "/lookups/accounts.find", body: map[string]any{"emails": []string{"x@hanbit.example"}}},
	} {
		got := s.ask(t, request.by(s.Mattermost.Admin))
		assert.Equal(t, http.StatusInternalServerError, got.status, "%s: %s", request.route, got)
		assert.Equal(t, "database_failed", got.code(), request.route)
	}
	open()
	eventually(t, "the server is there again", func() bool {
		reply, err := s.Mattermost.Admin.RunCommand(waiting(t), team, "/entrasync status")
		return err == nil && strings.Contains(reply, "Entra Sync")
	})
	assert.Equal(t, 10, s.apply(t).Counts["created"])
}

// When a machine's clock is set back, stored times are in the future. Nothing must wait for them.
func TestAClockThatIsSetBackHoldsNothingUp(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	const aYear = 365 * 24 * 3600 * 1000
	s.execute(t, `INSERT INTO entrasync_runs (id, mode, trigger, actor_id, "user", state, node_id, started_at, heartbeat_at)
		SELECT 'fromthefuture0000000000000', mode, trigger, actor_id, "user", 'running', 'gone', started_at + $1, finished_at + $1
		FROM entrasync_runs LIMIT 1`, int64(aYear))
	assert.Equal(t, "interrupted", s.awaitEnd(t, "fromthefuture0000000000000").State)
	assert.Equal(t, 10, s.apply(t).Counts["unchanged"])

	s.execute(t, `UPDATE entrasync_links SET updated_at = updated_at + $1, account_updated_at = account_updated_at + $1`, int64(aYear))
	s.execute(t, `UPDATE users SET updateat = updateat + $1 WHERE NOT `+stageAccounts, int64(aYear))
	s.edit(t, s.objectID(t, minjun), map[string]any{"jobTitle": "Lead"})
	assert.Equal(t, 1, s.apply(t).Counts["updated"])
}
