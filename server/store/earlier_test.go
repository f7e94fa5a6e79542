package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// ended records a run of the tenant "t1" that has ended with these changes, whose statuses are as given.
func ended(t *testing.T, s *store.Store, run store.Run, ending store.Ending, changes ...change) store.Run {
	t.Helper()
	run.Trigger, run.Mode, run.TenantID = "api", "apply", "t1"
	started, err := s.StartRun(t.Context(), run)
	require.NoError(t, err)
	require.NoError(t, record(t, s, started.ID, toJSON(t, changes)))
	require.NoError(t, s.FinishRun(t.Context(), started.ID, ending))
	return started
}

// made is a change of the user with the given number.
func made(number int, action, reason, status string) change {
	line := newChange(number, "Mina Lee")
	line.Action, line.Reason, line.Status = action, reason, status
	return line
}

func recent(t *testing.T, s *store.Store, tenant string) string {
	t.Helper()
	list, err := s.ListRecent(t.Context(), tenant, day.Milliseconds(), json.RawMessage(`["create","deactivate"]`), json.RawMessage(`["email_changed"]`))
	require.NoError(t, err)
	return string(list)
}

func TestRecentChangesAreThoseThatRunsMadeWithoutAnApproval(t *testing.T) {
	s, db := openStore(t)
	old := ended(t, s, store.Run{ID: runID(1), Reading: "full"}, store.Ending{State: "succeeded"}, made(1, "deactivate", "disabled", "done"))
	age(t, db, old.ID, 25*time.Hour)
	first := ended(t, s, store.Run{ID: runID(2), Reading: "full"}, store.Ending{State: "succeeded", FirstImport: true},
		made(2, "create", "new_person", "done"), made(3, "deactivate", "disabled", "done"))
	require.JSONEq(t, `[{"action":"deactivate","reason":"","object_ids":["object-3"]}]`, recent(t, s, "t1"))

	ended(t, s, store.Run{ID: runID(3), Reading: "held", Approves: first.ID}, store.Ending{State: "succeeded"}, made(4, "deactivate", "disabled", "done"))
	ended(t, s, store.Run{ID: runID(4), Reading: "person", User: "lee"}, store.Ending{State: "interrupted"},
		made(3, "deactivate", "missing", "done"), made(5, "deactivate", "missing", "done"), made(6, "deactivate", "missing", "failed"),
		made(7, "update", "email_changed", "done"), made(8, "update", "attributes_changed", "done"), made(9, "conflict", "email_changed", "done"))
	require.JSONEq(t, `[{"action":"deactivate","reason":"","object_ids":["object-3","object-5"]},
		{"action":"update","reason":"email_changed","object_ids":["object-7"]}]`, recent(t, s, "t1"))
	require.JSONEq(t, `[]`, recent(t, s, "t2"))
}

func TestHeldChangesThatWereApprovedCountNeitherInTheirOwnRunNorInTheOther(t *testing.T) {
	s, _ := openStore(t)
	// The approval settles the lines of the run that held them: they are done there, too.
	held := ended(t, s, store.Run{ID: runID(1), Reading: "full"}, store.Ending{State: "succeeded"},
		made(1, "deactivate", "missing", "done"), made(2, "update", "email_changed", "done"), made(3, "update", "email_changed", "done"))
	ended(t, s, store.Run{ID: runID(2), Reading: "held", Approves: held.ID}, store.Ending{State: "succeeded"},
		made(1, "deactivate", "disabled", "done"), made(2, "update", "email_changed", "done"), made(3, "update", "email_changed", "failed"))
	require.JSONEq(t, `[{"action":"update","reason":"email_changed","object_ids":["object-3"]}]`, recent(t, s, "t1"))
}

func TestOpenChangesAreThoseThatCanStillBeApproved(t *testing.T) {
	s, db := openStore(t)
	var filter store.HeldFilter
	logic(t, "held_filter", struct{}{}, &filter)
	open := func(tenant, ids string) string {
		t.Helper()
		list, err := s.ListOpen(t.Context(), tenant, filter, json.RawMessage(ids))
		require.NoError(t, err)
		return string(list)
	}
	hold := func(kind string) store.Ending {
		return store.Ending{State: "held", Hold: json.RawMessage(`{"kinds":[{"kind":"` + kind + `","count":2,"total":9}],"expires_at":` + inTheFuture + `}`)}
	}
	whole := ended(t, s, store.Run{ID: runID(1), Reading: "full"}, hold("deactivations"),
		made(1, "deactivate", "disabled", "held"), made(2, "deactivate", "disabled", "held"), made(3, "deactivate", "disabled", "done"), made(4, "deactivate", "disabled", "discarded"))
	age(t, db, whole.ID, time.Hour)
	ended(t, s, store.Run{ID: runID(2), Reading: "person", User: "lee"}, hold("email_changes"), made(5, "update", "email_changed", "held"))

	ofWhole := `{"action":"deactivate","reason":"disabled","target_id":"","hold_kinds":["deactivations"],"object_ids":["object-1","object-2"]}`
	ofOne := `{"action":"update","reason":"email_changed","target_id":"","hold_kinds":["email_changes"],"object_ids":["object-5"]}`
	require.JSONEq(t, `[`+ofWhole+`,`+ofOne+`]`, open("t1", `null`))
	require.JSONEq(t, `[{"action":"deactivate","reason":"disabled","target_id":"","hold_kinds":["deactivations"],"object_ids":["object-2"]}]`, open("t1", `["object-2","object-9"]`))
	require.JSONEq(t, `[]`, open("t1", `[]`))
	require.JSONEq(t, `[]`, open("t2", `null`))

	// A full run that could not decide about a user with a held change replaces nothing.
	ended(t, s, store.Run{ID: runID(9), Reading: "full"}, store.Ending{State: "partial", KeepsHolds: true}, made(6, "skip", "sign_in_unknown", "planned"))
	require.JSONEq(t, `[`+ofWhole+`,`+ofOne+`]`, open("t1", `null`))

	// A later full run of the tenant replaces both, and what it holds is open in their place.
	ended(t, s, store.Run{ID: runID(3), Reading: "full"}, hold("deactivations"), made(2, "deactivate", "disabled", "held"))
	require.JSONEq(t, `[{"action":"deactivate","reason":"disabled","target_id":"","hold_kinds":["deactivations"],"object_ids":["object-2"]}]`, open("t1", `null`))
	_, err := db.ExecContext(t.Context(), `UPDATE entrasync_runs SET hold = jsonb_set(hold, '{expires_at}', '1') WHERE id = $1`, runID(3))
	require.NoError(t, err)
	require.JSONEq(t, `[]`, open("t1", `null`))
}
