package store_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

type person struct {
	ID string `json:"id"`
}

// savePages saves a read whose pages have the given sizes. Users are named by the read and their position in it.
func savePages(t *testing.T, s *store.Store, id, read string, sizes ...int) {
	t.Helper()
	place := 0
	for number, size := range sizes {
		people := make([]person, size)
		for i := range people {
			people[i] = person{ID: fmt.Sprintf("%s-%d", read, place)}
			place++
		}
		require.NoError(t, s.SaveDirectoryPage(t.Context(), id, number+1, toJSON(t, people)))
	}
}

func listDirectory(t *testing.T, s *store.Store, page, perPage int) (ids []string, total int) {
	t.Helper()
	list, total, _, err := s.ListDirectory(t.Context(), page, perPage)
	require.NoError(t, err)
	var people []person
	require.NoError(t, json.Unmarshal(list, &people))
	for _, person := range people {
		ids = append(ids, person.ID)
	}
	return ids, total
}

func countPages(t *testing.T, db *sql.DB) (pages int) {
	t.Helper()
	const query = `SELECT count(*) FROM entrasync_state WHERE key LIKE 'directory/%'`
	require.NoError(t, db.QueryRowContext(t.Context(), query).Scan(&pages))
	return pages
}

func TestDirectoryBeforeTheFirstRead(t *testing.T) {
	s, _ := openStore(t)
	list, total, readAt, err := s.ListDirectory(t.Context(), 0, 60)
	require.NoError(t, err)
	require.JSONEq(t, `[]`, string(list))
	require.Zero(t, total)
	require.Zero(t, readAt)
}

func TestDirectoryIsPagedAcrossStoredPages(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	sizes := []int{3, 0, 4, 1, 1, 1, 1, 1, 1, 1, 1, 5} // more than nine, so that page 10 follows page 9
	savePages(t, s, run.ID, "read", sizes...)
	require.NoError(t, s.CompleteDirectory(t.Context(), run.ID))

	for perPage := 1; perPage <= 21; perPage++ {
		place := 0
		for page := 0; ; page++ {
			ids, total := listDirectory(t, s, page, perPage)
			require.Equal(t, 20, total)
			require.LessOrEqual(t, len(ids), perPage)
			for _, id := range ids {
				require.Equal(t, fmt.Sprintf("read-%d", place), id)
				place++
			}
			if len(ids) == 0 {
				break
			}
		}
		require.Equal(t, 20, place)
	}
}

func TestDirectoryIsReplacedWhenTheNewReadIsComplete(t *testing.T) {
	s, db := openStore(t)
	first := startRun(t, s, 1)
	savePages(t, s, first.ID, "first", 2, 2)
	require.NoError(t, s.CompleteDirectory(t.Context(), first.ID))
	finishRun(t, s, first.ID)

	aborted := startRun(t, s, 2)
	savePages(t, s, aborted.ID, "aborted", 5)
	ids, total := listDirectory(t, s, 0, 2)
	require.Equal(t, []string{"first-0", "first-1"}, ids)
	require.Equal(t, 4, total)

	_, err := s.Prune(t.Context(), 0, 100)
	require.NoError(t, err)
	require.Equal(t, 3, countPages(t, db), "a running read keeps its pages")
	finishRun(t, s, aborted.ID)
	removed, err := s.Prune(t.Context(), 0, 100)
	require.NoError(t, err)
	require.Equal(t, 1, removed)
	require.Equal(t, 2, countPages(t, db))

	second := startRun(t, s, 3)
	savePages(t, s, second.ID, "second", 1, 1, 1)
	savePages(t, s, second.ID, "again", 1) // a read that starts again leaves nothing of the first try
	require.NoError(t, s.CompleteDirectory(t.Context(), second.ID))
	ids, total = listDirectory(t, s, 0, 60)
	require.Equal(t, []string{"again-0"}, ids)
	require.Equal(t, 1, total)
	require.Equal(t, 1, countPages(t, db))
	_, _, readAt, err := s.ListDirectory(t.Context(), 0, 1)
	require.NoError(t, err)
	require.GreaterOrEqual(t, readAt, second.StartedAt)
}

func TestDirectoryKeepsPeopleAsTheyCame(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	page := json.RawMessage(`[{"id":"1","displayName":"a\u0000\ud800b","number":1e400,"mail":null,"emoji":"\ud83d\ude00"}]`)
	require.NoError(t, s.SaveDirectoryPage(t.Context(), run.ID, 1, page))
	for _, broken := range []string{`{"id":"1"}`, `[{"id":`, ``} {
		require.Error(t, s.SaveDirectoryPage(t.Context(), run.ID, 2, json.RawMessage(broken)), broken)
	}
	require.NoError(t, s.CompleteDirectory(t.Context(), run.ID))
	list, _, _, err := s.ListDirectory(t.Context(), 0, 10)
	require.NoError(t, err)
	kept := strings.ReplaceAll(string(list), "1e400", `"a number beyond Go"`)
	require.JSONEq(t, `[{"id":"1","displayName":"a\ufffd\ufffdb","number":"a number beyond Go","mail":null,"emoji":"😀"}]`, kept)
}
