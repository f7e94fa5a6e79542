package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// previewRun ends a preview of two creations, a skip and a conflict.
func previewRun(t *testing.T, s *store.Store, number int, state string) store.Run {
	t.Helper()
	run, err := s.StartRun(t.Context(), store.Run{ID: runID(number), Mode: "preview", Trigger: "console"})
	require.NoError(t, err)
	changes := []change{newChange(1, "Mina Lee"), newChange(2, "Jun Kim"), newChange(3, "Sora Han"), newChange(4, "Bora Im")}
	changes[1].Action, changes[2].Action = "skip", "conflict"
	require.NoError(t, record(t, s, run.ID, toJSON(t, changes)))
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: state}))
	return run
}

func TestAPlanIsAppliedOnce(t *testing.T) {
	s, _ := openStore(t)
	plan := previewRun(t, s, 1, "succeeded")
	require.Empty(t, refusal(t, s, plan.ID))
	require.Equal(t, []int{1, 4}, heldSeqs(t, s, plan.ID, 0), "a plan asks nothing for skips and conflicts")

	apply, err := s.StartRun(t.Context(), store.Run{ID: runID(2), Mode: "apply", Reading: "held", Approves: plan.ID, ActorID: "admin"})
	require.NoError(t, err)
	require.NoError(t, s.SettleHeld(t.Context(), apply.ID, plan.ID, json.RawMessage(`[
		{"seq":1,"status":"done","account_id":"a1","username":"mina2"}, {"seq":2,"status":"done","account_id":"a2"}]`)))
	changes, _ := listChanges(t, s, plan.ID, store.ChangeFilter{})
	require.Equal(t, []string{"done", "planned", "planned", "planned"}, []string{changes[0].Status, changes[1].Status, changes[2].Status, changes[3].Status})
	require.Equal(t, []string{"a1", "mina2"}, []string{changes[0].AccountID, changes[0].Username})
	require.Equal(t, []int{4}, heldSeqs(t, s, plan.ID, 0))
	require.NoError(t, s.SettleHeld(t.Context(), apply.ID, plan.ID, json.RawMessage(`[{"seq":4,"status":"failed","error":{"code":"user_limit"}}]`)))

	require.Equal(t, "nothing_planned", refusal(t, s, plan.ID))
	settled, err := s.GetRun(t.Context(), plan.ID)
	require.NoError(t, err)
	require.Equal(t, "succeeded", settled.State)
	require.Equal(t, "admin", settled.ApprovedBy)
	waiting, err := heldRun(t, s)
	require.NoError(t, err)
	require.Nil(t, waiting, "a plan does not wait for approval")
}

func TestPlansThatCannotBeApplied(t *testing.T) {
	s, db := openStore(t)
	for number, state := range []string{"failed", "cancelled", "interrupted"} {
		require.Equal(t, "plan_unfinished", refusal(t, s, previewRun(t, s, number, state).ID), state)
	}
	for number, state := range []string{"succeeded", "partial"} {
		plan := previewRun(t, s, 10+number, state)
		require.Empty(t, refusal(t, s, plan.ID), state)
		age(t, db, plan.ID, 24*time.Hour+time.Minute)
		require.Equal(t, "plan_expired", refusal(t, s, plan.ID), state)
	}
	running, err := s.StartRun(t.Context(), store.Run{ID: runID(20), Mode: "preview"})
	require.NoError(t, err)
	require.Equal(t, "plan_unfinished", refusal(t, s, running.ID))
}
