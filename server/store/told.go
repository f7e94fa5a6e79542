package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// digestOfLine identifies in SQL what a line says about a user. Another address is another line: what is wrong with one says nothing
// about the next. The details and the fields have the same text as JSON and as a
// column, because both are jsonb.
const digestOfLine = `md5(concat_ws(E'\n', action, reason, account_id, coalesce(email, ''), coalesce(reason_params, 'null')::text, coalesce(fields, '[]')::text))`

// knownLines are the lines `line` that a run does not repeat: skips that an earlier run lists, and acknowledged conflicts. It
// remembers those that this run lists. `line` has the columns of a change; `held` is the running run.
const knownLines = `run AS (
		SELECT held.id, tenant_id FROM held JOIN entrasync_runs USING (id)
	), known AS (
		UPDATE entrasync_told AS told SET seen_run = run.id
		FROM run, line
		WHERE told.tenant_id = run.tenant_id AND told.object_id = line.object_id AND told.digest = line.digest
			AND (line.action = 'skip' OR told.acknowledged_at > 0)
		RETURNING line.seq
	), told AS (
		INSERT INTO entrasync_told (tenant_id, object_id, digest, run_id, seen_run)
		SELECT DISTINCT ON (object_id, digest) run.tenant_id, object_id, digest, run.id, run.id FROM run, line
		WHERE action = 'skip' AND char_length(object_id) <= 64 AND seq NOT IN (SELECT seq FROM known)
		ORDER BY object_id, digest
		ON CONFLICT DO NOTHING
	)`

// ForgetTold forgets the lines of the running run's tenant that this run would not list: what they say has ended. It returns
// ErrLockLost if the run is no longer running.
func (s *Store) ForgetTold(ctx context.Context, runID string) error {
	const query = `
		WITH ` + held + `, gone AS (
			DELETE FROM entrasync_told AS told USING held JOIN entrasync_runs AS run USING (id)
			WHERE told.tenant_id = run.tenant_id AND told.seen_run <> run.id
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM gone)`
	return s.writeFenced(ctx, "forget what was told", query, runID)
}

// Acknowledge records that an administrator has seen the conflicts of a run with these seqs, or takes that back. Later runs do
// not list acknowledged conflicts while they stay the same. It returns how many lines of the run it changed, and ErrNotFound if
// there is no such run.
func (s *Store) Acknowledge(ctx context.Context, runID string, seqs []int, isAcknowledged bool, actorID string) (count int, err error) {
	const query = `
		WITH run AS (
			SELECT id, tenant_id FROM entrasync_runs WHERE id = $1
		), line AS (
			SELECT seq, object_id, ` + digestOfLine + ` AS digest
			FROM entrasync_changes
			WHERE run_id = $1 AND action = 'conflict' AND status = $5
				AND seq IN (SELECT json_array_elements_text($2::json)::integer)
		), taken_back AS (
			DELETE FROM entrasync_told AS told USING run, line
			WHERE NOT $3 AND told.tenant_id = run.tenant_id AND told.object_id = line.object_id AND told.digest = line.digest
		), noted AS (
			INSERT INTO entrasync_told (tenant_id, object_id, digest, seen_run, acknowledged_at, acknowledged_by)
			SELECT DISTINCT ON (object_id, digest) tenant_id, object_id, digest, run.id, ` + nowMS + `, $4 FROM run, line
			WHERE $3 AND char_length(object_id) <= 64
			ORDER BY object_id, digest
			ON CONFLICT (tenant_id, object_id, digest) DO UPDATE SET acknowledged_at = excluded.acknowledged_at, acknowledged_by = excluded.acknowledged_by
		), changed AS (
			UPDATE entrasync_changes AS change SET status = $6
			FROM line WHERE change.run_id = $1 AND change.seq = line.seq
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM changed)`
	list, err := json.Marshal(append([]int{}, seqs...))
	if err != nil {
		return 0, fmt.Errorf("acknowledge conflicts: %w", err)
	}
	from, to := names.StatusPlanned, names.StatusAcknowledged
	if !isAcknowledged {
		from, to = to, from
	}
	var runs int
	args := []any{cleanText(runID), string(list), isAcknowledged, cleanText(actorID), from, to}
	if err = s.queryRow(ctx, query, args, &runs, &count); err != nil {
		return 0, fmt.Errorf("acknowledge conflicts: %w", err)
	}
	if runs == 0 {
		return 0, ErrNotFound
	}
	return count, nil
}
