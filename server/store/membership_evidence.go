package store

import (
	"context"
	"encoding/json"
)

// NoteUnwanted records since when no rule wants memberships or roles, from a JSON array of {target_id, account_ids, rule_id, role, since},
// all or none; since 0 says that a rule wants them. A membership of which nothing was known is noted as found. It returns ErrLockLost if
// the run is no longer running.
func (s *Store) NoteUnwanted(ctx context.Context, runID string, notes json.RawMessage) error {
	const query = `
		WITH ` + held + `, note AS (
			SELECT DISTINCT ON (target_id, account_id, role) note.target_id, account_id, note.rule_id, note.role, note.since
			FROM json_to_recordset($2::json) AS note (target_id text, account_ids json, rule_id text, role text, since bigint)
			CROSS JOIN LATERAL json_array_elements_text(note.account_ids) AS account (account_id)
			ORDER BY target_id, account_id, role
		), membership AS (
			SELECT target_id, account_id, max(rule_id) AS rule_id, max(since) FILTER (WHERE role = 'member') AS since,
				max(since) FILTER (WHERE role = 'admin') AS role_since
			FROM note
			GROUP BY target_id, account_id
		), written AS (
			INSERT INTO entrasync_memberships AS known (target_id, account_id, rule_id, state, unwanted_since, role_unwanted_since, updated_at)
			SELECT target_id, account_id, rule_id, 'found', coalesce(since, 0), coalesce(role_since, 0), ` + nowMS + `
			FROM held, membership
			ON CONFLICT (target_id, account_id) DO UPDATE SET
				unwanted_since = coalesce((SELECT since FROM membership WHERE target_id = known.target_id AND account_id = known.account_id), known.unwanted_since),
				role_unwanted_since = coalesce(
					(SELECT role_since FROM membership WHERE target_id = known.target_id AND account_id = known.account_id), known.role_unwanted_since),
				updated_at = excluded.updated_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "note unwanted memberships", query, notes, runID)
}

// SavePlacements records what the attributes of linked users mean for the rules for memberships, from a JSON array of
// {placement, object_ids}, all or none. It returns ErrLockLost if the run is no longer running.
func (s *Store) SavePlacements(ctx context.Context, runID, tenantID string, placements json.RawMessage) error {
	const query = `
		WITH ` + held + `, placed AS (
			SELECT DISTINCT ON (object_id) object_id, placement
			FROM json_to_recordset($3::json) AS alike (placement text, object_ids json)
			CROSS JOIN LATERAL json_array_elements_text(alike.object_ids) AS member (object_id)
			ORDER BY object_id
		), written AS (
			UPDATE entrasync_links AS link SET placement = placed.placement
			FROM held, placed
			WHERE link.tenant_id = $2 AND link.object_id = placed.object_id AND link.placement <> placed.placement
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "save placements", query, placements, runID, cleanText(tenantID))
}

// RecentLeaves returns a JSON array of {"id", "users"}: how many users lost a membership or role in each team or channel by runs without
// an approval, within so many ms. Approved changes are left out, also in the run that held them.
func (s *Store) RecentLeaves(ctx context.Context, tenantID string, withinMS int64) (json.RawMessage, error) {
	const query = `
		WITH taken AS (
			SELECT run.id AS run_id, run.approves, change.reason_params ->> 'target_id' AS id, change.object_id, change.action
			FROM entrasync_runs AS run
			JOIN entrasync_changes AS change ON change.run_id = run.id
			WHERE run.tenant_id IN ($1, '') AND run.mode = 'apply' AND run.finished_at > ` + nowMS + ` - $2
				AND change.status = 'done' AND change.action IN ('leave', 'demote')
		), recent AS (
			SELECT id, count(DISTINCT object_id) AS users
			FROM taken
			WHERE approves = '' AND NOT EXISTS (
				SELECT FROM taken AS approved
				WHERE approved.approves = taken.run_id AND approved.id = taken.id AND approved.object_id = taken.object_id AND approved.action = taken.action
			)
			GROUP BY id
		)
		SELECT coalesce(json_agg(recent), '[]')::text FROM recent`
	return s.queryList(ctx, "list recent leaves", query, cleanText(tenantID), withinMS)
}
