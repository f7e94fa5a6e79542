package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

const (
	// maxRetries limits how many users with failures one list has.
	maxRetries = 10_000

	// forgetRetryAfter is after how long without an attempt a user is forgotten, for example because the user has left.
	forgetRetryAfter = 90 * 24 * time.Hour
)

// ListRetries returns {"retries": Retry[]}: the directory users of the tenant with a failed change, at most 10,000, those who
// wait longest first.
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

// SaveRetries records for which users a change has failed, from a JSON array of `Retry`, and removes the users in forget, a
// JSON array of object IDs, all or none. It also removes users without an attempt for a long time. It returns ErrLockLost if
// the run is no longer running.
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
