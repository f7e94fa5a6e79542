package store

import (
	"context"
	"fmt"
	"time"
)

// oldRuns are the runs that ended more than $1 milliseconds ago, but neither the newest run nor runs whose held changes can still
// be approved: what is held stays held until then.
const oldRuns = `old AS (
	SELECT id FROM entrasync_runs
	WHERE state <> 'running' AND finished_at < ` + nowMS + ` - $1
		AND NOT (state = 'held' AND coalesce((hold ->> 'expires_at')::bigint, 0) > ` + nowMS + `)
		AND id <> (SELECT id FROM entrasync_runs ORDER BY started_at DESC, id DESC LIMIT 1)
)`

const pruneChanges = `
	WITH ` + oldRuns + `, gone AS (
		DELETE FROM entrasync_changes WHERE (run_id, seq) IN (
			SELECT run_id, seq FROM entrasync_changes WHERE run_id IN (SELECT id FROM old) LIMIT $2
		) RETURNING run_id, seq, object_id
	), ` + forgottenPeople + `
	SELECT count(*) FROM gone`

const pruneRuns = `
	WITH ` + oldRuns + `, gone AS (
		DELETE FROM entrasync_runs WHERE id IN (
			SELECT id FROM old
			WHERE NOT EXISTS (SELECT FROM entrasync_changes WHERE run_id = old.id) LIMIT $2
		) RETURNING 1
	)
	SELECT count(*) FROM gone`

// pruneDirectory removes pages of reads that were never completed.
const pruneDirectory = `
	WITH valid AS (
		SELECT page ->> 'key' AS key
		FROM entrasync_state, json_array_elements(value::json -> 'pages') AS page WHERE entrasync_state.key = 'directory'
	), gone AS (
		DELETE FROM entrasync_state WHERE key IN (
			SELECT key FROM entrasync_state
			WHERE starts_with(key, 'directory/') AND key NOT IN (SELECT key FROM valid)
				AND NOT EXISTS (
					SELECT FROM entrasync_runs
					WHERE state = 'running' AND starts_with(key, 'directory/' || id || '/')
				)
			LIMIT $1
		) RETURNING 1
	)
	SELECT count(*) FROM gone`

// Prune removes runs that ended longer than keep ago with their changes, and what incomplete directory reads left behind. It
// removes at most limit rows and returns how many; call it again while it returns limit. It never removes a running run, the
// newest run, or a run whose held changes can still be approved. A keep of 0 or less keeps all history.
func (s *Store) Prune(ctx context.Context, keep time.Duration, limit int) (removed int, err error) {
	if keep > 0 {
		for _, query := range []string{pruneChanges, pruneRuns} {
			count, err := s.prune(ctx, query, keep.Milliseconds(), int64(limit-removed))
			if err != nil {
				return removed, err
			}
			removed += count
		}
	}
	count, err := s.prune(ctx, pruneDirectory, int64(limit-removed))
	return removed + count, err
}

func (s *Store) prune(ctx context.Context, query string, args ...any) (count int, err error) {
	if err = s.queryRow(ctx, query, args, &count); err != nil {
		return 0, fmt.Errorf("remove old history: %w", err)
	}
	return count, nil
}
