package store_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const zeroCounts = `{"directory":0,"in_scope":0,"created":0,"updated":0,"reactivated":0,"deactivated":0,
	"joined":0,"left":0,"promoted":0,"demoted":0,"unchanged":0,"skipped":0,"unlisted":0,"conflicts":0,"failed":0,"held":0}`

func TestRunIsAnsweredAsTheAPIPromises(t *testing.T) {
	s, _ := openStore(t)
	started, err := s.StartRun(t.Context(), store.Run{
		ID: runID(1), Mode: "preview", Trigger: "command", ActorID: "admin", User: "mina@example.com", NodeID: "node-a", Reading: "person",
	})
	require.NoError(t, err)
	require.NotZero(t, started.StartedAt)
	require.Equal(t, "node-a", started.NodeID)

	want := map[string]any{
		"id": runID(1), "mode": "preview", "trigger": "command", "actor_id": "admin", "user": "mina@example.com",
		"state": "running", "started_at": started.StartedAt, "finished_at": 0,
		"counts": json.RawMessage(zeroCounts), "progress": nil, "error": nil,
		"reading": "person", "hold": nil, "approves": "", "approved_at": 0, "approved_by": "", "discarded_at": 0, "discarded_by": "", "does_not_fit": 0,
	}
	require.JSONEq(t, string(toJSON(t, want)), string(toJSON(t, started)))

	found, err := s.GetRun(t.Context(), runID(1))
	require.NoError(t, err)
	require.Equal(t, started, found)
}

func TestOneRunOfManyStarts(t *testing.T) {
	s, _ := openStore(t)
	const starters = 40
	var wait sync.WaitGroup
	results := make([]error, starters)
	for i := range starters {
		wait.Go(func() {
			_, results[i] = s.StartRun(t.Context(), store.Run{ID: runID(i), Mode: "apply", Trigger: "api"})
		})
	}
	wait.Wait()

	current, err := s.CurrentRun(t.Context())
	require.NoError(t, err)
	winners := 0
	for i, err := range results {
		if err == nil {
			winners++
			require.Equal(t, runID(i), current.ID)
			continue
		}
		var running *store.RunningError
		require.ErrorAs(t, err, &running)
		require.Equal(t, current.ID, running.Current.ID)
	}
	require.Equal(t, 1, winners)
}

func TestStartsAndEndsThatRace(t *testing.T) {
	s, _ := openStore(t)
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Go(func() {
			for round := range 20 {
				run, err := s.StartRun(t.Context(), store.Run{ID: runID(worker*100 + round), Mode: "apply", Trigger: "api"})
				var running *store.RunningError
				if errors.As(err, &running) {
					continue
				}
				if err == nil {
					err = s.FinishRun(t.Context(), run.ID, store.Ending{State: "succeeded"})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	current, err := s.CurrentRun(t.Context())
	require.NoError(t, err)
	require.Nil(t, current)
}

func TestRunIDIsUsedOnce(t *testing.T) {
	s, _ := openStore(t)
	finishRun(t, s, startRun(t, s, 1).ID)
	_, err := s.StartRun(t.Context(), store.Run{ID: runID(1), Mode: "apply", Trigger: "api"})
	require.ErrorContains(t, err, "already used")
}

func TestHeartbeatKeepsProgressAndTellsOfCancelling(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	age(t, db, run.ID, time.Minute)

	progress := json.RawMessage(`{"phase":"plan","done":5,"total":9,"counts":{"directory":9}}`)
	cancelRequested, err := s.Heartbeat(t.Context(), run.ID, progress)
	require.NoError(t, err)
	require.False(t, cancelRequested)
	require.NoError(t, s.RequestCancel(t.Context(), run.ID))
	cancelRequested, err = s.Heartbeat(t.Context(), run.ID, nil)
	require.NoError(t, err)
	require.True(t, cancelRequested)

	current, err := s.CurrentRun(t.Context())
	require.NoError(t, err)
	require.JSONEq(t, string(progress), string(current.Progress))
	require.JSONEq(t, `{"directory":9}`, string(current.Counts))
	require.GreaterOrEqual(t, current.HeartbeatAt, run.HeartbeatAt)
	require.True(t, current.CancelRequested)
}

func TestFinishedRun(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	_, err := s.Heartbeat(t.Context(), run.ID, json.RawMessage(`{"phase":"apply","done":1,"total":1}`))
	require.NoError(t, err)
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{
		State: "failed", Counts: json.RawMessage(`{"directory":3}`), Error: json.RawMessage(`{"code":"throttled"}`),
	}))

	last, err := s.LastRun(t.Context())
	require.NoError(t, err)
	require.Equal(t, "failed", last.State)
	require.GreaterOrEqual(t, last.FinishedAt, last.StartedAt)
	require.Nil(t, last.Progress)
	require.JSONEq(t, `{"directory":3}`, string(last.Counts))
	require.JSONEq(t, `{"code":"throttled"}`, string(last.Error))

	require.ErrorIs(t, s.RequestCancel(t.Context(), run.ID), store.ErrNotRunning)
	require.ErrorIs(t, s.RequestCancel(t.Context(), runID(2)), store.ErrNotFound)
	_, err = s.GetRun(t.Context(), "\x00' OR 1=1")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestHostileTextInARun(t *testing.T) {
	s, _ := openStore(t)
	run, err := s.StartRun(t.Context(), store.Run{ID: runID(1), User: "a\x00b\xff'; --", ActorID: "\x00"})
	require.NoError(t, err)
	require.Equal(t, "a\uFFFDb\uFFFD'; --", run.User)
	_, err = s.Heartbeat(t.Context(), run.ID, json.RawMessage(`{"phase":"\u0000"}`))
	require.NoError(t, err)
	require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: "failed", Error: json.RawMessage(`{"raw":"\ud800"}`)}))
	found, err := s.GetRun(t.Context(), run.ID)
	require.NoError(t, err)
	require.JSONEq(t, `{"raw":"\ufffd"}`, string(found.Error))
}

