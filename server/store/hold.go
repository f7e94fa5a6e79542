package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// HeldFilter says which run waits for approval. The sync logic defines it (HeldFilter in webapp/src/sync/approval).
type HeldFilter struct {
	State      string `json:"state"`
	ReplacedBy struct {
		Mode    string   `json:"mode"`
		Reading string   `json:"reading"`
		States  []string `json:"states"`
		// Distrusted is the kind of hold of runs that replace only others of the same kind.
		Distrusted string `json:"distrusted"`
	} `json:"replaced_by"`
}

// heldRun is the SQL condition for runs r whose changes wait for approval: they have the state $1, their approval has not expired,
// and no later run with the mode $2, the reading $3, and a state of the JSON array $4 has replaced them. Only runs of the same
// tenant replace each other, a run that holds changes of the kind $5 only another one that does, and one that keeps the holds
// none.
var heldRun = `r.state = $1 AND (r.hold ->> 'expires_at')::bigint > ` + nowMS + ` AND NOT EXISTS (
		SELECT FROM entrasync_runs AS later
		WHERE later.mode = $2 AND later.reading = $3 AND later.state = ANY (ARRAY(SELECT json_array_elements_text($4::json)))
			AND later.tenant_id = r.tenant_id AND NOT later.keeps_holds AND (later.started_at, later.id) > (r.started_at, r.id)
			AND (` + isDistrusted("r") + ` OR NOT ` + isDistrusted("later") + `)
	)`

// isDistrusted is the SQL condition for a run that holds changes of the kind $5.
func isDistrusted(run string) string {
	return `coalesce(jsonb_path_exists(` + run + `.hold, '$.kinds[*] ? (@.kind == $kind)', jsonb_build_object('kind', $5::text)), false)`
}

// arguments are the parameters $1 to $5 of heldRun.
func (f HeldFilter) arguments() ([]any, error) {
	states, err := json.Marshal(f.ReplacedBy.States)
	if err != nil {
		return nil, fmt.Errorf("the states of runs that replace held ones: %w", err)
	}
	return []any{f.State, f.ReplacedBy.Mode, f.ReplacedBy.Reading, string(states), f.ReplacedBy.Distrusted}, nil
}

// HeldRun returns the newest run that matches the filter, whose approval has not expired and that no later run replaces, or
// nil.
func (s *Store) HeldRun(ctx context.Context, filter HeldFilter) (*Run, error) {
	arguments, err := filter.arguments()
	if err != nil {
		return nil, err
	}
	query := `
		SELECT row_to_json(r)::text FROM entrasync_runs r
		WHERE ` + heldRun + `
		ORDER BY started_at DESC, id DESC
		LIMIT 1`
	return s.findRun(ctx, query, arguments...)
}

// openChange is the SQL condition for changes of the run `run` that wait for approval. It must match `isOpen` in
// webapp/src/sync/approval, and a test compares the two.
const openChange = `CASE run.mode
		WHEN 'preview' THEN change.status = 'planned' AND change.action NOT IN ('skip', 'conflict')
		ELSE change.status = 'held'
	END`

// needsOwnApproval is the SQL condition for changes that an approval must name. It must match `needsOwnApproval` in
// webapp/src/sync/approval, and a test compares the two.
const needsOwnApproval = `coalesce(change.reason_params ->> 'approval_kinds', '') <> ''`

// Approvable has the facts that decide whether changes of a run can be approved (ApprovalInput in webapp/src/sync/approval).
type Approvable struct {
	Run            Run  `json:"run"`
	HasOpenChanges bool `json:"has_open_changes"`

	// HasCommonChanges reports whether one of the open changes needs no approval of its own.
	HasCommonChanges bool `json:"has_common_changes"`

	// NamesChanges reports whether the approval names changes. The caller sets it.
	NamesChanges bool  `json:"names_changes"`
	Now          int64 `json:"now"`
}

// Approvable returns the current facts of a run. It returns ErrNotFound for an unknown run.
func (s *Store) Approvable(ctx context.Context, runID string) (found Approvable, err error) {
	const query = `
		SELECT row_to_json(run)::text,
			EXISTS (SELECT FROM entrasync_changes AS change WHERE run_id = run.id AND ` + openChange + `),
			EXISTS (SELECT FROM entrasync_changes AS change WHERE run_id = run.id AND ` + openChange + ` AND NOT ` + needsOwnApproval + `),
			` + nowMS + `
		FROM entrasync_runs AS run WHERE id = $1`
	var row string
	err = s.queryRow(ctx, query, []any{cleanText(runID)}, &row, &found.HasOpenChanges, &found.HasCommonChanges, &found.Now)
	if errors.Is(err, sql.ErrNoRows) {
		return found, ErrNotFound
	}
	if err == nil {
		found.Run, err = decodeRun(row)
	}
	if err != nil {
		return found, fmt.Errorf("look at a run to approve: %w", err)
	}
	return found, nil
}

// ListHeld returns changes of a run that it held back or, for a preview, planned, as a JSON array of `Change` in the order of
// seq, at most limit of those after after.
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

// SettleHeld records how changes of the run heldID, as ListHeld returns them, ended that the running run runID has applied,
// from a JSON array of `ChangeOutcome`, all or none. A run that no longer holds anything counts as ended like any other. It
// returns ErrLockLost if runID is no longer running.
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
