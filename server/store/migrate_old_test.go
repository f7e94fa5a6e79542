package store_test

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

// openOld returns a database as the migrations up to the given number leave it.
func openOld(t *testing.T, version int) *sql.DB {
	t.Helper()
	db := storetest.Open(t)
	files, err := filepath.Glob("migrations/*.up.sql")
	require.NoError(t, err)
	for _, file := range files[:version] {
		statements, err := os.ReadFile(file)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), string(statements))
		require.NoError(t, err, file)
	}
	_, newest := openStore(t)
	var applied string
	require.NoError(t, newest.QueryRowContext(t.Context(), `SELECT json_agg(m)::text FROM entrasync_schema_migrations m WHERE version <= $1`, version).Scan(&applied))
	_, err = db.ExecContext(t.Context(), `CREATE TABLE entrasync_schema_migrations (version bigint NOT NULL, name varchar NOT NULL, PRIMARY KEY (version))`)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `
		INSERT INTO entrasync_schema_migrations SELECT * FROM json_to_recordset($1::json) AS applied (version bigint, name varchar)`, applied)
	require.NoError(t, err)
	return db
}

func TestADatabaseOfVersion3KeepsItsData(t *testing.T) {
	db := openOld(t, 3)
	_, err := db.ExecContext(t.Context(), `
		INSERT INTO entrasync_runs (id, mode, trigger, actor_id, "user", state, node_id, started_at, finished_at, heartbeat_at, counts, approved_by) VALUES
			('run00000000000000000000001', 'apply', 'schedule', '', '', 'succeeded', 'n', 1000, 2000, 2000, '{"directory":7,"in_scope":5,"conflicts":1}', 'anna'),
			('run00000000000000000000002', 'apply', 'schedule', '', '', 'held', 'n', 3000, 4000, 4000, '{"directory":9,"in_scope":6,"conflicts":2}', '');
		INSERT INTO entrasync_changes (run_id, seq, object_id, account_id, email, username, display_name, action, status, reason, fields) VALUES
			('run00000000000000000000001', 1, 'mina', 'a1', 'mina@example.com', 'mina', 'Mina LEE', 'create', 'done', 'new_person', '[]'),
			('run00000000000000000000001', 2, 'jun', 'a2', 'jun@example.com', 'jun', 'Jun Kim', 'create', 'done', 'new_person', '[]'),
			('run00000000000000000000001', 3, '', '', '', '', '', 'skip', 'planned', 'excluded', '[]'),
			('run00000000000000000000001', 4, repeat('x', 9000), '', '', '', '', 'skip', 'planned', 'excluded', '[]'),
			('run00000000000000000000002', 1, 'mina', 'a1', 'mina@example.com', 'mina', 'Mina Park', 'deactivate', 'held', 'left', '[]');
		CREATE TABLE users (id varchar(26) PRIMARY KEY, deleteat bigint DEFAULT 0);
		INSERT INTO users VALUES ('a1', 0), ('a2', 0);
		INSERT INTO entrasync_links (tenant_id, object_id, account_id, created_at, updated_at) VALUES ('t1', 'mina', 'a1', 1, 1), ('t1', 'jun', 'a2', 1, 1);
		INSERT INTO entrasync_state VALUES ('kept', 'yes', 1)`)
	require.NoError(t, err)

	s, err := store.New(db, "postgres")
	require.NoError(t, err)
	require.NoError(t, s.Migrate(t.Context()))

	run, err := s.GetRun(t.Context(), runID(1))
	require.NoError(t, err)
	require.Equal(t, []any{"succeeded", "anna", int64(0), "", "full", 0, "t1"},
		[]any{run.State, run.ApprovedBy, run.DiscardedAt, run.DiscardedBy, run.Reading, run.DoesNotFit, run.TenantID})
	found, total := findPeople(t, s, store.PeopleFilter{})
	require.Equal(t, 2, total, "users of old runs are found")
	require.Equal(t, []string{"Mina Park", "Jun Kim"}, []string{found[0].DisplayName, found[1].DisplayName})
	_, total = findPeople(t, s, store.PeopleFilter{Query: "PARK"})
	require.Equal(t, 1, total)
	overview, err := s.Overview(t.Context(), "t1")
	require.NoError(t, err)
	require.Equal(t, []int{9, 6, 2, 2}, []int{overview.Directory, overview.InScope, overview.Conflicts, overview.Linked})
	require.True(t, overview.SaferDefaults, "a server with runs of an earlier version hears which defaults are safer now")
	require.NoError(t, s.DismissSaferDefaults(t.Context()))
	require.NoError(t, s.Migrate(t.Context()))
	overview, err = s.Overview(t.Context(), "t1")
	require.NoError(t, err)
	require.False(t, overview.SaferDefaults)
	value, err := s.GetState(t.Context(), "kept")
	require.NoError(t, err)
	require.Equal(t, "yes", value)

	require.NoError(t, s.DiscardHeld(t.Context(), runID(2), nil, "mina"))
	next := startRun(t, s, 9)
	require.NoError(t, record(t, s, next.ID, json.RawMessage(`[{"seq":1,"object_id":"jun","display_name":"Jun Kim","action":"update","status":"planned","reason":"fields_differ"}]`)))
}