func TestNoRunYet(t *testing.T) {
	s, _ := openStore(t)
	current, err := s.CurrentRun(t.Context())
	require.NoError(t, err)
	require.Nil(t, current)
	last, err := s.LastRun(t.Context())
	require.NoError(t, err)
	require.Nil(t, last)
	runs, total, err := s.ListRuns(t.Context(), store.RunFilter{})
	require.NoError(t, err)
	require.NotNil(t, runs)
	require.Empty(t, runs)
	require.Zero(t, total)
}

func TestInterruptStale(t *testing.T) {
	s, db := openStore(t)
	run := startRun(t, s, 1)
	_, err := s.Heartbeat(t.Context(), run.ID, json.RawMessage(`{"phase":"apply","counts":{"created":7}}`))
	require.NoError(t, err)

	for _, node := range []string{"", "node-b"} {
		interrupted, err := s.InterruptStale(t.Context(), time.Minute, node)
		require.NoError(t, err)
		require.Empty(t, interrupted, "a living run of another node")
	}

	age(t, db, run.ID, 2*time.Minute)
	interrupted, err := s.InterruptStale(t.Context(), time.Minute, "")
	require.NoError(t, err)
	require.Len(t, interrupted, 1)
	require.Equal(t, "interrupted", interrupted[0].State)
	require.NotZero(t, interrupted[0].FinishedAt)
	require.JSONEq(t, `{"code":"interrupted"}`, string(interrupted[0].Error))
	require.JSONEq(t, `{"created":7}`, string(interrupted[0].Counts))

	ahead := startRun(t, s, 3)
	age(t, db, ahead.ID, -2*time.Minute)
	interrupted, err = s.InterruptStale(t.Context(), time.Minute, "")
	require.NoError(t, err)
	require.Len(t, interrupted, 1, "a clock that was set back has left a heartbeat in the future")

	own := startRun(t, s, 2)
	interrupted, err = s.InterruptStale(t.Context(), time.Minute, "node-a")
	require.NoError(t, err)
	require.Len(t, interrupted, 1, "a node that has just started runs nothing")
	require.Equal(t, own.ID, interrupted[0].ID)
}

func TestListRunsNewestFirst(t *testing.T) {
	s, db := openStore(t)
	for number := range 5 {
		run := startRun(t, s, number)
		finishRun(t, s, run.ID)
		age(t, db, run.ID, time.Duration(10-number)*time.Minute)
	}
	runs, total, err := s.ListRuns(t.Context(), store.RunFilter{Page: 1, PerPage: 2})
	require.NoError(t, err)
	require.Equal(t, 5, total)
	require.Equal(t, []string{runID(2), runID(1)}, []string{runs[0].ID, runs[1].ID})

	for _, page := range []int{-1, 1 << 62} {
		runs, total, err = s.ListRuns(t.Context(), store.RunFilter{Page: page, PerPage: 1 << 62})
		require.NoError(t, err)
		require.Equal(t, 5, total)
		require.Equal(t, page < 0, len(runs) == 5)
	}
}

func TestListRunsOfOneKind(t *testing.T) {
	s, _ := openStore(t)
	for number, run := range []store.Run{
		{Mode: "preview", Trigger: "console"}, {Mode: "apply", Trigger: "schedule"}, {Mode: "apply", Trigger: "console"},
	} {
		run.ID = runID(number)
		started, err := s.StartRun(t.Context(), run)
		require.NoError(t, err)
		if number < 2 {
			require.NoError(t, s.FinishRun(t.Context(), started.ID, store.Ending{State: []string{"succeeded", "failed"}[number]}))
		}
	}
	for _, c := range []struct {
		filter store.RunFilter
		want   []string
	}{
		{store.RunFilter{Mode: "apply"}, []string{runID(2), runID(1)}},
		{store.RunFilter{State: "failed"}, []string{runID(1)}},
		{store.RunFilter{Trigger: "console"}, []string{runID(2), runID(0)}},
		{store.RunFilter{Mode: "apply", State: "running", Trigger: "console"}, []string{runID(2)}},
		{store.RunFilter{Mode: "preview", State: "failed"}, nil},
		{store.RunFilter{Mode: "\x00"}, nil},
	} {
		runs, total, err := s.ListRuns(t.Context(), c.filter)
		require.NoError(t, err)
		var ids []string
		for _, run := range runs {
			ids = append(ids, run.ID)
		}
		require.Equal(t, c.want, ids, "%+v", c.filter)
		require.Equal(t, len(c.want), total)
	}
}
