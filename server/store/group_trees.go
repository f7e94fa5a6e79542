package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
)

// ListGroupTrees returns a JSON array of {"group_id", "nested"}: the kept trees of groups, without their members.
func (s *Store) ListGroupTrees(ctx context.Context, tenantID string) (json.RawMessage, error) {
	const query = `
		SELECT coalesce(json_agg(json_build_object('group_id', group_id, 'nested', nested) ORDER BY group_id), '[]')::text
		FROM entrasync_group_trees
		WHERE tenant_id = $1 AND members IS NOT NULL`
	return s.queryList(ctx, "list trees of groups", query, tenantID)
}

// GroupTreeMembers returns the kept members of a group, a JSON array of object IDs; null if none are kept.
func (s *Store) GroupTreeMembers(ctx context.Context, tenantID, groupID string) (json.RawMessage, error) {
	const query = `
		SELECT coalesce(members, 'null')::text FROM entrasync_group_trees WHERE tenant_id = $1 AND group_id = $2`
	members, err := s.queryList(ctx, "read members of a group", query, tenantID, cleanText(groupID))
	if errors.Is(err, sql.ErrNoRows) {
		return json.RawMessage("null"), nil
	}
	return members, err
}

// GroupTreesHolding returns a JSON array of {"object_id", "groups"}: for those of the users (a JSON array of object IDs) who are in kept
// trees, in which.
func (s *Store) GroupTreesHolding(ctx context.Context, tenantID string, objectIDs json.RawMessage) (json.RawMessage, error) {
	ids, err := cleanJSON(objectIDs)
	if err != nil {
		return nil, err
	}
	const query = `
		WITH held AS (
			SELECT wanted.id AS object_id, json_agg(tree.group_id ORDER BY tree.group_id) AS groups
			FROM entrasync_group_trees AS tree
			CROSS JOIN LATERAL jsonb_array_elements_text(tree.members) AS member (id)
			JOIN json_array_elements_text($2::json) AS wanted (id) ON wanted.id = member.id
			WHERE tree.tenant_id = $1
			GROUP BY wanted.id
		)
		SELECT coalesce(json_agg(held ORDER BY object_id), '[]')::text FROM held`
	return s.queryList(ctx, "find users in trees of groups", query, tenantID, ids)
}

// PutGroupTree stores what a run has read of a group, from {"group_id", "members", "nested"}. It counts once KeepGroupTrees keeps it. It
// returns ErrLockLost if the run is no longer running.
func (s *Store) PutGroupTree(ctx context.Context, runID, tenantID string, tree json.RawMessage) error {
	const query = `
		WITH ` + held + `, tree AS (
			SELECT * FROM json_to_record($3::json) AS tree (group_id text, members jsonb, nested jsonb)
		), written AS (
			INSERT INTO entrasync_group_trees AS known (tenant_id, group_id, next_members, next_nested, next_run)
			SELECT $2, tree.group_id, tree.members, tree.nested, held.id FROM held, tree
			ON CONFLICT (tenant_id, group_id) DO UPDATE SET
				next_members = excluded.next_members, next_nested = excluded.next_nested, next_run = excluded.next_run
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "store the tree of a group", query, tree, runID, tenantID)
}

// KeepGroupTrees makes what the run has read the kept trees, forgets trees of groups that are not among needed (a JSON array of object IDs,
// or null for all), and stores value under a name as in SetState: all or none. It returns ErrLockLost if the run is no longer running.
func (s *Store) KeepGroupTrees(ctx context.Context, runID, tenantID, key, value string, needed json.RawMessage) error {
	const query = `
		WITH ` + held + `, needed AS (
			SELECT jsonb_array_elements_text(CASE jsonb_typeof($5::jsonb) WHEN 'array' THEN $5::jsonb ELSE '[]' END) AS group_id
		), kept AS (
			UPDATE entrasync_group_trees AS known
			SET members = next_members, nested = next_nested, next_members = NULL, next_nested = NULL, next_run = '', read_at = ` + nowMS + `
			FROM held
			WHERE known.tenant_id = $2 AND known.next_run = held.id
			RETURNING 1
		), forgotten AS (
			DELETE FROM entrasync_group_trees AS known
			USING held
			WHERE known.tenant_id = $2 AND known.next_run <> held.id AND jsonb_typeof($5::jsonb) = 'array'
				AND NOT EXISTS (SELECT FROM needed WHERE needed.group_id = known.group_id)
			RETURNING 1
		), written AS (
			INSERT INTO entrasync_state (key, value, updated_at)
			SELECT $3, $4, ` + nowMS + ` FROM held
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM kept) + (SELECT count(*) FROM forgotten) + (SELECT count(*) FROM written)`
	return s.writeList(ctx, "keep trees of groups", query, needed, runID, tenantID, key, cleanText(value))
}
