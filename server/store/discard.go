package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// discardAttempts limits how often DiscardHeld tries again because changes of the run were decided in between.
const discardAttempts = 5

// DiscardHeld discards held changes of a run: those with the given seqs or, if there are none, all. actorID is the user who
// does it. A run that no longer holds anything counts as ended like any other. It returns ErrNotFound for an unknown run,
// ErrNothingHeld if none of the changes is held, and *RunningError while a run is active that applies changes of this one.
func (s *Store) DiscardHeld(ctx context.Context, runID string, seqs []int, actorID string) error {
	for range discardAttempts {
		isOvertaken, err := s.discard(ctx, runID, seqs, actorID)
		if !isOvertaken || err != nil {
			return err
		}
	}
	return fmt.Errorf("discard held changes: others decided about run %q again and again", runID)
}

// discard reports whether the run changed while the statement waited for it. The statement does not see an approval that
// started after it, so it does nothing then.
func (s *Store) discard(ctx context.Context, runID string, seqs []int, actorID string) (isOvertaken bool, err error) {
	const query = `
		WITH seen AS (
			SELECT id, xmin AS version FROM entrasync_runs
			WHERE id = $1 AND state = 'held' AND NOT EXISTS (
				SELECT FROM entrasync_runs AS approval WHERE approval.state = 'running' AND approval.approves = $1
			)
		), run AS (
			SELECT locked.id FROM entrasync_runs AS locked JOIN seen ON seen.id = locked.id AND seen.version = locked.xmin
			FOR UPDATE OF locked
		), discarded AS (
			UPDATE entrasync_changes AS change SET status = 'discarded'
			FROM run
			WHERE change.run_id = run.id AND change.status = 'held' AND (
				json_array_length($2::json) = 0 OR change.seq IN (SELECT json_array_elements_text($2::json)::integer)
			)
			RETURNING change.seq
		), noted AS (
			UPDATE entrasync_runs AS noted SET
				discarded_at = ` + nowMS + `,
				discarded_by = $3,
				state = CASE
					WHEN EXISTS (
						SELECT FROM entrasync_changes
						WHERE run_id = $1 AND status = 'held' AND seq NOT IN (SELECT seq FROM discarded)
					) THEN 'held'
					WHEN (counts ->> 'failed')::integer > 0 THEN 'partial'
					ELSE 'succeeded'
				END
			FROM run WHERE noted.id = run.id AND EXISTS (SELECT FROM discarded)
		)
		SELECT
			(SELECT count(*) FROM discarded),
			EXISTS (SELECT FROM seen) AND NOT EXISTS (SELECT FROM run),
			EXISTS (SELECT FROM entrasync_runs WHERE id = $1)`
	list, err := json.Marshal(append([]int{}, seqs...))
	if err != nil {
		return false, fmt.Errorf("discard held changes: %w", err)
	}
	var discarded int
	var exists bool
	if err := s.queryRow(ctx, query, []any{cleanText(runID), string(list), cleanText(actorID)}, &discarded, &isOvertaken, &exists); err != nil {
		return false, fmt.Errorf("discard held changes: %w", err)
	}
	switch {
	case discarded > 0 || isOvertaken:
		return isOvertaken, nil
	case !exists:
		return false, ErrNotFound
	}
	return false, s.whyNothingDiscarded(ctx, runID)
}

func (s *Store) whyNothingDiscarded(ctx context.Context, runID string) error {
	current, err := s.CurrentRun(ctx)
	if err != nil {
		return err
	}
	if current != nil && current.Approves == runID {
		return &RunningError{Current: *current}
	}
	return ErrNothingHeld
}
