package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// holdRun ends run number with two held changes of three, to be approved until expiresAt.
func holdRun(t *testing.T, s *store.Store, number int, expiresAt string) store.Run {
	t.Helper()
	run := startRun(t, s, number)
	require.NoError(t, s.RecordChanges(t.Context(), run.ID, toJSON(t, []change{newChange(1, "Mina Lee"), newChange(2, "Jun Kim"), newChange(3, "Sora Han")})))
	require.NoError(t, s.FinishChanges(t.Context(), run.ID, json.RawMessage(`[{"seq":1,"status":"held"},{"seq":2,"status":"done"},{"seq":3,"status":"held"}]`)))
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{
		State: "held", Hold: json.RawMessage(`{"kinds":[{"kind":"deactivations","count":2,"total":9}],"expires_at":` + expiresAt + `}`),
	}))
	return run
}

const (
	inTheFuture = "99999999999999"
	inThePast   = "1000000000000"
)

func TestHeldChangesWaitUntilAnApprovalSettlesThem(t *testing.T) {
	s, _ := openStore(t)
	held := holdRun(t, s, 1, inTheFuture)
	require.NoError(t, s.CheckApproval(t.Context(), held.ID, time.Hour))
	waiting, err := s.HeldRun(t.Context())
	require.NoError(t, err)
	require.Equal(t, held.ID, waiting.ID)
	require.JSONEq(t, `{"kinds":[{"kind":"deactivations","count":2,"total":9}],"expires_at":99999999999999}`, string(waiting.Hold))

	approval, err := s.StartRun(t.Context(), store.Run{ID: runID(2), Mode: "apply", Trigger: "console", ActorID: "admin", Reading: "held", Approves: held.ID})
	require.NoError(t, err)
	require.Equal(t, held.ID, approval.Approves)
	approved, err := s.GetRun(t.Context(), held.ID)
	require.NoError(t, err)
	require.Equal(t, "admin", approved.ApprovedBy)
	require.Equal(t, approval.StartedAt, approved.ApprovedAt)

	require.Equal(t, []int{1, 3}, heldSeqs(t, s, held.ID, 0))
	require.Equal(t, []int{3}, heldSeqs(t, s, held.ID, 1))

	require.NoError(t, s.SettleHeld(t.Context(), approval.ID, held.ID, json.RawMessage(`[{"seq":1,"status":"done","account_id":"a1"}]`)))
	require.Equal(t, []int{3}, heldSeqs(t, s, held.ID, 0))
	require.NoError(t, s.CheckApproval(t.Context(), held.ID, time.Hour), "one change still waits")

	require.NoError(t, s.SettleHeld(t.Context(), approval.ID, held.ID, json.RawMessage(`[{"seq":3,"status":"failed","error":{"code":"change_outdated"}}]`)))
	require.ErrorIs(t, s.CheckApproval(t.Context(), held.ID, time.Hour), store.ErrNothingHeld)
	settled, err := s.GetRun(t.Context(), held.ID)
	require.NoError(t, err)
	require.Equal(t, "succeeded", settled.State)
	changes, _ := listChanges(t, s, held.ID, store.ChangeFilter{})
	require.Equal(t, []string{"done", "done", "failed"}, []string{changes[0].Status, changes[1].Status, changes[2].Status})
}

func heldSeqs(t *testing.T, s *store.Store, runID string, after int) (seqs []int) {
	t.Helper()
	list, err := s.ListHeld(t.Context(), runID, after, 10)
	require.NoError(t, err)
	var changes []change
	require.NoError(t, json.Unmarshal(list, &changes))
	for _, each := range changes {
		seqs = append(seqs, each.Seq)
	}
	return seqs
}

func TestApprovalsThatComeTooLateOrToNothing(t *testing.T) {
	s, _ := openStore(t)
	late := holdRun(t, s, 1, inThePast)
	require.ErrorIs(t, s.CheckApproval(t.Context(), late.ID, time.Hour), store.ErrApprovalExpired)
	none, err := s.HeldRun(t.Context())
	require.NoError(t, err)
	require.Nil(t, none)

	require.ErrorIs(t, s.CheckApproval(t.Context(), "nobody's", time.Hour), store.ErrNotFound)
	done := startRun(t, s, 2)
	require.ErrorIs(t, s.CheckApproval(t.Context(), done.ID, time.Hour), store.ErrNothingHeld)
	require.NoError(t, s.FinishRun(t.Context(), done.ID, store.Ending{State: "succeeded"}))
	require.ErrorIs(t, s.SettleHeld(t.Context(), done.ID, late.ID, json.RawMessage(`[]`)), store.ErrLockLost, "only a running run settles anything")
}

func TestALaterSyncOfEverybodyReplacesWhatWasHeldBefore(t *testing.T) {
	s, _ := openStore(t)
	finish := func(number int, reading, mode, state string) {
		run, err := s.StartRun(t.Context(), store.Run{ID: runID(number), Mode: mode, Trigger: "api", Reading: reading})
		require.NoError(t, err)
		require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: state}))
	}
	held := holdRun(t, s, 1, inTheFuture)
	finish(2, "person", "apply", "succeeded")
	finish(3, "held", "apply", "succeeded")
	finish(4, "full", "preview", "succeeded")
	finish(5, "full", "apply", "failed")
	waiting, err := s.HeldRun(t.Context())
	require.NoError(t, err)
	require.Equal(t, held.ID, waiting.ID, "none of these has decided about everybody")
	finish(6, "full", "apply", "succeeded")
	waiting, err = s.HeldRun(t.Context())
	require.NoError(t, err)
	require.Nil(t, waiting)
}
