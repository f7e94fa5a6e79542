package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// tenantKey is the state that remembers the ID of the tenant that the settings name in this way.
func tenantKey(written string) string { return "tenant/" + cleanText(written) }

// LinkedTenants returns the tenants that have links, a JSON array of {tenant_id, links}.
func (s *Store) LinkedTenants(ctx context.Context) (json.RawMessage, error) {
	const query = `
		SELECT coalesce(json_agg(tenant ORDER BY tenant_id), '[]')::text
		FROM (SELECT tenant_id, count(*) AS links FROM entrasync_links GROUP BY tenant_id) AS tenant`
	var text string
	if err := s.queryRow(ctx, query, nil, &text); err != nil {
		return nil, fmt.Errorf("list tenants: %w", err)
	}
	return json.RawMessage(text), nil
}

// TenantOf returns the ID of the tenant that the settings name in this way, as the last run found it; before a run has, the name
// itself.
func (s *Store) TenantOf(ctx context.Context, written string) (string, error) {
	id, err := s.GetState(ctx, tenantKey(written))
	if err == nil && id == "" {
		return written, nil
	}
	return id, err
}

// UseTenant makes tenantID the tenant of the run, remembers it as the one that the settings name, and gives it what is stored
// under the names in carry: links, retries, states and runs, all or none. A user or an account that tenantID has already stays as
// it is. It returns ErrLockLost if the run is no longer running.
func (s *Store) UseTenant(ctx context.Context, runID, written, tenantID string, carry []string) error {
	const query = `
		WITH ` + held + `, carried AS (
			SELECT name FROM held, json_array_elements_text($3::json) AS names (name)
		), old_links AS (
			DELETE FROM entrasync_links AS link USING carried WHERE link.tenant_id = carried.name RETURNING link.*
		), new_links AS (
			INSERT INTO entrasync_links (
				tenant_id, object_id, account_id, created_at, updated_at, left_at, absent_reads, counted_at, deactivated_at, scope_values, fingerprint, account_updated_at
			)
			SELECT $2, object_id, account_id, created_at, updated_at, left_at, absent_reads, counted_at, deactivated_at, scope_values, '', 0 FROM old_links
			ON CONFLICT DO NOTHING
		), old_retries AS (
			DELETE FROM entrasync_retries AS retry USING carried WHERE retry.tenant_id = carried.name RETURNING retry.*
		), new_retries AS (
			INSERT INTO entrasync_retries (tenant_id, object_id, failures, retry_at)
			SELECT $2, object_id, failures, retry_at FROM old_retries ON CONFLICT DO NOTHING
		), old_states AS (
			DELETE FROM entrasync_state AS state USING carried WHERE starts_with(state.key, 'sync/' || carried.name || '/')
		), runs AS (
			UPDATE entrasync_runs AS run SET tenant_id = $2
			FROM held WHERE run.id = held.id OR run.tenant_id IN (SELECT name FROM carried)
		), written AS (
			INSERT INTO entrasync_state (key, value, updated_at)
			SELECT $4, $2, ` + nowMS + ` FROM held
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	names, err := json.Marshal(append([]string{}, carry...))
	if err != nil {
		return fmt.Errorf("use a tenant: %w", err)
	}
	return s.writeFenced(ctx, "use a tenant", query, runID, cleanText(tenantID), string(names), tenantKey(written))
}
