package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// PersonFilter selects changes of all runs. An unknown object ID selects nothing. Pages count from 0; PerPage is at most 1000,
// and 60 if it is not positive.
type PersonFilter struct {
	ObjectID string
	Page     int
	PerPage  int
}

// pastColumns are a `Change` as the HTTP API answers it, with run_id, run_mode, run_state and started_at of its run.
const pastColumns = `run.id AS run_id, run.mode AS run_mode, run.state AS run_state, run.started_at,
	change.seq, change.object_id, account_id, email, username, display_name, action, status, reason, reason_params, fields, change.error`

// ListPersonHistory returns one page of what runs did about a user, as a JSON array of `Change` with run_id, run_mode,
// run_state and started_at of its run, the newest run first and within a run in the order of seq, and how many there are.
func (s *Store) ListPersonHistory(ctx context.Context, filter PersonFilter) (changes json.RawMessage, total int, err error) {
	const query = `
		WITH matching AS NOT MATERIALIZED (
			SELECT ` + pastColumns + `
			FROM entrasync_changes AS change
			JOIN entrasync_runs AS run ON run.id = change.run_id
			WHERE change.object_id = $1
		), listed AS (
			SELECT * FROM matching ORDER BY started_at DESC, run_id DESC, seq LIMIT $2 OFFSET $3
		)
		SELECT (SELECT count(*) FROM matching), coalesce(json_agg(listed ORDER BY started_at DESC, run_id DESC, seq), '[]')::text FROM listed`
	limit, offset := pageBounds(filter.Page, filter.PerPage)
	var list string
	if err = s.queryRow(ctx, query, []any{cleanText(filter.ObjectID), limit, offset}, &total, &list); err != nil {
		return nil, 0, fmt.Errorf("list the history of a user: %w", err)
	}
	return json.RawMessage(list), total, nil
}
