package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

func TestMain(m *testing.M) {
	os.Exit(storetest.Main(m))
}

// openStore returns a migrated store in its own schema, and the connection behind it, to set times.
func openStore(t *testing.T) (*store.Store, *sql.DB) {
	t.Helper()
	db := storetest.Open(t)
	opened, err := store.New(db, "postgres")
	require.NoError(t, err)
	require.NoError(t, opened.Migrate(t.Context()))
	return opened, db
}

// runID makes the ID of a run, 26 characters like those of Mattermost.
func runID(number int) string {
	return fmt.Sprintf("run%023d", number)
}

func startRun(t *testing.T, s *store.Store, number int) store.Run {
	t.Helper()
	run, err := s.StartRun(t.Context(), store.Run{ID: runID(number), Mode: "apply", Trigger: "console", NodeID: "node-a"})
	require.NoError(t, err)
	return run
}

func finishRun(t *testing.T, s *store.Store, id string) {
	t.Helper()
	require.NoError(t, s.FinishRun(t.Context(), id, store.Ending{State: "succeeded"}))
}

// age moves a run's times into the past.
func age(t *testing.T, db *sql.DB, id string, by time.Duration) {
	t.Helper()
	_, err := db.ExecContext(context.Background(), `
		UPDATE entrasync_runs SET
			started_at = started_at - $2,
			heartbeat_at = heartbeat_at - $2,
			finished_at = CASE finished_at WHEN 0 THEN 0 ELSE finished_at - $2 END
		WHERE id = $1`, id, by.Milliseconds())
	require.NoError(t, err)
}

func toJSON(t *testing.T, value any) json.RawMessage {
	t.Helper()
	document, err := json.Marshal(value)
	require.NoError(t, err)
	return document
}

func TestNewRefusesOtherDatabases(t *testing.T) {
	_, err := store.New(nil, "mysql")
	require.ErrorIs(t, err, store.ErrUnsupportedDatabase)
}
