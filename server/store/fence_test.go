package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestLostLockStopsEveryWrite(t *testing.T) {
	links := json.RawMessage(`[{"object_id":"o1","account_id":"a1"}]`)
	change := json.RawMessage(`[{"seq":1,"action":"create","status":"planned","reason":"new_person"}]`)
	outcome := json.RawMessage(`[{"seq":1,"status":"done","account_id":"a1","username":"mina","error":null}]`)
	writes := map[string]func(s *store.Store, id string) error{
		"heartbeat": func(s *store.Store, id string) error {
			_, err := s.Heartbeat(t.Context(), id, nil)
			return err
		},
		"record":  func(s *store.Store, id string) error { return record(t, s, id, change) },
		"outcome": func(s *store.Store, id string) error { return s.FinishChanges(t.Context(), id, outcome) },
		"links":   func(s *store.Store, id string) error { return s.SaveLinks(t.Context(), id, "tenant", links) },
		"retries": func(s *store.Store, id string) error {
			return s.SaveRetries(t.Context(), id, "tenant", json.RawMessage(`[{"object_id":"o1","failures":1,"retry_at":1}]`), json.RawMessage(`[]`))
		},
		"page": func(s *store.Store, id string) error {
			return s.SaveDirectoryPage(t.Context(), id, 1, json.RawMessage(`[]`))
		},
		"state": func(s *store.Store, id string) error { return s.SetRunState(t.Context(), id, "key", "value") },
		"tree": func(s *store.Store, id string) error {
			return s.PutGroupTree(t.Context(), id, "tenant", json.RawMessage(`{"group_id":"g","members":[],"nested":[]}`))
		},
		"trees": func(s *store.Store, id string) error {
			return s.KeepGroupTrees(t.Context(), id, "tenant", "key", "value", json.RawMessage(`[]`))
		},
		"directory": func(s *store.Store, id string) error { return s.CompleteDirectory(t.Context(), id) },
		"finish": func(s *store.Store, id string) error {
			return s.FinishRun(t.Context(), id, store.Ending{State: "succeeded"})
		},
	}
	s, db := openStore(t)
	run := startRun(t, s, 1)
	age(t, db, run.ID, time.Hour)
	interrupted, err := s.InterruptStale(t.Context(), time.Minute, "")
	require.NoError(t, err)
	require.Len(t, interrupted, 1)

	// The next run is already active: the old one must not write during it either.
	startRun(t, s, 2)
	for name, write := range writes {
		require.ErrorIs(t, write(s, run.ID), store.ErrLockLost, name)
		require.ErrorIs(t, write(s, "unknown"), store.ErrLockLost, name)
	}
	for _, table := range []string{"entrasync_changes", "entrasync_links", "entrasync_state", "entrasync_retries", "entrasync_group_trees"} {
		var rows int
		require.NoError(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&rows))
		require.Zero(t, rows, table)
	}
}

func TestWriteThatMeetsTheEndOfItsRun(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)

	// Another node is just marking the run as dead: later writes must wait for its decision.
	other, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = other.ExecContext(t.Context(), `UPDATE entrasync_runs SET state = 'interrupted'`)
	require.NoError(t, err)
	written := make(chan error, 1)
	go func() { written <- record(t, s, run.ID, toJSON(t, []change{newChange(1, "Mina Lee")})) }()

	waiting := func() bool {
		const query = `
			SELECT EXISTS (
				SELECT FROM pg_stat_activity
				WHERE wait_event_type = 'Lock' AND query LIKE '%held AS%' AND datname = current_database()
			)`
		var waits bool
		return db.QueryRowContext(t.Context(), query).Scan(&waits) == nil && waits
	}
	require.Eventually(t, waiting, time.Minute, 10*time.Millisecond)
	require.NoError(t, other.Commit())
	require.ErrorIs(t, <-written, store.ErrLockLost)
	_, total := listChanges(t, s, run.ID, store.ChangeFilter{})
	require.Zero(t, total)
}
