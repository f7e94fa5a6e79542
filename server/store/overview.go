package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// Overview has the counts of a tenant for the overview. Its JSON is a part of what the HTTP API answers.
type Overview struct {
	// Directory, InScope and Conflicts are what the newest run found that read all users. That run is ConflictsRun and ended at
	// ReadAt; they are '' and 0 before the first.
	Directory    int    `json:"directory"`
	InScope      int    `json:"in_scope"`
	ReadAt       int64  `json:"read_at"`
	Conflicts    int    `json:"conflicts"`
	ConflictsRun string `json:"conflicts_run"`

	// Linked is how many users have an account. Deactivated is how many of these accounts the sync has deactivated.
	Linked      int `json:"linked"`
	Deactivated int `json:"deactivated"`

	// Failing is how many users have changes that failed and will be retried. FailingRun is the newest run that lists such
	// users, or ''. In that run, the changes of FailingTried failed, and FailingWaiting were skipped because they must wait.
	Failing        int    `json:"failing"`
	FailingRun     string `json:"failing_run"`
	FailingTried   int    `json:"failing_tried"`
	FailingWaiting int    `json:"failing_waiting"`

	// SaferDefaults says that the server has run a version with less safe defaults, and that no administrator has read about it.
	SaferDefaults bool `json:"safer_defaults"`
}

// saferDefaults is the key of the state that migration 7 writes.
const saferDefaults = "safer_defaults"

// DismissSaferDefaults records that an administrator has read which defaults are safer now.
func (s *Store) DismissSaferDefaults(ctx context.Context) error {
	return s.SetState(ctx, saferDefaults, "read")
}

// failingRuns limits in how many of the newest runs failing users are searched. Users who wait are in each of them.
const failingRuns = 10

// Overview counts for the tenant. Runs whose tenant is no longer known count as well.
func (s *Store) Overview(ctx context.Context, tenantID string) (Overview, error) {
	const query = `
		WITH newest AS (
			SELECT id, finished_at, counts FROM entrasync_runs
			WHERE tenant_id IN ($1, '') AND reading = 'full' AND "user" = '' AND state IN ('succeeded', 'partial', 'held')
			ORDER BY started_at DESC, id DESC
			LIMIT 1
		), linked AS (
			SELECT
				count(*) AS total,
				count(*) FILTER (WHERE users.deleteat <> 0 AND links.deactivated_at IN (users.deleteat, -1)) AS deactivated
			FROM entrasync_links AS links
			JOIN users ON users.id = links.account_id
			WHERE links.tenant_id = $1
		), recent AS (
			SELECT id, started_at FROM entrasync_runs
			WHERE tenant_id IN ($1, '') AND reading IN ('full', 'incremental') AND "user" = '' AND state <> 'running'
				AND EXISTS (SELECT FROM entrasync_retries WHERE tenant_id = $1)
			ORDER BY started_at DESC, id DESC
			LIMIT $2
		), failing AS (
			SELECT
				recent.id,
				(SELECT count(*) FROM entrasync_changes WHERE run_id = recent.id AND status = 'failed') AS tried,
				(SELECT count(*) FROM entrasync_changes WHERE run_id = recent.id AND action = 'skip' AND reason = 'retry_waits') AS waiting
			FROM recent
			WHERE EXISTS (
				SELECT FROM entrasync_changes
				WHERE run_id = recent.id AND (status = 'failed' OR (action = 'skip' AND reason = 'retry_waits'))
			)
			ORDER BY recent.started_at DESC, recent.id DESC
			LIMIT 1
		)
		SELECT json_build_object(
			'directory', coalesce((SELECT (counts ->> 'directory')::integer FROM newest), 0),
			'in_scope', coalesce((SELECT (counts ->> 'in_scope')::integer FROM newest), 0),
			'read_at', coalesce((SELECT finished_at FROM newest), 0),
			'conflicts', coalesce((SELECT (counts ->> 'conflicts')::integer FROM newest), 0),
			'conflicts_run', coalesce((SELECT id FROM newest), ''),
			'linked', linked.total,
			'deactivated', linked.deactivated,
			'failing', (SELECT count(*) FROM entrasync_retries WHERE tenant_id = $1),
			'failing_run', coalesce((SELECT id FROM failing), ''),
			'failing_tried', coalesce((SELECT tried FROM failing), 0),
			'failing_waiting', coalesce((SELECT waiting FROM failing), 0),
			'safer_defaults', EXISTS (SELECT FROM entrasync_state WHERE key = $3 AND value = 'unread')
		)::text FROM linked`
	var overview Overview
	var text string
	if err := s.queryRow(ctx, query, []any{cleanText(tenantID), failingRuns, saferDefaults}, &text); err != nil {
		return overview, fmt.Errorf("count for the overview: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &overview); err != nil {
		return overview, fmt.Errorf("read the overview: %w", err)
	}
	return overview, nil
}
