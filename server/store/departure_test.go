package store_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestActiveLinksComeInOrderAndInParts(t *testing.T) {
	s, db := openStore(t)
	_, err := db.ExecContext(t.Context(), `
		CREATE TABLE users (id text PRIMARY KEY, deleteat bigint);
		INSERT INTO users VALUES ('a1', 0), ('a2', 0), ('a3', 77), ('a4', 0), ('unlinked', 0)`)
	require.NoError(t, err)
	run := startRun(t, s, 1)
	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "tenant", json.RawMessage(
		`[{"object_id":"o2","account_id":"a2"},{"object_id":"o1","account_id":"a1"},{"object_id":"o3","account_id":"a3"},
		{"object_id":"o4","account_id":"a4"},{"object_id":"o5","account_id":"removed"}]`)))
	for _, want := range []struct {
		after  string
		limit  int
		answer string
	}{
		{"", 2, `{"object_ids":["o1","o2"],"total":3,"linked":5}`},
		{"o2", 2, `{"object_ids":["o4"],"total":3,"linked":5}`},
		{"", 0, `{"object_ids":[],"total":3,"linked":5}`},
	} {
		answer, err := s.ListActiveLinks(t.Context(), "tenant", want.after, want.limit)
		require.NoError(t, err)
		require.JSONEq(t, want.answer, string(answer))
	}
	none, err := s.ListActiveLinks(t.Context(), "another", "", 10)
	require.NoError(t, err)
	require.JSONEq(t, `{"object_ids":[],"total":0,"linked":0}`, string(none))
}

func TestDeparturesAreRememberedWithTheLink(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	links := json.RawMessage(`[{"object_id":"o1","account_id":"a1"},{"object_id":"o2","account_id":"a2"}]`)
	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "tenant", links))
	require.NoError(t, s.MarkDepartures(t.Context(), run.ID, "tenant", json.RawMessage(
		`[{"object_id":"o1","since":5,"absent_reads":2,"counted_at":6,"deactivated_at":-1},{"object_id":"nobody","since":1,"absent_reads":1,"counted_at":1,"deactivated_at":1}]`)))
	departureOf := func(object string) (remembered [4]int) {
		row := db.QueryRowContext(t.Context(), `SELECT left_at, absent_reads, counted_at, deactivated_at FROM entrasync_links WHERE object_id = $1`, object)
		require.NoError(t, row.Scan(&remembered[0], &remembered[1], &remembered[2], &remembered[3]))
		return remembered
	}
	require.Equal(t, [4]int{5, 2, 6, -1}, departureOf("o1"))
	require.Equal(t, [4]int{}, departureOf("o2"))

	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "tenant", json.RawMessage(`[{"object_id":"o1","account_id":"a9"}]`)))
	require.Equal(t, [4]int{}, departureOf("o1"), "the other link has not changed")

	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: "succeeded"}))
	require.ErrorIs(t, s.MarkDepartures(t.Context(), run.ID, "tenant", json.RawMessage(`[]`)), store.ErrLockLost)
}
