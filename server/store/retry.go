package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

const (
	// maxRetries bounds how many people with failures one list names.
	maxRetries = 10_000

	// forgetRetryAfter is when somebody is forgotten of whom nothing has been tried any more, who has left for example.
	forgetRetryAfter = 90 * 24 * time.Hour
)

// ListRetries returns {"retries": Retry[]}: the directory users of the tenant of whom a change has failed, at most 10,000,
// those who wait longest first.
func (s *Store) ListRetries(ctx context.Context, tenantID string) (answer json.RawMessage, err error) {
	const query = `
		SELECT json_build_object('retries', coalesce(json_agg(listed ORDER BY retry_at DESC, object_id), '[]'))::text
		FROM (
			SELECT object_id, failures, retry_at FROM entrasync_retries
			WHERE tenant_id = $1 ORDER BY retry_at DESC, object_id LIMIT $2
		) AS listed`
	var text string
	if err = s.queryRow(ctx, query, []any{cleanText(tenantID), maxRetries}, &text); err != nil {
		return nil, fmt.Errorf("list retries: %w", err)
	}
	return json.RawMessage(text), nil
}

// SaveRetries remembers of whom a change has failed, from a JSON array of `Retry`, and forgets those of forget, a JSON array of
// object ids, all or none. It also forgets who has not been tried for long. It returns ErrLockLost when the run is no longer
// running.
func (s *Store) SaveRetries(ctx context.Context, runID, tenantID string, retries, forget json.RawMessage) error {
	const query = `
		WITH ` + held + `, retry AS (
			SELECT DISTINCT ON (object_id) *
			FROM json_to_recordset($3::json) AS retry (object_id text, failures integer, retry_at bigint)
		), forgotten AS (
			DELETE FROM entrasync_retries AS stored USING held
			WHERE stored.tenant_id = $2 AND stored.object_id NOT IN (SELECT object_id FROM retry) AND (
				stored.object_id IN (SELECT json_array_elements_text($4::json)) OR stored.retry_at < ` + nowMS + ` - $5
			)
		), written AS (
			INSERT INTO entrasync_retries (tenant_id, object_id, failures, retry_at)
			SELECT $2, object_id, failures, retry_at FROM held, retry
			ON CONFLICT (tenant_id, object_id) DO UPDATE SET failures = excluded.failures, retry_at = excluded.retry_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	list, err := cleanJSON(retries)
	if err != nil {
		return fmt.Errorf("save retries: %w", err)
	}
	done, err := cleanJSON(forget)
	if err != nil {
		return fmt.Errorf("save retries: %w", err)
	}
	return s.writeFenced(ctx, "save retries", query, runID, cleanText(tenantID), list, done, forgetRetryAfter.Milliseconds())
}
