package store_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestCreatedTargetsAreRememberedForTheirTenant(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	none, err := s.GetTarget(t.Context(), "tenant", "team x")
	require.NoError(t, err)
	require.Zero(t, none)

	x := store.CreatedTarget{Place: "team x\x00", ValueKey: "= sales", ValueText: "Sales", Kind: "channel", TeamID: "team", Name: "sales"}
	require.NoError(t, s.BeginTarget(t.Context(), run.ID, "tenant", x))
	require.NoError(t, s.BeginTarget(t.Context(), run.ID, "other", store.CreatedTarget{Place: "team x"}))
	begun, err := s.GetTarget(t.Context(), "tenant", x.Place)
	require.NoError(t, err)
	require.NotZero(t, begun.BegunAt)
	require.Empty(t, begun.TargetID)

	require.NoError(t, s.FinishTarget(t.Context(), run.ID, "tenant", x.Place, "id"))
	targets, err := s.ListCreated(t.Context(), "tenant")
	require.NoError(t, err)
	begun.TargetID = "id"
	require.Equal(t, []store.CreatedTarget{begun}, targets)
	require.Equal(t, "team x\uFFFD = sales Sales channel team sales",
		begun.Place+" "+begun.ValueKey+" "+begun.ValueText+" "+begun.Kind+" "+begun.TeamID+" "+begun.Name)

	require.NoError(t, s.BeginTarget(t.Context(), run.ID, "tenant", x), "a deleted one is begun again")
	again, err := s.GetTarget(t.Context(), "tenant", x.Place)
	require.NoError(t, err)
	require.Empty(t, again.TargetID)

	finishRun(t, s, run.ID)
	require.ErrorIs(t, s.BeginTarget(t.Context(), run.ID, "tenant", x), store.ErrLockLost)
	require.ErrorIs(t, s.FinishTarget(t.Context(), run.ID, "tenant", x.Place, "id"), store.ErrLockLost)
}

// ledgerOf returns the entries of one target for the accounts a and b.
func ledgerOf(t *testing.T, s *store.Store) string {
	t.Helper()
	answer, err := s.Ledger(t.Context(), json.RawMessage(`["a","b"]`), json.RawMessage(`["team"]`))
	require.NoError(t, err)
	var ledger struct {
		Targets []struct {
			Entries []struct {
				Rule     string          `json:"rule_id"`
				State    string          `json:"state"`
				Promoted string          `json:"promoted_by"`
				Users    json.RawMessage `json:"users"`
			} `json:"entries"`
		} `json:"targets"`
	}
	require.NoError(t, json.Unmarshal(answer, &ledger))
	text := ""
	for _, target := range ledger.Targets {
		for _, entry := range target.Entries {
			text += entry.Rule + " " + entry.State + " " + entry.Promoted + " " + string(entry.Users) + ";"
		}
	}
	return text
}

func TestANoteKeepsWhatItLeavesOut(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	for _, step := range []struct{ note, want string }{
		{`{"account_ids":["a"],"rule_id":"r1","state":"adding"}`, "r1 adding  [[0, 1]];"},
		{`{"account_ids":["a"],"rule_id":"r1","state":"added"}`, "r1 added  [[0, 1]];"},
		{`{"account_ids":["a"],"rule_id":"r2","promoted_by":"r2"}`, "r1 added r2 [[0, 1]];"},
		{`{"account_ids":["a"],"rule_id":"r3","state":"ended"}`, "r3 ended r2 [[0, 1]];"},
		{`{"account_ids":["a"],"rule_id":"r2","promoted_by":""}`, "r3 ended  [[0, 1]];"},
		{`{"account_ids":["a"],"rule_id":"","state":""}`, ""},
		{`{"account_ids":["b"],"rule_id":"r2","promoted_by":"r2"}`, "r2 found r2 [[0, 2]];"},
		{`{"account_ids":["a","b"],"rule_id":"","state":""}`, ""},
	} {
		notes := json.RawMessage(`[` + step.note[:1] + `"target_id":"team",` + step.note[1:] + `]`)
		require.NoError(t, s.NoteMemberships(t.Context(), run.ID, notes))
		require.Equal(t, step.want, ledgerOf(t, s), step.note)
	}
}
