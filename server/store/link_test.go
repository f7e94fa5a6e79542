package store_test

import (
	"database/sql"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
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

func TestALinkMovesOnlyFromTheOwnerItNames(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	save := func(links string) error {
		return s.SaveLinks(t.Context(), run.ID, "t1", json.RawMessage(links))
	}
	require.NoError(t, save(`[{"object_id":"old","account_id":"a1"},{"object_id":"o2","account_id":"a2"}]`))
	require.NoError(t, s.MarkDepartures(t.Context(), run.ID, "t1",
		json.RawMessage(`[{"object_id":"old","since":5,"absent_reads":2,"counted_at":6,"deactivated_at":7}]`)))

	require.Error(t, save(`[{"object_id":"new","account_id":"a1"}]`))
	require.Error(t, save(`[{"object_id":"new","account_id":"a1","moved_from":"o2"}]`), "the link of another user stays")
	require.Equal(t, map[string]string{"t1/old": "a1", "t1/o2": "a2"}, readLinks(t, db))

	moving := `[{"object_id":"new","account_id":"a1","moved_from":"old"},{"object_id":"o3","account_id":"a3"}]`
	require.NoError(t, save(moving))
	require.NoError(t, save(moving), "again does no harm")
	require.Equal(t, map[string]string{"t1/new": "a1", "t1/o2": "a2", "t1/o3": "a3"}, readLinks(t, db))
	var traces int
	require.NoError(t, db.QueryRowContext(t.Context(),
		`SELECT left_at + absent_reads + counted_at + deactivated_at FROM entrasync_links WHERE object_id = 'new'`).Scan(&traces))
	require.Zero(t, traces, "what the old owner did is not the new one's")
	require.NoError(t, save(`[{"object_id":"new","account_id":"a1","moved_from":"new"}]`))
	require.Equal(t, "a1", readLinks(t, db)["t1/new"], "a link does not move to the same user")
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

func TestALinkRemembersByWhichValuesItsUserIsInScope(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	valuesOf := func(object string) (values, version string) {
		row := db.QueryRowContext(t.Context(), `SELECT scope_values, xmin::text FROM entrasync_links WHERE object_id = $1`, object)
		require.NoError(t, row.Scan(&values, &version))
		return values, version
	}
	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "t1", json.RawMessage(
		`[{"object_id":"o1","account_id":"a1","scope_values":"{\"mail\":\"a@x\"}"},{"object_id":"o2","account_id":"a2"}]`)))
	before, version := valuesOf("o1")
	require.Equal(t, `{"mail":"a@x"}`, before)
	none, _ := valuesOf("o2")
	require.Empty(t, none)

	save := func(users string) error {
		return s.SaveScopeValues(t.Context(), run.ID, "t1", json.RawMessage(users))
	}
	require.NoError(t, save(`[{"object_id":"o1","scope_values":"{\"mail\":\"a@x\"}"},{"object_id":"o2","scope_values":"new"},{"object_id":"o3","scope_values":"no link"}]`))
	_, now := valuesOf("o1")
	require.Equal(t, version, now, "what is known is not written")
	changed, _ := valuesOf("o2")
	require.Equal(t, "new", changed)

	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "t1", json.RawMessage(`[{"object_id":"o2","account_id":"a9"}]`)))
	changed, _ = valuesOf("o2")
	require.Empty(t, changed, "another account")
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: "succeeded"}))
	require.ErrorIs(t, save(`[]`), store.ErrLockLost)
}
