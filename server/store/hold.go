package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
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

// openChange is the SQL condition of changes of the run `run` that wait for somebody to let them through: what it held back, or
// what it planned if it was a preview, but for lines that only tell something.
const openChange = `CASE run.mode
		WHEN 'preview' THEN change.status = 'planned' AND change.action NOT IN ('skip', 'conflict')
		ELSE change.status = 'held'
	END`

// CheckApproval tells whether changes of a run can be let through: held ones until their approval expires, those of a preview as
// long as it ended no longer ago than planAge. It returns ErrNotFound for an unknown run; ErrNothingHeld for one that holds nothing,
// or nothing any more, and ErrApprovalExpired when that is too late; ErrPlanUnfinished, ErrPlanExpired and ErrNothingPlanned for previews.
func (s *Store) CheckApproval(ctx context.Context, runID string, planAge time.Duration) error {
	const query = `
		SELECT
			mode, state, coalesce((hold ->> 'expires_at')::bigint > ` + nowMS + `, false), finished_at > ` + nowMS + ` - $2,
			EXISTS (SELECT FROM entrasync_changes AS change WHERE run_id = run.id AND ` + openChange + `)
		FROM entrasync_runs AS run WHERE id = $1`
	var mode, state string
	var isOpen, isFresh, hasChanges bool
	err := s.queryRow(ctx, query, []any{cleanText(runID), planAge.Milliseconds()}, &mode, &state, &isOpen, &isFresh, &hasChanges)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case err != nil:
		return fmt.Errorf("look at a run to approve: %w", err)
	case mode == names.ModePreview:
		return checkPlan(state, isFresh, hasChanges)
	case state != names.StateHeld:
		return ErrNothingHeld
	case !isOpen:
		return ErrApprovalExpired
	}
	return nil
}

func checkPlan(state string, isFresh, hasChanges bool) error {
	switch {
	case !slices.Contains([]string{names.StateSucceeded, names.StatePartial, names.StateHeld}, state):
		return ErrPlanUnfinished
	case !isFresh:
		return ErrPlanExpired
	case !hasChanges:
		return ErrNothingPlanned
	}
	return nil
}

// ListHeld returns changes of a run that it held back or, a preview, planned, as a JSON array of `Change` in the order of seq, at most
// limit of those behind after.
func (s *Store) ListHeld(ctx context.Context, runID string, after, limit int) (changes json.RawMessage, err error) {
	const query = `
		WITH listed AS (
			SELECT ` + changeColumns + `
			FROM entrasync_changes AS change
			WHERE run_id = $1 AND seq > $2 AND EXISTS (SELECT FROM entrasync_runs AS run WHERE run.id = $1 AND ` + openChange + `)
			ORDER BY seq LIMIT $3
		)
		SELECT coalesce(json_agg(listed ORDER BY seq), '[]')::text FROM listed`
	var list string
	if err = s.queryRow(ctx, query, []any{cleanText(runID), after, limit}, &list); err != nil {
		return nil, fmt.Errorf("list held changes: %w", err)
	}
	return json.RawMessage(list), nil
}

// SettleHeld says how changes of the run heldID, as ListHeld gives them, ended that the running run runID has applied, as a JSON
// array of `ChangeOutcome`, all or none. A run that holds nothing any more has ended like any other. It returns ErrLockLost when
// runID is no longer running.
func (s *Store) SettleHeld(ctx context.Context, runID, heldID string, outcomes json.RawMessage) error {
	const query = `
		WITH ` + held + `, outcome AS (
			SELECT * FROM json_to_recordset($3::json) AS outcome (seq integer, status text, account_id text, username text, error jsonb)
		), written AS (
			UPDATE entrasync_changes AS change SET
				status = outcome.status,
				account_id = coalesce(nullif(outcome.account_id, ''), change.account_id),
				username = coalesce(nullif(outcome.username, ''), change.username),
				error = outcome.error
			FROM held, entrasync_runs AS run, outcome
			WHERE change.run_id = $2 AND run.id = $2 AND change.seq = outcome.seq AND ` + openChange + `
				-- Keeps the planner from reading the whole run for each batch.
				AND change.seq BETWEEN (SELECT min(seq) FROM outcome) AND (SELECT max(seq) FROM outcome)
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
