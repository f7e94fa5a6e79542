package store_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// holdRun ends run number with two held changes of three, which can be approved until expiresAt.
func holdRun(t *testing.T, s *store.Store, number int, expiresAt string) store.Run {
	t.Helper()
	run := startRun(t, s, number)
	require.NoError(t, record(t, s, run.ID, toJSON(t, []change{newChange(1, "Mina Lee"), newChange(2, "Jun Kim"), newChange(3, "Sora Han")})))
	require.NoError(t, s.FinishChanges(t.Context(), run.ID, json.RawMessage(`[{"seq":1,"status":"held"},{"seq":2,"status":"done"},{"seq":3,"status":"held"}]`)))
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{
		State: "held", Hold: json.RawMessage(`{"kinds":[{"kind":"deactivations","count":2,"total":9}],"expires_at":` + expiresAt + `}`),
	}))
	return run
}

// logic calls the sync logic, whose rules about approvals the queries of the store follow.
func logic(t *testing.T, function string, input, output any) {
	t.Helper()
	loaded, err := engine.New()
	require.NoError(t, err)
	require.NoError(t, loaded.Call(t.Context(), function, nil, input, output))
}

// heldRun returns the run that is offered for approval.
func heldRun(t *testing.T, s *store.Store) (*store.Run, error) {
	t.Helper()
	var filter store.HeldFilter
	logic(t, "held_filter", struct{}{}, &filter)
	return s.HeldRun(t.Context(), filter)
}

// refusal returns the code for which changes of the run cannot be approved, or "".
func refusal(t *testing.T, s *store.Store, runID string) string {
	t.Helper()
	found, err := s.Approvable(t.Context(), runID)
	require.NoError(t, err)
	var verdict struct{ Fault struct{ Code string } }
	logic(t, "check_approval", found, &verdict)
	return verdict.Fault.Code
}

const (
	inTheFuture = "99999999999999"
	inThePast   = "1000000000000"
)

func TestChangesThatNeedAnApprovalOfTheirOwnAreFoundByTheirReason(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	changes := `[{"seq":1,"object_id":"o1","action":"update","status":"held","reason":"adopted_by_email","reason_params":{"approval_kinds":"privileged_account"}}]`
	require.NoError(t, record(t, s, run.ID, json.RawMessage(changes)))
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: "held", Hold: json.RawMessage(`{"kinds":[],"expires_at":` + inTheFuture + `}`)}))
	require.Equal(t, "approval_unnamed", refusal(t, s, run.ID))
	for own, total := range map[string]int{"": 1, "true": 1, "false": 0} {
		_, found, err := s.ListChanges(t.Context(), run.ID, store.ChangeFilter{OwnApproval: own})
		require.NoError(t, err)
		require.Equal(t, total, found, own)
	}

	run = startRun(t, s, 2)
	changes = changes[:len(changes)-1] + `,{"seq":2,"object_id":"o2","action":"update","status":"held","reason":"email_changed","reason_params":{"rule_kind":"rule"}}]`
	require.NoError(t, record(t, s, run.ID, json.RawMessage(changes)))
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: "held", Hold: json.RawMessage(`{"kinds":[],"expires_at":` + inTheFuture + `}`)}))
	require.Empty(t, refusal(t, s, run.ID), "one of them needs no approval of its own")
}

