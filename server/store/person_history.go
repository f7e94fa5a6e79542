package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// PersonFilter selects changes of all runs; an empty field selects all. Query is looked for as ChangeFilter.Query is. Pages count from
// 0; PerPage is at most 1000, and 60 when it is not positive.
type PersonFilter struct {
	ObjectID string
	Query    string
	Page     int
	PerPage  int
}

// ListPersonHistory returns one page of what runs did about people, as a JSON array of `Change` with run_id, run_mode, run_state and
// started_at of its run, the newest run first and within a run in the order of seq, and how many match the filter.
func (s *Store) ListPersonHistory(ctx context.Context, filter PersonFilter) (changes json.RawMessage, total int, err error) {
	const query = `
		WITH matching AS NOT MATERIALIZED (
			SELECT
				run.id AS run_id, run.mode AS run_mode, run.state AS run_state, run.started_at,
				seq, object_id, account_id, email, username, display_name, action, status, reason, reason_params, fields, change.error
			FROM entrasync_changes AS change
			JOIN entrasync_runs AS run ON run.id = change.run_id
			WHERE ($1 = '' OR object_id = $1)
				AND ($2 = '' OR display_name ILIKE $2 OR email ILIKE $2 OR username ILIKE $2)
		), listed AS (
			SELECT * FROM matching ORDER BY started_at DESC, run_id DESC, seq LIMIT $3 OFFSET $4
		)
		SELECT (SELECT count(*) FROM matching), coalesce(json_agg(listed ORDER BY started_at DESC, run_id DESC, seq), '[]')::text FROM listed`
	limit, offset := pageBounds(filter.Page, filter.PerPage)
	var list string
	args := []any{cleanText(filter.ObjectID), containsPattern(filter.Query), limit, offset}
	if err = s.queryRow(ctx, query, args, &total, &list); err != nil {
		return nil, 0, fmt.Errorf("list the history of a person: %w", err)
	}
	return json.RawMessage(list), total, nil
}
