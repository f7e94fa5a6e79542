package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// pastChange is a change with the run that it belongs to.
type pastChange struct {
	change
	RunID     string `json:"run_id"`
	RunMode   string `json:"run_mode"`
	RunState  string `json:"run_state"`
	StartedAt int64  `json:"started_at"`
}

func pastChanges(t *testing.T, list json.RawMessage) (changes []pastChange) {
	t.Helper()
	require.NoError(t, json.Unmarshal(list, &changes))
	return changes
}

func TestThePersonsHistoryGoesThroughAllRuns(t *testing.T) {
	s, db := openStore(t)
	for number := range 3 {
		run := startRun(t, s, number)
		mina, jun := newChange(1, "Mina LEE"), newChange(2, "Jun 100%")
		mina.ObjectID, jun.ObjectID = "mina", "jun"
		other := newChange(3, "Mina Park")
		other.ObjectID = "park"
		require.NoError(t, record(t, s, run.ID, toJSON(t, []change{mina, jun, other})))
		finishRun(t, s, run.ID)
		age(t, db, run.ID, time.Duration(10-number)*time.Hour)
	}
	list := func(filter store.PersonFilter) ([]pastChange, int) {
		t.Helper()
		answer, total, err := s.ListPersonHistory(t.Context(), filter)
		require.NoError(t, err)
		return pastChanges(t, answer), total
	}

	lines, total := list(store.PersonFilter{ObjectID: "mina"})
	require.Equal(t, 3, total)
	require.Equal(t, []string{runID(2), runID(1), runID(0)}, []string{lines[0].RunID, lines[1].RunID, lines[2].RunID})
	require.Equal(t, []string{"apply", "succeeded"}, []string{lines[0].RunMode, lines[0].RunState})
	require.Greater(t, lines[0].StartedAt, lines[1].StartedAt)

	lines, total = list(store.PersonFilter{ObjectID: "mina", Page: 1, PerPage: 2})
	require.Equal(t, 3, total)
	require.Len(t, lines, 1)
	require.Equal(t, runID(0), lines[0].RunID)

	for _, filter := range []store.PersonFilter{
		{ObjectID: "MINA"}, {ObjectID: "min"}, {ObjectID: "mina\x00"}, {},
	} {
		lines, total = list(filter)
		require.Empty(t, lines, "%+v", filter)
		require.Zero(t, total)
	}
}
