package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// SaveLinks stores which account belongs to which directory user, from a JSON array of `Link`, all or none. A directory user
// who had another account gets the new one. If an object ID occurs twice, the last one counts. An account that belongs to
// another directory user of the tenant is an error, unless the link names that user in moved_from: then the account moves. It
// returns ErrLockLost if the run is no longer running.
func (s *Store) SaveLinks(ctx context.Context, runID, tenantID string, links json.RawMessage) error {
	const query = `
		WITH ` + held + `, wanted AS (
			SELECT DISTINCT ON (link ->> 'object_id')
				link ->> 'object_id' AS object_id, link ->> 'account_id' AS account_id, link ->> 'moved_from' AS moved_from,
				coalesce(link ->> 'scope_values', '') AS scope_values
			FROM json_array_elements($3::json) WITH ORDINALITY AS element (link, position)
			ORDER BY link ->> 'object_id', position DESC
		), moved AS (
			DELETE FROM entrasync_links AS stored
			USING held, wanted
			WHERE stored.tenant_id = $2 AND stored.object_id = wanted.moved_from AND stored.object_id <> wanted.object_id
				AND stored.account_id = wanted.account_id
			RETURNING stored.account_id
		), written AS (
			-- The count makes the deletion run first, because an account has one link at a time.
			INSERT INTO entrasync_links AS stored (tenant_id, object_id, account_id, scope_values, created_at, updated_at)
			SELECT $2, object_id, account_id, scope_values, ` + nowMS + `, ` + nowMS + `
			FROM held, wanted, (SELECT count(*) FROM moved) AS moves
			ON CONFLICT (tenant_id, object_id) DO UPDATE
				SET account_id = excluded.account_id, scope_values = excluded.scope_values, updated_at = excluded.updated_at,
					left_at = 0, absent_reads = 0, counted_at = 0, deactivated_at = 0, fingerprint = '', account_updated_at = 0
				WHERE stored.account_id <> excluded.account_id
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "save links", query, links, runID, cleanText(tenantID))
}

// ConfirmLinks records that accounts are correct: the fingerprints of their users, and when the account was last changed (its
// updateat), from a JSON array of {object_id, fingerprint, updated_at}, all or none. It returns ErrLockLost if the run is no
// longer running.
func (s *Store) ConfirmLinks(ctx context.Context, runID, tenantID string, confirmed json.RawMessage) error {
	const query = `
		WITH ` + held + `, confirmed AS (
			SELECT DISTINCT ON (object_id) *
			FROM json_to_recordset($3::json) AS confirmed (object_id text, fingerprint text, updated_at bigint)
		), written AS (
			UPDATE entrasync_links AS link SET
				fingerprint = confirmed.fingerprint, account_updated_at = confirmed.updated_at, updated_at = ` + nowMS + `
			FROM held, confirmed
			WHERE link.tenant_id = $2 AND link.object_id = confirmed.object_id
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "confirm links", query, confirmed, runID, cleanText(tenantID))
}

// ListActiveLinks returns {"object_ids": string[], "total": number, "linked": number}: the directory users of the tenant whose
// accounts are active, in ascending order, at most limit of those after after, how many there are in all, and how many users are
// linked, those with deactivated accounts included.
func (s *Store) ListActiveLinks(ctx context.Context, tenantID, after string, limit int) (answer json.RawMessage, err error) {
	const query = `
		WITH active AS (
			SELECT links.object_id
			FROM entrasync_links AS links
			JOIN users ON users.id = links.account_id
			WHERE links.tenant_id = $1 AND coalesce(users.deleteat, 0) = 0
		), listed AS (
			SELECT object_id FROM active WHERE object_id > $2 ORDER BY object_id LIMIT $3
		)
		SELECT json_build_object(
			'object_ids', (SELECT coalesce(json_agg(object_id ORDER BY object_id), '[]') FROM listed),
			'total', (SELECT count(*) FROM active),
			'linked', (SELECT count(*) FROM entrasync_links WHERE tenant_id = $1)
		)::text`
	var text string
	if err = s.queryRow(ctx, query, []any{cleanText(tenantID), cleanText(after), limit}, &text); err != nil {
		return nil, fmt.Errorf("list links: %w", err)
	}
	return json.RawMessage(text), nil
}

// MarkDepartures records which users have left and which are back, from a JSON array of `DepartureMark`, all or none. Users
// without a link are skipped. It returns ErrLockLost if the run is no longer running.
func (s *Store) MarkDepartures(ctx context.Context, runID, tenantID string, departures json.RawMessage) error {
	const query = `
		WITH ` + held + `, departure AS (
			SELECT DISTINCT ON (object_id) *
			FROM json_to_recordset($3::json) AS departure (object_id text, since bigint, absent_reads integer, counted_at bigint, deactivated_at bigint)
		), written AS (
			UPDATE entrasync_links AS link SET
				left_at = departure.since,
				absent_reads = departure.absent_reads,
				counted_at = departure.counted_at,
				deactivated_at = departure.deactivated_at,
				updated_at = ` + nowMS + `
			FROM held, departure
			WHERE link.tenant_id = $2 AND link.object_id = departure.object_id
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "mark departures", query, departures, runID, cleanText(tenantID))
}

// SaveScopeValues records by which values of the directory users are in scope, from a JSON array of {object_id, scope_values}, all or
// none. Users without a link are skipped. It returns ErrLockLost if the run is no longer running.
func (s *Store) SaveScopeValues(ctx context.Context, runID, tenantID string, users json.RawMessage) error {
	const query = `
		WITH ` + held + `, remembered AS (
			SELECT DISTINCT ON (object_id) * FROM json_to_recordset($3::json) AS remembered (object_id text, scope_values text)
		), written AS (
			UPDATE entrasync_links AS link SET scope_values = remembered.scope_values
			FROM held, remembered
			WHERE link.tenant_id = $2 AND link.object_id = remembered.object_id AND link.scope_values <> remembered.scope_values
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "save scope values", query, users, runID, cleanText(tenantID))
}
