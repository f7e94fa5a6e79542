package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestFailuresAreRememberedUntilTheyAreSettled(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	list := func(tenant string) string {
		answer, err := s.ListRetries(t.Context(), tenant)
		require.NoError(t, err)
		return string(answer)
	}
	save := func(retries, settled string) {
		require.NoError(t, s.SaveRetries(t.Context(), run.ID, "tenant", json.RawMessage(retries), json.RawMessage(settled)))
	}
	require.JSONEq(t, `{"retries":[]}`, list("tenant"))

	soon := time.Now().UnixMilli()
	retry := func(object string, failures int, wait int64) map[string]any {
		return map[string]any{"object_id": object, "failures": failures, "retry_at": soon + wait}
	}
	save(string(toJSON(t, []any{retry("o1", 1, 0), retry("o2", 3, 5000), retry("o3", 2, 1000)})), `[]`)
	want := map[string]any{"retries": []any{retry("o2", 3, 5000), retry("o3", 2, 1000), retry("o1", 1, 0)}}
	require.JSONEq(t, string(toJSON(t, want)), list("tenant"), "who waits longest comes first")
	require.JSONEq(t, `{"retries":[]}`, list("another"))

	save(string(toJSON(t, []any{retry("o1", 2, 9000)})), `["o3","o1","nobody"]`)
	want = map[string]any{"retries": []any{retry("o1", 2, 9000), retry("o2", 3, 5000)}}
	require.JSONEq(t, string(toJSON(t, want)), list("tenant"), "whose change failed is not settled")
}

func TestWhoIsNotTriedAnyMoreIsForgotten(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	_, err := db.ExecContext(t.Context(), `INSERT INTO entrasync_retries VALUES
		('tenant', 'old', 5, $1), ('tenant', 'back', 5, $1), ('another', 'old', 5, $1)`, time.Now().Add(-91*24*time.Hour).UnixMilli())
	require.NoError(t, err)
	require.NoError(t, s.SaveRetries(t.Context(), run.ID, "tenant", json.RawMessage(`[{"object_id":"back","failures":6,"retry_at":7}]`), json.RawMessage(`[]`)))
	answer, err := s.ListRetries(t.Context(), "tenant")
	require.NoError(t, err)
	require.JSONEq(t, `{"retries":[{"object_id":"back","failures":6,"retry_at":7}]}`, string(answer))
	answer, err = s.ListRetries(t.Context(), "another")
	require.NoError(t, err)
	require.Contains(t, string(answer), "old")
}

func TestQuarantineLastsUntilItIsEnded(t *testing.T) {
	s, _ := openStore(t)
	state, err := s.Quarantine(t.Context())
	require.NoError(t, err)
	require.Nil(t, state)

	want := &store.Quarantine{Failures: 2, Since: 5, NextAt: 9, Told: true}
	require.NoError(t, s.SaveQuarantine(t.Context(), want))
	state, err = s.Quarantine(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, state)

	require.NoError(t, s.SaveQuarantine(t.Context(), nil))
	state, err = s.Quarantine(t.Context())
	require.NoError(t, err)
	require.Nil(t, state)

	require.NoError(t, s.SetState(t.Context(), "quarantine", "broken"))
	_, err = s.Quarantine(t.Context())
	require.Error(t, err)
}
