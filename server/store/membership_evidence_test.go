package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// taken is a membership of the user with the given number that ended in the team "team", or does not.
func taken(number int, status string) change {
	line := made(number, "leave", "no_rule_wants", status)
	line.Params = json.RawMessage(`{"target_id":"team"}`)
	return line
}

func TestRecentLeavesAreThoseThatRunsMadeWithoutAnApproval(t *testing.T) {
	s, db := openStore(t)
	recent := func(tenant string) string {
		t.Helper()
		list, err := s.RecentLeaves(t.Context(), tenant, day.Milliseconds())
		require.NoError(t, err)
		return string(list)
	}
	old := ended(t, s, store.Run{ID: runID(1), Reading: "full"}, store.Ending{State: "succeeded"}, taken(1, "done"))
	age(t, db, old.ID, 25*time.Hour)
	require.JSONEq(t, `[]`, recent("t1"))

	// The approval settles the lines of the run that held them: they are done there, too.
	held := ended(t, s, store.Run{ID: runID(2), Reading: "full"}, store.Ending{State: "succeeded"}, taken(2, "done"), taken(3, "done"), taken(4, "failed"))
	ended(t, s, store.Run{ID: runID(3), Reading: "held", Approves: held.ID}, store.Ending{State: "succeeded"}, taken(2, "done"))
	require.JSONEq(t, `[{"id":"team","users":1}]`, recent("t1"))
	require.JSONEq(t, `[]`, recent("t2"))
}
