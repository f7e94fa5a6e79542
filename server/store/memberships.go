package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// Ledger returns {"targets": [{"id", "entries": [{"rule_id", "state", "promoted_by",
// "unwanted_since", "role_unwanted_since", "users"}]}]}: what is known about memberships of
// the accounts (a JSON array of IDs) in the targets (a JSON array of IDs). Users are bits over the positions of accounts: pairs of the index
// of a 32-bit word and the word, only for words that are not 0.
func (s *Store) Ledger(ctx context.Context, accounts, targets json.RawMessage) (answer json.RawMessage, err error) {
	const query = `
		WITH account AS (
			SELECT id, (position - 1)::integer AS number
			FROM json_array_elements_text($1::json) WITH ORDINALITY AS account (id, position)
			WHERE id <> ''
		), words AS (
			SELECT known.target_id, known.rule_id, known.state, known.promoted_by, known.unwanted_since, known.role_unwanted_since,
				account.number >> 5 AS position, sum(1::bigint << (account.number & 31)) AS word
			FROM json_array_elements_text($2::json) AS target (id)
			JOIN entrasync_memberships AS known ON known.target_id = target.id
			JOIN account ON account.id = known.account_id
			GROUP BY known.target_id, known.rule_id, known.state, known.promoted_by, known.unwanted_since, known.role_unwanted_since, account.number >> 5
		), entry AS (
			SELECT target_id, rule_id, state, promoted_by, unwanted_since, role_unwanted_since, json_agg(json_build_array(position, word)) AS users
			FROM words
			GROUP BY target_id, rule_id, state, promoted_by, unwanted_since, role_unwanted_since
		), listed AS (
			SELECT target_id AS id,
				json_agg(json_build_object('rule_id', rule_id, 'state', state, 'promoted_by', promoted_by, 'unwanted_since', unwanted_since,
					'role_unwanted_since', role_unwanted_since, 'users', users)) AS entries
			FROM entry
			GROUP BY target_id
		)
		SELECT json_build_object('targets', coalesce(json_agg(listed), '[]'))::text FROM listed`
	var text string
	if err = s.queryRow(ctx, query, []any{string(accounts), string(targets)}, &text); err != nil {
		return nil, fmt.Errorf("read memberships: %w", err)
	}
	return json.RawMessage(text), nil
}

// RecordMemberships adds planned lines about memberships, a JSON array of `MembershipLines`, to the history of a running run, all or none.
// It returns ErrLockLost if the run is no longer running.
func (s *Store) RecordMemberships(ctx context.Context, runID string, lines json.RawMessage) error {
	const query = `
		WITH ` + held + `, line AS (
			SELECT * FROM json_to_recordset($2::json) AS line (
				first_seq integer, action text, reason text, reason_params jsonb, object_ids json, account_ids json
			)
		), member AS (
			SELECT line.first_seq + position - 1 AS seq, line.action, line.reason, line.reason_params, object_id, account_id
			FROM line
			CROSS JOIN LATERAL ROWS FROM (json_array_elements_text(line.object_ids), json_array_elements_text(line.account_ids))
				WITH ORDINALITY AS member (object_id, account_id, position)
		), written AS (
			INSERT INTO entrasync_changes (
				run_id, seq, object_id, account_id, email, username, display_name, action, status, reason, reason_params, fields
			)
			SELECT held.id, seq, object_id, account_id, coalesce(users.email, ''), coalesce(users.username, ''),
				coalesce(nullif(users.nickname, ''), nullif(trim(concat_ws(' ', users.firstname, users.lastname)), ''), users.username, ''),
				action, 'planned', reason, reason_params, '[]'
			FROM held, member
			LEFT JOIN users ON users.id = member.account_id
			ON CONFLICT (run_id, seq) DO NOTHING
			RETURNING object_id, run_id, seq, display_name, email, username
		), ` + newPeople + `
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeList(ctx, "record memberships", query, lines, runID)
}

// NoteMemberships records what the run knows about memberships, from a JSON array of {target_id, account_ids, rule_id, state, promoted_by},
// all or none. A note without a state or without promoted_by keeps what is known of it; a membership of which nothing is known was found
// then. The state ” forgets them. It returns ErrLockLost if the run is no longer running.
func (s *Store) NoteMemberships(ctx context.Context, runID string, notes json.RawMessage) error {
	const query = `
		WITH ` + held + `, note AS (
			SELECT DISTINCT ON (target_id, account_id) note.target_id, account_id, note.rule_id, note.state, note.promoted_by
			FROM json_to_recordset($2::json) AS note (target_id text, account_ids json, rule_id text, state text, promoted_by text)
			CROSS JOIN LATERAL json_array_elements_text(note.account_ids) AS account (account_id)
			ORDER BY target_id, account_id
		), forgotten AS (
			DELETE FROM entrasync_memberships AS known
			USING held, note
			WHERE known.target_id = note.target_id AND known.account_id = note.account_id AND note.state = ''
			RETURNING 1
		), written AS (
			INSERT INTO entrasync_memberships (target_id, account_id, rule_id, state, promoted_by, updated_at)
			SELECT note.target_id, note.account_id,
				CASE WHEN note.state IS NULL THEN coalesce(known.rule_id, note.rule_id) ELSE note.rule_id END,
				coalesce(note.state, known.state, 'found'), coalesce(note.promoted_by, known.promoted_by, ''), ` + nowMS + `
			FROM held, note
			LEFT JOIN entrasync_memberships AS known ON known.target_id = note.target_id AND known.account_id = note.account_id
			WHERE note.state IS DISTINCT FROM ''
			ON CONFLICT (target_id, account_id) DO UPDATE SET
				rule_id = excluded.rule_id, state = excluded.state, promoted_by = excluded.promoted_by, updated_at = excluded.updated_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM forgotten) + (SELECT count(*) FROM written)`
	return s.writeList(ctx, "note memberships", query, notes, runID)
}
