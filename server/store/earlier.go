package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// ListRecent returns a JSON array of {"action", "reason", "object_ids"}: the changes that runs of the tenant made in the last
// withinMS milliseconds. It selects those with one of the actions, and updates for one of the reasons, both JSON arrays. Approved
// changes are left out, also in the run that held them, and so are the new accounts of a first import.
func (s *Store) ListRecent(ctx context.Context, tenantID string, withinMS int64, actions, reasons json.RawMessage) (changes json.RawMessage, err error) {
	const query = `
		WITH approved AS (
			SELECT run.approves, change.object_id, change.action, change.reason
			FROM entrasync_runs AS run
			JOIN entrasync_changes AS change ON change.run_id = run.id
			WHERE run.approves <> '' AND run.finished_at > ` + nowMS + ` - $2 AND change.status = 'done'
		), recent AS (
			SELECT change.action, CASE change.action WHEN 'update' THEN change.reason ELSE '' END AS reason, change.object_id
			FROM entrasync_runs AS run
			JOIN entrasync_changes AS change ON change.run_id = run.id
			WHERE run.tenant_id IN ($1, '') AND run.mode = 'apply' AND run.approves = '' AND run.finished_at > ` + nowMS + ` - $2
				AND change.status = 'done' AND NOT (run.first_import AND change.action = 'create')
				AND (
					change.action = ANY (ARRAY(SELECT json_array_elements_text($3::json)))
					OR (change.action = 'update' AND change.reason = ANY (ARRAY(SELECT json_array_elements_text($4::json))))
				)
				AND NOT EXISTS (
					SELECT FROM approved
					WHERE approved.approves = run.id AND approved.object_id = change.object_id AND approved.action = change.action
						AND (change.action <> 'update' OR approved.reason = change.reason)
				)
		), alike AS (
			SELECT action, reason, json_agg(DISTINCT object_id) AS object_ids FROM recent GROUP BY action, reason
		)
		SELECT coalesce(json_agg(alike), '[]')::text FROM alike`
	return s.queryList(ctx, "list recent changes", query, cleanText(tenantID), withinMS, string(actions), string(reasons))
}

// ListOpen returns a JSON array of {"action", "reason", "target_id", "hold_kinds", "object_ids"}: the held changes of the tenant that can still
// be approved, in runs that HeldRun would find with the same filter, of the users in objectIDs, a JSON array, or of all if it is
// null. hold_kinds are why their run holds changes.
func (s *Store) ListOpen(ctx context.Context, tenantID string, filter HeldFilter, objectIDs json.RawMessage) (changes json.RawMessage, err error) {
	arguments, err := filter.arguments()
	if err != nil {
		return nil, err
	}
	query := `
		WITH wanted AS (
			SELECT json_array_elements_text(CASE json_typeof($7::json) WHEN 'array' THEN $7::json ELSE '[]' END) AS object_id
		), open AS (
			SELECT change.action, change.reason, coalesce(change.reason_params ->> 'target_id', '') AS target_id,
				jsonb_path_query_array(r.hold, '$.kinds[*].kind') AS hold_kinds, change.object_id
			FROM entrasync_runs AS r
			JOIN entrasync_changes AS change ON change.run_id = r.id AND change.status = 'held'
			WHERE r.tenant_id IN ($6, '') AND ` + heldRun + `
				AND (json_typeof($7::json) <> 'array' OR change.object_id IN (SELECT object_id FROM wanted))
		), alike AS (
			SELECT action, reason, target_id, hold_kinds, json_agg(DISTINCT object_id) AS object_ids
			FROM open
			GROUP BY action, reason, target_id, hold_kinds
		)
		SELECT coalesce(json_agg(alike), '[]')::text FROM alike`
	ids := string(objectIDs)
	if ids == "" {
		ids = "null"
	}
	return s.queryList(ctx, "list held changes", query, append(arguments, cleanText(tenantID), ids)...)
}

// queryList reads a JSON array from a statement that returns it as text.
func (s *Store) queryList(ctx context.Context, purpose, query string, args ...any) (json.RawMessage, error) {
	var list string
	if err := s.queryRow(ctx, query, args, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", purpose, err)
	}
	return json.RawMessage(list), nil
}
