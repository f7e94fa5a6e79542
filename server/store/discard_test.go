package store_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestHeldChangesCanBeGivenUp(t *testing.T) {
	s, _ := openStore(t)
	held := holdRun(t, s, 1, inTheFuture)
	require.NoError(t, s.DiscardHeld(t.Context(), held.ID, []int{3, 2, 77}, "anna"))
	changes, _ := listChanges(t, s, held.ID, store.ChangeFilter{})
	require.Equal(t, []string{"held", "done", "discarded"}, []string{changes[0].Status, changes[1].Status, changes[2].Status})
	run, err := s.GetRun(t.Context(), held.ID)
	require.NoError(t, err)
	require.Equal(t, []any{"held", "anna"}, []any{run.State, run.DiscardedBy})
	require.NotZero(t, run.DiscardedAt)
	require.Equal(t, []int{1}, heldSeqs(t, s, held.ID, 0), "a discarded change is not offered again")
	require.ErrorIs(t, s.DiscardHeld(t.Context(), held.ID, []int{3}, "anna"), store.ErrNothingHeld)

	require.NoError(t, s.DiscardHeld(t.Context(), held.ID, nil, "mina"))
	run, err = s.GetRun(t.Context(), held.ID)
	require.NoError(t, err)
	require.Equal(t, []any{"succeeded", "mina"}, []any{run.State, run.DiscardedBy})
	waiting, err := heldRun(t, s)
	require.NoError(t, err)
	require.Nil(t, waiting)
	require.Equal(t, "nothing_held", refusal(t, s, held.ID))
}

func TestWhatCannotBeGivenUp(t *testing.T) {
	s, _ := openStore(t)
	require.ErrorIs(t, s.DiscardHeld(t.Context(), "nobody's\x00", nil, "anna"), store.ErrNotFound)
	require.ErrorIs(t, s.DiscardHeld(t.Context(), previewRun(t, s, 1, "succeeded").ID, nil, "anna"), store.ErrNothingHeld)

	late := holdRun(t, s, 2, inThePast)
	approval, err := s.StartRun(t.Context(), store.Run{ID: runID(3), Mode: "apply", Reading: "held", Approves: late.ID})
	require.NoError(t, err)
	var running *store.RunningError
	require.ErrorAs(t, s.DiscardHeld(t.Context(), late.ID, nil, "anna"), &running, "they are being applied")
	require.Equal(t, approval.ID, running.Current.ID)
	require.Equal(t, []int{1, 3}, heldSeqs(t, s, late.ID, 0))

	finishRun(t, s, approval.ID)
	require.NoError(t, s.DiscardHeld(t.Context(), late.ID, nil, "anna"), "an expired approval can still be discarded")
}

// awaitWaiting returns once a statement of this schema waits for a lock.
func awaitWaiting(t *testing.T, db *sql.DB) {
	t.Helper()
	require.Eventually(t, func() bool {
		var waiting bool
		err := db.QueryRowContext(t.Context(), `
			SELECT EXISTS (
				SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND query LIKE '%seen.version%' AND query NOT LIKE '%pg_locks%'
			)`).Scan(&waiting)
		return err == nil && waiting
	}, 30*time.Second, 10*time.Millisecond)
}

// discardMeanwhile discards all held changes while a transaction with the statement is not committed yet.
func discardMeanwhile(t *testing.T, s *store.Store, db *sql.DB, runID, statement string, args ...any) error {
	t.Helper()
	other, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { _ = other.Rollback() }()
	_, err = other.ExecContext(t.Context(), statement, args...)
	require.NoError(t, err)
	given := make(chan error, 1)
	go func() { given <- s.DiscardHeld(t.Context(), runID, nil, "anna") }()
	awaitWaiting(t, db)
	require.NoError(t, other.Commit())
	return <-given
}

func TestAnApprovalThatBeginsMeanwhileIsNotUndone(t *testing.T) {
	s, db := openStore(t)
	held := holdRun(t, s, 1, inTheFuture)
	err := discardMeanwhile(t, s, db, held.ID, `
		WITH started AS (
			INSERT INTO entrasync_runs (id, mode, trigger, actor_id, "user", node_id, reading, approves, state, started_at, heartbeat_at)
			VALUES ($1, 'apply', 'console', 'mina', '', 'n', 'held', $2, 'running', 1, 1)
			RETURNING *
		)
		UPDATE entrasync_runs AS held SET approved_at = 1, approved_by = 'mina' FROM started WHERE held.id = started.approves`, runID(2), held.ID)
	var running *store.RunningError
	require.ErrorAs(t, err, &running)
	require.Equal(t, runID(2), running.Current.ID)
	require.Equal(t, []int{1, 3}, heldSeqs(t, s, held.ID, 0), "they are being applied")
}

func TestTwoWhoGiveUpAtOnceLeaveNothingHeld(t *testing.T) {
	s, db := openStore(t)
	held := holdRun(t, s, 1, inTheFuture)
	require.NoError(t, discardMeanwhile(t, s, db, held.ID, `
		WITH noted AS (UPDATE entrasync_runs SET discarded_at = 1, discarded_by = 'mina' WHERE id = $1)
		UPDATE entrasync_changes SET status = 'discarded' WHERE run_id = $1 AND seq = 1`, held.ID))
	run, err := s.GetRun(t.Context(), held.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"succeeded", "anna"}, []string{run.State, run.DiscardedBy})
}
