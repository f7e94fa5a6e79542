package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// The newest directory read is stored in entrasync_state: its pages in rows `directory/<run>/<number>`, and in the row
// `directory` which of them are valid:
//
//	{"run_id": "…", "read_at": 1700000000000, "pages": [{"key": "directory/…/000001", "users": 999}]}
//
// That row is written last, so readers see the previous read until the new one is complete.

// SaveDirectoryPage stores one page of a running read, a JSON array of directory users as they were received. Pages are
// numbered in ascending order up to 999999. A page that is saved again restarts the read from there, so later ones are dropped.
// It returns ErrLockLost if the run is no longer running.
func (s *Store) SaveDirectoryPage(ctx context.Context, runID string, number int, users json.RawMessage) error {
	const query = `
		WITH ` + held + `, outdated AS (
			DELETE FROM entrasync_state
			WHERE EXISTS (SELECT FROM held) AND starts_with(key, 'directory/' || $1 || '/') AND key > $2
		), written AS (
			INSERT INTO entrasync_state (key, value, updated_at)
			SELECT $2, $3::text, ` + nowMS + ` FROM held WHERE json_array_length($3::text::json) >= 0
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	list, err := cleanJSON(users)
	if err != nil {
		return fmt.Errorf("keep a directory page: %w", err)
	}
	key := fmt.Sprintf("directory/%s/%06d", runID, number)
	return s.writeFenced(ctx, "keep a directory page", query, runID, key, list)
}

// CompleteDirectory makes the pages of this run the newest read and removes all others. It returns ErrLockLost when
// the run is no longer running.
func (s *Store) CompleteDirectory(ctx context.Context, runID string) error {
	const query = `
		WITH ` + held + `, page AS (
			SELECT key, json_array_length(value::json) AS users
			FROM entrasync_state WHERE starts_with(key, 'directory/' || $1 || '/')
		), removed AS (
			DELETE FROM entrasync_state
			WHERE EXISTS (SELECT FROM held)
				AND starts_with(key, 'directory/') AND NOT starts_with(key, 'directory/' || $1 || '/')
		), written AS (
			INSERT INTO entrasync_state (key, value, updated_at)
			SELECT 'directory', json_build_object(
				'run_id', held.id,
				'read_at', ` + nowMS + `,
				'pages', (SELECT coalesce(json_agg(page ORDER BY key), '[]') FROM page)
			)::text, ` + nowMS + ` FROM held
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeFenced(ctx, "complete a directory read", query, runID)
}

// ListDirectory returns one page of the newest complete read as a JSON array of directory users, how many users it has, and
// when it was completed (0: never). Pages count from 0; perPage is at most 1000, and 60 if it is not positive. Only the stored
// pages that hold these users are read.
func (s *Store) ListDirectory(ctx context.Context, page, perPage int) (users json.RawMessage, total int, readAt int64, err error) {
	const query = `
		WITH newest AS (
			SELECT value::json AS read FROM entrasync_state WHERE key = 'directory'
		), page AS (
			SELECT key, users, sum(users) OVER (ORDER BY key) - users AS before
			FROM newest, json_to_recordset(read -> 'pages') AS page (key text, users bigint)
		), listed AS (
			SELECT person, before + position AS position
			FROM page
			JOIN entrasync_state USING (key),
			json_array_elements(value::json) WITH ORDINALITY AS element (person, position)
			WHERE before < $1 AND before + users > $2 AND before + position > $2 AND before + position <= $1
		)
		SELECT
			coalesce((SELECT json_agg(person ORDER BY position) FROM listed), '[]')::text,
			coalesce((SELECT sum(users) FROM page), 0)::bigint,
			coalesce((SELECT (read ->> 'read_at')::bigint FROM newest), 0)`
	limit, offset := pageBounds(page, perPage)
	var list string
	if err = s.queryRow(ctx, query, []any{offset + limit, offset}, &list, &total, &readAt); err != nil {
		return nil, 0, 0, fmt.Errorf("list the directory: %w", err)
	}
	return json.RawMessage(list), total, readAt, nil
}
