package store_test

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

// migrationFiles counts the numbered files beside this package.
func migrationFiles(t *testing.T) int {
	files, err := filepath.Glob("migrations/*.up.sql")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return len(files)
}

func TestMigrateAgainKeepsTheData(t *testing.T) {
	s, db := openStore(t)
	require.NoError(t, s.SetState(t.Context(), "kept", "yes"))
	require.NoError(t, s.Migrate(t.Context()))
	value, err := s.GetState(t.Context(), "kept")
	require.NoError(t, err)
	require.Equal(t, "yes", value)

	var versions, locks int
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT count(*) FROM entrasync_schema_migrations`).Scan(&versions))
	require.Equal(t, migrationFiles(t), versions)
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT count(*) FROM db_lock`).Scan(&locks))
	require.Zero(t, locks, "the lock is given back")
	require.Zero(t, db.Stats().InUse, "and so are the connections")
}

func TestNodesThatMigrateAtOnce(t *testing.T) {
	db := storetest.Open(t)
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			node, err := store.New(db, "postgres")
			if err == nil {
				err = node.Migrate(t.Context())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	var versions int
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT count(*) FROM entrasync_schema_migrations`).Scan(&versions))
	require.Equal(t, migrationFiles(t), versions)
}
