package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestHeldChangesCanBeGivenUp(t *testing.T) {
	s, _ := openStore(t)
	held := holdRun(t, s, 1, inTheFuture)
	require.NoError(t, s.DiscardHeld(t.Context(), held.ID, []int{3, 2, 77}, "anna"))
	changes, _ := listChanges(t, s, held.ID, store.ChangeFilter{})
	require.Equal(t, []string{"held", "done", "discarded"}, []string{changes[0].Status, changes[1].Status, changes[2].Status})
	run, err := s.GetRun(t.Context(), held.ID)
	require.NoError(t, err)
	require.Equal(t, []any{"held", "anna"}, []any{run.State, run.DiscardedBy})
	require.NotZero(t, run.DiscardedAt)
	require.Equal(t, []int{1}, heldSeqs(t, s, held.ID, 0), "what is given up is not asked about again")
	require.ErrorIs(t, s.DiscardHeld(t.Context(), held.ID, []int{3}, "anna"), store.ErrNothingHeld)

	require.NoError(t, s.DiscardHeld(t.Context(), held.ID, nil, "mina"))
	run, err = s.GetRun(t.Context(), held.ID)
	require.NoError(t, err)
	require.Equal(t, []any{"succeeded", "mina"}, []any{run.State, run.DiscardedBy})
	waiting, err := s.HeldRun(t.Context())
	require.NoError(t, err)
	require.Nil(t, waiting)
	require.ErrorIs(t, s.CheckApproval(t.Context(), held.ID, time.Hour), store.ErrNothingHeld)
}

func TestWhatCannotBeGivenUp(t *testing.T) {
	s, _ := openStore(t)
	require.ErrorIs(t, s.DiscardHeld(t.Context(), "nobody's\x00", nil, "anna"), store.ErrNotFound)
	require.ErrorIs(t, s.DiscardHeld(t.Context(), previewRun(t, s, 1, "succeeded").ID, nil, "anna"), store.ErrNothingHeld)

	late := holdRun(t, s, 2, inThePast)
	approval, err := s.StartRun(t.Context(), store.Run{ID: runID(3), Mode: "apply", Reading: "held", Approves: late.ID})
	require.NoError(t, err)
	var running *store.RunningError
	require.ErrorAs(t, s.DiscardHeld(t.Context(), late.ID, nil, "anna"), &running, "they are being applied")
	require.Equal(t, approval.ID, running.Current.ID)
	require.Equal(t, []int{1, 3}, heldSeqs(t, s, late.ID, 0))

	finishRun(t, s, approval.ID)
	require.NoError(t, s.DiscardHeld(t.Context(), late.ID, nil, "anna"), "it is never too late to give up")
}