func TestHeldChangesWaitUntilAnApprovalSettlesThem(t *testing.T) {
	s, _ := openStore(t)
	held := holdRun(t, s, 1, inTheFuture)
	require.Empty(t, refusal(t, s, held.ID))
	waiting, err := heldRun(t, s)
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
	require.Empty(t, refusal(t, s, held.ID), "one change still waits")

	require.NoError(t, s.SettleHeld(t.Context(), approval.ID, held.ID, json.RawMessage(`[{"seq":3,"status":"failed","error":{"code":"change_outdated"}}]`)))
	require.Equal(t, "nothing_held", refusal(t, s, held.ID))
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
	require.Equal(t, "approval_expired", refusal(t, s, late.ID))
	none, err := heldRun(t, s)
	require.NoError(t, err)
	require.Nil(t, none)

	_, err = s.Approvable(t.Context(), "nobody's")
	require.ErrorIs(t, err, store.ErrNotFound)
	done := startRun(t, s, 2)
	require.Equal(t, "nothing_held", refusal(t, s, done.ID))
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
	waiting, err := heldRun(t, s)
	require.NoError(t, err)
	require.Equal(t, held.ID, waiting.ID, "none of these has decided about all users")
	finish(6, "full", "apply", "succeeded")
	waiting, err = heldRun(t, s)
	require.NoError(t, err)
	require.Nil(t, waiting)
}

func TestARunThatHoldsEverythingBecauseTheDirectoryHasShrunkReplacesNoDecision(t *testing.T) {
	s, _ := openStore(t)
	hold := func(number int, kind string) string {
		run, err := s.StartRun(t.Context(), store.Run{ID: runID(number), Mode: "apply", Trigger: "api", Reading: "full", TenantID: "t1"})
		require.NoError(t, err)
		require.NoError(t, record(t, s, run.ID, toJSON(t, []change{made(number, "deactivate", "disabled", "held")})))
		hold := `{"kinds":[{"kind":"` + kind + `","count":1,"total":9}],"expires_at":` + inTheFuture + `}`
		require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: "held", Hold: json.RawMessage(hold)}))
		return run.ID
	}
	open := func() string {
		var filter store.HeldFilter
		logic(t, "held_filter", struct{}{}, &filter)
		list, err := s.ListOpen(t.Context(), "t1", filter, json.RawMessage(`null`))
		require.NoError(t, err)
		return string(list)
	}
	hold(1, "deactivations")
	hold(2, "directory_shrunk")
	last := hold(3, "directory_shrunk")
	of := func(kind, id string) string {
		return `{"action":"deactivate","reason":"disabled","target_id":"","hold_kinds":["` + kind + `"],"object_ids":["` + id + `"]}`
	}
	require.JSONEq(t, `[`+of("deactivations", "object-1")+`,`+of("directory_shrunk", "object-3")+`]`, open())
	waiting, err := heldRun(t, s)
	require.NoError(t, err)
	require.Equal(t, last, waiting.ID)

	hold(4, "deactivations")
	require.JSONEq(t, `[`+of("deactivations", "object-4")+`]`, open())
}

// The store lists for an approval exactly what the page offers for one.
func TestOpenChangesAreThoseOfTheSyncLogic(t *testing.T) {
	s, _ := openStore(t)
	loaded, err := engine.New()
	require.NoError(t, err)
	for number, mode := range names.RunModes {
		run, err := s.StartRun(t.Context(), store.Run{ID: runID(number), Mode: mode, Trigger: "console"})
		require.NoError(t, err)
		var changes []change
		var wanted []int
		for _, action := range names.Actions {
			for _, status := range names.ChangeStatuses {
				next := newChange(len(changes)+1, "Mina Lee")
				next.Action, next.Status = action, status
				changes = append(changes, next)
				var isOpen bool
				input := map[string]any{"function": "is_open", "input": map[string]string{"mode": mode, "action": action, "status": status}}
				require.NoError(t, loaded.Call(t.Context(), "run_case", nil, input, &isOpen))
				if isOpen {
					wanted = append(wanted, next.Seq)
				}
			}
		}
		require.NoError(t, record(t, s, run.ID, toJSON(t, changes)))
		finishRun(t, s, run.ID)
		list, err := s.ListHeld(t.Context(), run.ID, 0, len(changes))
		require.NoError(t, err)
		var listed []change
		require.NoError(t, json.Unmarshal(list, &listed))
		var seqs []int
		for _, each := range listed {
			seqs = append(seqs, each.Seq)
		}
		require.Equal(t, wanted, seqs, mode)
	}
}
