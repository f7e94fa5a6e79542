package store_test

import (
	"cmp"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestTheOverviewNamesTheRunWhereFailingPeopleStand(t *testing.T) {
	s, db := openStore(t)
	_, err := db.ExecContext(t.Context(), `CREATE TABLE users (id varchar(26) PRIMARY KEY, deleteat bigint DEFAULT 0)`)
	require.NoError(t, err)
	failed, waits, other := newChange(1, "Mina Lee"), newChange(2, "Jun Kim"), newChange(3, "Sora Han")
	failed.Status = "failed"
	waits.Action, waits.Reason = "skip", "retry_waits"
	other.Action, other.Reason = "skip", "protected"
	end := func(number int, run store.Run, changes ...change) {
		t.Helper()
		run.ID, run.Trigger, run.Mode = runID(number), "api", "apply"
		started, err := s.StartRun(t.Context(), run)
		require.NoError(t, err)
		require.NoError(t, record(t, s, started.ID, toJSON(t, append(changes, other))))
		require.NoError(t, s.SaveRetries(t.Context(), started.ID, "t1", json.RawMessage(`[{"object_id":"o1","failures":2,"retry_at":99999999999999}]`), json.RawMessage(`[]`)))
		finishRun(t, s, started.ID)
		age(t, db, started.ID, time.Duration(10-number)*time.Hour)
	}
	expect := func(run string, tried, waiting int) {
		t.Helper()
		overview, err := s.Overview(t.Context(), "t1")
		require.NoError(t, err)
		require.Equal(t, []any{run, tried, waiting}, []any{overview.FailingRun, overview.FailingTried, overview.FailingWaiting})
	}
	end(1, store.Run{Reading: "full", TenantID: "t1"})
	expect("", 0, 0)
	end(2, store.Run{Reading: "full", TenantID: "t1"}, failed)
	expect(runID(2), 1, 0)
	end(3, store.Run{Reading: "incremental", TenantID: "t1"}, waits)
	expect(runID(3), 0, 1)
	end(4, store.Run{Reading: "incremental", TenantID: "t1"}, failed, waits)
	end(5, store.Run{Reading: "full", TenantID: "t2"}, waits)
	end(6, store.Run{Reading: "person", User: "lee", TenantID: "t1"}, failed)
	end(7, store.Run{Reading: "full", TenantID: "t1"})
	expect(runID(4), 1, 1)

	run := startRun(t, s, 9)
	require.NoError(t, s.SaveRetries(t.Context(), run.ID, "t1", json.RawMessage(`[]`), json.RawMessage(`["o1"]`)))
	expect("", 0, 0)
}

func TestTheOverviewCountsRunsOfAnUnknownTenant(t *testing.T) {
	s, db := openStore(t)
	_, err := db.ExecContext(t.Context(), `CREATE TABLE users (id varchar(26) PRIMARY KEY, deleteat bigint DEFAULT 0)`)
	require.NoError(t, err)
	old, err := s.StartRun(t.Context(), store.Run{ID: runID(1), Mode: "apply", Trigger: "api", Reading: "full"})
	require.NoError(t, err)
	require.NoError(t, s.FinishRun(t.Context(), old.ID, store.Ending{State: "succeeded", Counts: json.RawMessage(`{"directory":5,"in_scope":4,"conflicts":0}`)}))
	overview, err := s.Overview(t.Context(), "t1")
	require.NoError(t, err)
	require.Equal(t, 5, overview.Directory)
}

func TestOverview(t *testing.T) {
	s, db := openStore(t)
	_, err := db.ExecContext(t.Context(), `CREATE TABLE users (id varchar(26) PRIMARY KEY, deleteat bigint DEFAULT 0)`)
	require.NoError(t, err)
	nothing, err := s.Overview(t.Context(), "t1")
	require.NoError(t, err)
	require.Equal(t, store.Overview{}, nothing)

	number := 0
	end := func(run store.Run, state, counts string) store.Run {
		t.Helper()
		number++
		run.ID, run.Trigger, run.TenantID = runID(number), "api", cmp.Or(run.TenantID, "t1")
		started, err := s.StartRun(t.Context(), run)
		require.NoError(t, err)
		require.NoError(t, s.FinishRun(t.Context(), started.ID, store.Ending{State: state, Counts: json.RawMessage(counts)}))
		age(t, db, started.ID, time.Duration(10-number)*time.Hour)
		ended, err := s.GetRun(t.Context(), started.ID)
		require.NoError(t, err)
		return ended
	}
	end(store.Run{Mode: "apply", Reading: "full"}, "succeeded", `{"directory":1,"in_scope":1,"conflicts":0}`)
	newest := end(store.Run{Mode: "preview", Reading: "full"}, "partial", `{"directory":120,"in_scope":80,"conflicts":3}`)
	end(store.Run{Mode: "apply", Reading: "full"}, "failed", `{"directory":7}`)
	end(store.Run{Mode: "apply", Reading: "incremental"}, "succeeded", `{"directory":2}`)
	end(store.Run{Mode: "apply", Reading: "full", TenantID: "t2"}, "succeeded", `{"directory":33,"in_scope":3}`)
	end(store.Run{Mode: "apply", Reading: "person", User: "lee"}, "succeeded", `{"directory":1}`)
	end(store.Run{Mode: "apply", Reading: "held"}, "succeeded", `{"directory":5}`)

	run, err := s.StartRun(t.Context(), store.Run{ID: runID(99), Mode: "apply", Trigger: "api", Reading: "full"})
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `INSERT INTO users VALUES ('a1', 0), ('a2', 7), ('a3', 9), ('a4', 8)`)
	require.NoError(t, err)
	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "t1", json.RawMessage(`[{"object_id":"o1","account_id":"a1"},
		{"object_id":"o2","account_id":"a2"},{"object_id":"o3","account_id":"a3"},{"object_id":"o4","account_id":"a4"},{"object_id":"o5","account_id":"gone"}]`)))
	require.NoError(t, s.SaveLinks(t.Context(), run.ID, "t2", json.RawMessage(`[{"object_id":"o1","account_id":"a1"}]`)))
	require.NoError(t, s.MarkDepartures(t.Context(), run.ID, "t1", json.RawMessage(`[
		{"object_id":"o1","since":1,"absent_reads":0,"counted_at":0,"deactivated_at":7}, {"object_id":"o2","since":1,"absent_reads":0,"counted_at":0,"deactivated_at":7},
		{"object_id":"o3","since":1,"absent_reads":0,"counted_at":0,"deactivated_at":5}, {"object_id":"o4","since":1,"absent_reads":0,"counted_at":0,"deactivated_at":-1}]`)))
	require.NoError(t, s.SaveRetries(t.Context(), run.ID, "t1", json.RawMessage(`[{"object_id":"o1","failures":1,"retry_at":99999999999999}]`), json.RawMessage(`[]`)))

	overview, err := s.Overview(t.Context(), "t1")
	require.NoError(t, err)
	require.Equal(t, store.Overview{
		Directory: 120, InScope: 80, Conflicts: 3, ConflictsRun: newest.ID, ReadAt: newest.FinishedAt,
		Linked: 4, Deactivated: 2, Failing: 1,
	}, overview, "o5 has no account; of the deactivated ones two are the sync's own: that of o2, and that of o4, which it was about to make")
	other, err := s.Overview(t.Context(), "t2")
	require.NoError(t, err)
	require.Equal(t, []int{33, 3, 1, 0, 0}, []int{other.Directory, other.InScope, other.Linked, other.Deactivated, other.Failing})
}
