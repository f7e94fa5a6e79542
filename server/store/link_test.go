package store_test

import (
	"database/sql"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func readLinks(t *testing.T, db *sql.DB) map[string]string {
	t.Helper()
	var list string
	require.NoError(t, db.QueryRowContext(t.Context(), `
		SELECT coalesce(json_object_agg(tenant_id || '/' || object_id, account_id), '{}')::text FROM entrasync_links`,
	).Scan(&list))
	links := map[string]string{}
	require.NoError(t, json.Unmarshal([]byte(list), &links))
	return links
}

func TestSaveLinks(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	save := func(tenant, links string) error {
		return s.SaveLinks(t.Context(), run.ID, tenant, json.RawMessage(links))
	}
	require.NoError(t, save("t1", `[{"object_id":"o1","account_id":"a1"},{"object_id":"o2","account_id":"a2"}]`))
	require.NoError(t, save("t1", `[{"object_id":"o1","account_id":"a1"}]`), "again does no harm")
	require.NoError(t, save("t2", `[{"object_id":"o1","account_id":"a1"}]`), "another tenant has its own links")
	require.NoError(t, save("t1", `[{"object_id":"o2","account_id":"a3"},{"object_id":"o2","account_id":"a4"}]`))
	require.NoError(t, save("t1", `[]`))
	want := map[string]string{"t1/o1": "a1", "t1/o2": "a4", "t2/o1": "a1"}
	require.Equal(t, want, readLinks(t, db))

	require.Error(t, save("t1", `[{"object_id":"o5","account_id":"a5"},{"object_id":"o6","account_id":"a1"}]`),
		"an account belongs to one directory user")
	require.Error(t, save("t1", `[{"object_id":"o7"}]`))
	require.Equal(t, want, readLinks(t, db), "all or none")
}

func TestSavingKnownLinksWritesNothing(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	links := json.RawMessage(`[{"object_id":"o1","account_id":"a1"}]`)
	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "t1", links))
	version := func() (version string) {
		require.NoError(t, db.QueryRowContext(t.Context(), `SELECT xmin::text FROM entrasync_links`).Scan(&version))
		return version
	}
	before := version()
	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "t1", links))
	require.Equal(t, before, version())
}
