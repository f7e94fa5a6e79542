package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// ChangeFilter selects changes of a run. An empty field selects all. Query searches display name, email and username, ignoring
// case. Pages count from 0; PerPage is at most 1000, and 60 if it is not positive.
type ChangeFilter struct {
	Action string
	Status string
	Query  string

	// OwnApproval selects only changes that need an approval of their own ("true"), or only all others ("false").
	OwnApproval string

	// Target selects only changes of memberships of a team or channel: its ID, or NoTarget for changes of accounts.
	Target string

	Page    int
	PerPage int

	// After leaves out the changes up to this seq: a client that reads everything starts each page after the last change of the
	// previous one. Then nothing is counted, because that would read the whole run each time.
	After int
}

// changeColumns are a `Change` as the HTTP API answers it.
const changeColumns = `seq, object_id, account_id, email, username, display_name, action, status, reason, reason_params, fields, error`

// RecordChanges adds planned changes, a JSON array of `Change`, to the history of a running run, all or none. Those whose seq is
// in tellOnce, a JSON array, are left out if they are known (see told.go); it returns their seqs as a JSON array.
// Changes whose seq is already there are left as they are. It returns ErrLockLost when the run is no longer running.
func (s *Store) RecordChanges(ctx context.Context, runID string, changes, tellOnce json.RawMessage) (known json.RawMessage, err error) {
	const query = `
		WITH ` + held + `, change AS MATERIALIZED (
			SELECT * FROM json_to_recordset($2::json) AS change (
				seq integer, object_id text, account_id text, email text, username text, display_name text,
				action text, status text, reason text, reason_params jsonb, fields jsonb, error jsonb
			)
		), line AS MATERIALIZED (
			SELECT seq, object_id, action, ` + digestOfLine + ` AS digest
			FROM change WHERE seq IN (SELECT json_array_elements_text($3::json)::integer)
		), ` + knownLines + `, written AS (
			INSERT INTO entrasync_changes (
				run_id, seq, object_id, account_id, email, username, display_name, action, status, reason, reason_params, fields, error
			)
			SELECT
				held.id, seq, coalesce(object_id, ''), coalesce(account_id, ''), coalesce(email, ''),
				coalesce(username, ''), coalesce(display_name, ''), action, status, reason, reason_params,
				coalesce(fields, '[]'), error
			FROM held, change WHERE seq NOT IN (SELECT seq FROM known)
			ON CONFLICT (run_id, seq) DO NOTHING
			RETURNING *
		), ` + notedPeople + `
		SELECT (SELECT count(*) FROM held), (SELECT coalesce(json_agg(seq), '[]')::text FROM known)`
	list, err := cleanJSON(changes)
	if err != nil {
		return nil, fmt.Errorf("record changes: %w", err)
	}
	var holders int
	var seqs string
	if err := s.queryRow(ctx, query, []any{runID, list, string(tellOnce)}, &holders, &seqs); err != nil {
		return nil, fmt.Errorf("record changes: %w", err)
	}
	if holders == 0 {
		return nil, fmt.Errorf("record changes: %w", ErrLockLost)
	}
	return json.RawMessage(seqs), nil
}

// FinishChanges records how changes ended, from a JSON array of `ChangeOutcome`, all or none. An empty account ID or username,
// and no action or reason, keeps the recorded one. It returns ErrLockLost if the run is no longer running.
func (s *Store) FinishChanges(ctx context.Context, runID string, outcomes json.RawMessage) error {
	const query = `
		WITH ` + held + `, outcome AS (
			SELECT * FROM json_to_recordset($2::json) AS outcome (
				seq integer, status text, account_id text, username text, error jsonb, action text, reason text
			)
		), written AS (
			UPDATE entrasync_changes AS change SET
				status = outcome.status,
				action = coalesce(outcome.action, change.action),
				reason = coalesce(outcome.reason, change.reason),
				account_id = coalesce(nullif(outcome.account_id, ''), change.account_id),
				username = coalesce(nullif(outcome.username, ''), change.username),
				error = outcome.error
			FROM held, outcome
			WHERE change.run_id = held.id AND change.seq = outcome.seq
				-- Keeps the planner from reading the whole run for each batch.
				AND change.seq BETWEEN (SELECT min(seq) FROM outcome) AND (SELECT max(seq) FROM outcome)
			RETURNING change.run_id, change.seq, change.object_id, change.display_name, change.email, change.username
		), ` + renamedPeople + `
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "finish changes", query, outcomes, runID)
}

// ListChanges returns one page of a run's changes as a JSON array of `Change` in the order of seq, and how many match
// the filter, 0 with After.
func (s *Store) ListChanges(ctx context.Context, runID string, filter ChangeFilter) (changes json.RawMessage, total int, err error) {
	query := `
		WITH matching AS NOT MATERIALIZED (
			SELECT * FROM entrasync_changes AS change
			WHERE run_id = $1 AND ` + ofTarget(filter.Target, "$9") + `
				AND ($2 = '' OR action = $2)
				AND ($3 = '' OR status = $3)
				AND ($8 = '' OR $8 = (` + needsOwnApproval + `)::text)
				AND ($4 = '' OR display_name ILIKE $4 OR email ILIKE $4 OR username ILIKE $4)
		), listed AS (
			SELECT ` + changeColumns + `
			FROM matching WHERE seq > $7 ORDER BY seq LIMIT $5 OFFSET $6
		)
		SELECT
			CASE $7::integer WHEN 0 THEN (SELECT count(*) FROM matching) ELSE 0 END,
			coalesce(json_agg(listed ORDER BY seq), '[]')::text
		FROM listed`
	limit, offset := pageBounds(filter.Page, filter.PerPage)
	args := []any{
		cleanText(runID), cleanText(filter.Action), cleanText(filter.Status), containsPattern(filter.Query), limit, offset, filter.After, filter.OwnApproval,
		cleanText(filter.Target),
	}
	var list string
	if err = s.queryRow(ctx, query, args, &total, &list); err != nil {
		return nil, 0, fmt.Errorf("list changes: %w", err)
	}
	return json.RawMessage(list), total, nil
}

var likeLiteral = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// containsPattern returns the LIKE pattern for "contains exactly this", and an empty one for an empty text.
func containsPattern(text string) string {
	if text == "" {
		return ""
	}
	return "%" + likeLiteral.Replace(cleanText(text)) + "%"
}
