package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const day = 24 * time.Hour

func TestPruneRemovesOldHistoryInSteps(t *testing.T) {
	s, db := openStore(t)
	for number := 1; number <= 3; number++ {
		run := startRun(t, s, number)
		require.NoError(t, record(t, s, run.ID, toJSON(t, []change{newChange(1, "a"), newChange(2, "b"), newChange(3, "c")})))
		finishRun(t, s, run.ID)
		age(t, db, run.ID, time.Duration(200-number)*day)
	}
	removed := []int{}
	for {
		count, err := s.Prune(t.Context(), 90*day, 3)
		require.NoError(t, err)
		removed = append(removed, count)
		if count == 0 {
			break
		}
	}
	require.Equal(t, []int{3, 3, 2, 0}, removed, "six changes and two runs, three rows at a time")

	runs, total, err := s.ListRuns(t.Context(), store.RunFilter{PerPage: 10})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	require.Equal(t, runID(3), runs[0].ID, "the newest run stays, however old")
	_, changes := listChanges(t, s, runID(3), store.ChangeFilter{})
	require.Equal(t, 3, changes)
}

func TestPruneLeavesYoungAndRunningRuns(t *testing.T) {
	s, db := openStore(t)
	running := startRun(t, s, 1)
	age(t, db, running.ID, 300*day)
	removed, err := s.Prune(t.Context(), 90*day, 100)
	require.NoError(t, err)
	require.Zero(t, removed)
	finishRun(t, s, running.ID) // ends now, so it is young
	finishRun(t, s, startRun(t, s, 2).ID)
	removed, err = s.Prune(t.Context(), 90*day, 100)
	require.NoError(t, err)
	require.Zero(t, removed)

	age(t, db, runID(1), 300*day)
	removed, err = s.Prune(t.Context(), 0, 100)
	require.NoError(t, err)
	require.Zero(t, removed, "no retention keeps everything")
	removed, err = s.Prune(t.Context(), 90*day, 100)
	require.NoError(t, err)
	require.Equal(t, 1, removed)
}

func TestState(t *testing.T) {
	s, _ := openStore(t)
	value, err := s.GetState(t.Context(), "nothing")
	require.NoError(t, err)
	require.Empty(t, value)
	for _, text := range []string{"first", "second", ""} {
		require.NoError(t, s.SetState(t.Context(), "key", text))
		value, err = s.GetState(t.Context(), "key")
		require.NoError(t, err)
		require.Equal(t, text, value)
	}
}

func TestPruneLeavesHeldChangesThatCanStillBeApproved(t *testing.T) {
	s, db := openStore(t)
	for number, expiry := range map[int]string{1: "1", 2: inTheFuture} {
		held := ended(t, s, store.Run{ID: runID(number), Reading: "full"},
			store.Ending{State: "held", Hold: json.RawMessage(`{"kinds":[],"expires_at":` + expiry + `}`)}, made(1, "deactivate", "disabled", "held"))
		age(t, db, held.ID, 300*day)
	}
	ended(t, s, store.Run{ID: runID(3), Reading: "full"}, store.Ending{State: "succeeded"}, made(2, "skip", "disabled", "planned"))
	removed, err := s.Prune(t.Context(), day, 100)
	require.NoError(t, err)
	require.Equal(t, 2, removed, "the run whose approval has expired, and its change")
	_, changes := listChanges(t, s, runID(2), store.ChangeFilter{})
	require.Equal(t, 1, changes)
}
