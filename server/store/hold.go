package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// HeldRun returns the newest run that still waits for an approval, or nil. A later sync of the whole directory has decided
// anew about everybody, so what runs before it hold is not offered any more.
func (s *Store) HeldRun(ctx context.Context) (*Run, error) {
	return s.findRun(ctx, `
		SELECT row_to_json(r)::text FROM entrasync_runs r
		WHERE state = 'held' AND (hold ->> 'expires_at')::bigint > `+nowMS+` AND NOT EXISTS (
			SELECT FROM entrasync_runs AS later
			WHERE later.mode = 'apply' AND later.reading = 'full' AND later.state IN ('succeeded', 'partial', 'held')
				AND (later.started_at, later.id) > (r.started_at, r.id)
		)
		ORDER BY started_at DESC, id DESC
		LIMIT 1`)
}

// CheckHeld tells whether changes of a run can be approved. It returns ErrNotFound for an unknown run, ErrNothingHeld for one
// that holds nothing, or nothing any more, and ErrApprovalExpired when it is too late.
func (s *Store) CheckHeld(ctx context.Context, runID string) error {
	const query = `
		SELECT state = 'held', coalesce((hold ->> 'expires_at')::bigint > ` + nowMS + `, false) FROM entrasync_runs WHERE id = $1`
	var held, open bool
	err := s.queryRow(ctx, query, []any{cleanText(runID)}, &held, &open)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case err != nil:
		return fmt.Errorf("look at a held run: %w", err)
	case !held:
		return ErrNothingHeld
	case !open:
		return ErrApprovalExpired
	}
	return nil
}

// ListHeld returns held changes of a run as a JSON array of `Change` in the order of seq, at most limit of those behind after.
func (s *Store) ListHeld(ctx context.Context, runID string, after, limit int) (changes json.RawMessage, err error) {
	const query = `
		WITH listed AS (
			SELECT ` + changeColumns + `
			FROM entrasync_changes WHERE run_id = $1 AND status = 'held' AND seq > $2 ORDER BY seq LIMIT $3
		)
		SELECT coalesce(json_agg(listed ORDER BY seq), '[]')::text FROM listed`
	var list string
	if err = s.queryRow(ctx, query, []any{cleanText(runID), after, limit}, &list); err != nil {
		return nil, fmt.Errorf("list held changes: %w", err)
	}
	return json.RawMessage(list), nil
}

// SettleHeld says how held changes of the run heldID ended that the running run runID has applied, as a JSON array of
// `ChangeOutcome`, all or none. A run that holds nothing any more has ended like any other. It returns ErrLockLost when
// runID is no longer running.
func (s *Store) SettleHeld(ctx context.Context, runID, heldID string, outcomes json.RawMessage) error {
	const query = `
		WITH ` + held + `, outcome AS (
			SELECT * FROM json_to_recordset($3::json) AS outcome (seq integer, status text, account_id text, error jsonb)
		), written AS (
			UPDATE entrasync_changes AS change SET
				status = outcome.status,
				account_id = coalesce(nullif(outcome.account_id, ''), change.account_id),
				error = outcome.error
			FROM held, outcome
			WHERE change.run_id = $2 AND change.seq = outcome.seq AND change.status = 'held'
			RETURNING 1
		), ended AS (
			UPDATE entrasync_runs SET state = CASE WHEN (counts ->> 'failed')::integer > 0 THEN 'partial' ELSE 'succeeded' END
			WHERE id = $2 AND state = 'held' AND EXISTS (SELECT FROM held) AND NOT EXISTS (
				SELECT FROM entrasync_changes
				WHERE run_id = $2 AND status = 'held' AND seq NOT IN (SELECT seq FROM outcome)
			)
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "settle held changes", query, outcomes, runID, cleanText(heldID))
}
