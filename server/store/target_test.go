package store_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// ofTarget makes a line about a user and a team or channel.
func ofTarget(seq int, action, status, id, name string) change {
	line := newChange(seq, fmt.Sprintf("Person %d", seq))
	line.Action, line.Status, line.Reason = action, status, "wanted_by_rule"
	params := map[string]string{"target_kind": "channel", "target_id": id, "target_name": name, "team_name": "Company", "rule_id": "r1"}
	if id == "" {
		params["target_place"] = "team t1 channel " + name
	}
	line.Params, _ = json.Marshal(params)
	return line
}

func targetRun(t *testing.T, s *store.Store) store.Run {
	t.Helper()
	run := startRun(t, s, 1)
	account := newChange(1, "Mina Lee")
	rule := newChange(2, "Jun Kim")
	rule.Params = json.RawMessage(`{"rule_kind":"rule","rule_value":"Interns"}`)
	whole := ofTarget(8, "conflict", "planned", "", "100% Legal")
	whole.ObjectID, whole.AccountID = "", ""
	require.NoError(t, record(t, s, run.ID, toJSON(t, []change{
		account, rule,
		ofTarget(3, "join", "done", "sales", "Sales"), ofTarget(4, "join", "done", "sales", "Sales"), ofTarget(5, "leave", "held", "sales", "Sales"),
		ofTarget(6, "join", "failed", "ops", "Operations"), ofTarget(7, "promote", "planned", "hr", "People"), whole,
	})))
	return run
}

func TestChangesOfOneTeamOrChannel(t *testing.T) {
	s, _ := openStore(t)
	run := targetRun(t, s)
	for target, want := range map[string][]int{
		"": {1, 2, 3, 4, 5, 6, 7, 8}, store.NoTarget: {1, 2}, "sales": {3, 4, 5}, "ops": {6}, "team t1 channel 100% Legal": {8}, "elsewhere": nil,
		"' OR true --": nil, "\x00": nil,
	} {
		found, total := listChanges(t, s, run.ID, store.ChangeFilter{Target: target})
		var seqs []int
		for _, line := range found {
			seqs = append(seqs, line.Seq)
		}
		require.Equal(t, want, seqs, target)
		require.Equal(t, len(want), total, target)
	}
	held, total := listChanges(t, s, run.ID, store.ChangeFilter{Target: "sales", Status: "held"})
	require.Equal(t, 1, total)
	require.Equal(t, 5, held[0].Seq)
	_, total = listChanges(t, s, run.ID, store.ChangeFilter{Target: "sales", Query: "person 4"})
	require.Equal(t, 1, total)
}

type runTarget struct {
	Target, Kind, ID, Name, TeamName                                       string
	Joined, Left, Promoted, Demoted, Skipped, Held, Failed, Changes, Total int
}

func listTargets(t *testing.T, s *store.Store, id string, filter store.TargetFilter) (names []string, total int) {
	t.Helper()
	list, total, err := s.ListRunTargets(t.Context(), id, filter)
	require.NoError(t, err)
	var targets []runTarget
	require.NoError(t, json.Unmarshal(list, &targets))
	for _, each := range targets {
		names = append(names, fmt.Sprintf("%s %s: %d joined %d left %d promoted %d skipped %d held %d failed",
			each.Kind, each.Name, each.Joined, each.Left, each.Promoted, each.Skipped, each.Held, each.Failed))
	}
	return names, total
}

func TestARunIsSummedUpByTeamAndChannel(t *testing.T) {
	s, _ := openStore(t)
	run := targetRun(t, s)
	names, total := listTargets(t, s, run.ID, store.TargetFilter{})
	require.Equal(t, 4, total)
	require.Equal(t, []string{
		"channel Operations: 0 joined 0 left 0 promoted 0 skipped 0 held 1 failed",
		"channel Sales: 2 joined 0 left 0 promoted 0 skipped 1 held 0 failed",
		"channel People: 0 joined 0 left 1 promoted 0 skipped 0 held 0 failed",
		"channel 100% Legal: 0 joined 0 left 0 promoted 1 skipped 0 held 0 failed",
	}, names)
	names, total = listTargets(t, s, run.ID, store.TargetFilter{Query: "0% l"})
	require.Equal(t, []any{1, true}, []any{total, strings.Contains(names[0], "100% Legal")})
	names, total = listTargets(t, s, run.ID, store.TargetFilter{Page: 1, PerPage: 3})
	require.Equal(t, []any{4, 1}, []any{total, len(names)})
	_, total = listTargets(t, s, "nothing", store.TargetFilter{})
	require.Zero(t, total)
}

func TestManyMembershipsAreFoundByTheirIndex(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	_, err := db.ExecContext(t.Context(), `
		INSERT INTO entrasync_changes (run_id, seq, object_id, account_id, email, username, display_name, action, status, reason, reason_params, fields)
		SELECT $1, n, 'o' || n, 'a' || n, '', '', '', 'join', 'done', 'wanted_by_rule',
			jsonb_build_object('target_kind', 'team', 'target_id', 't' || n % 50), '[]'
		FROM generate_series(1, 20000) AS n`, run.ID)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `ANALYZE entrasync_changes`)
	require.NoError(t, err)
	changes, total := listChanges(t, s, run.ID, store.ChangeFilter{Target: "t7", After: 0, PerPage: 1000})
	require.Equal(t, []int{400, 400, 7}, []int{total, len(changes), changes[0].Seq})
	var scans int
	require.NoError(t, db.QueryRowContext(t.Context(), `
		SELECT count(*) FROM pg_indexes WHERE indexname IN ('entrasync_changes_target', 'entrasync_changes_accounts')`).Scan(&scans))
	require.Equal(t, 2, scans)
	plan := ""
	rows, err := db.QueryContext(t.Context(), `
		EXPLAIN SELECT * FROM entrasync_changes WHERE run_id = $1 AND reason_params ->> 'target_kind' IS NOT NULL
			AND coalesce(nullif(reason_params ->> 'target_id', ''), reason_params ->> 'target_place', '') = 't7' AND seq > 0 ORDER BY seq LIMIT 1000`, run.ID)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var line string
		require.NoError(t, rows.Scan(&line))
		plan += line
	}
	require.NoError(t, rows.Err())
	require.Contains(t, plan, "entrasync_changes_target")
}
