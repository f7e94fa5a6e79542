package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// Run is one execution of the sync. Its JSON is what the HTTP API answers. NodeID, TenantID, HeartbeatAt and CancelRequested
// are internal.
type Run struct {
	ID      string `json:"id"`
	Mode    string `json:"mode"`
	Trigger string `json:"trigger"`
	ActorID string `json:"actor_id"`

	// User is the user that the run is limited to, or ''.
	User      string `json:"user"`
	State     string `json:"state"`
	StartedAt int64  `json:"started_at"`

	// FinishedAt is 0 while the run is running.
	FinishedAt int64           `json:"finished_at"`
	Counts     json.RawMessage `json:"counts"`

	// Progress is nil before the first report and after the end.
	Progress json.RawMessage `json:"progress"`

	// Error is nil unless the run itself failed.
	Error json.RawMessage `json:"error"`

	// Reading is what the run reads of the directory: full, incremental, person or held.
	Reading string `json:"reading"`

	// Hold is what the run held back, or nil.
	Hold json.RawMessage `json:"hold"`

	// Approves is the run whose held changes, or the preview whose planned ones, this run applies, or ''.
	Approves string `json:"approves"`

	// ApprovedAt and ApprovedBy are when and by which account changes of this run were last approved; 0 and '' for never.
	ApprovedAt int64  `json:"approved_at"`
	ApprovedBy string `json:"approved_by"`

	// DiscardedAt and DiscardedBy are when and by which account held changes of this run were last discarded; 0 and '' for
	// never.
	DiscardedAt int64  `json:"discarded_at"`
	DiscardedBy string `json:"discarded_by"`

	// DoesNotFit is how many of the planned accounts exceed the server's user limit.
	DoesNotFit int `json:"does_not_fit"`

	// TenantID is the directory that the run reads, or '' if unknown.
	TenantID string `json:"-"`

	NodeID          string `json:"-"`
	HeartbeatAt     int64  `json:"-"`
	CancelRequested bool   `json:"-"`
}

// RunningError says that another run is active.
type RunningError struct {
	Current Run
}

func (e *RunningError) Error() string {
	return fmt.Sprintf("run %s is already running", e.Current.ID)
}

// startAttempts limits how often StartRun tries again because the run in its way has just ended.
const startAttempts = 5

// StartRun adds a running run and returns it as stored. ID (26 characters), Mode, Trigger, ActorID, User, NodeID, TenantID,
// Reading and Approves are the caller's; the rest is set here, on the run that is approved too. It returns *RunningError while
// another run is active on any node.
func (s *Store) StartRun(ctx context.Context, run Run) (Run, error) {
	for range startAttempts {
		started, err := s.insertRun(ctx, run)
		if err == nil {
			return started, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return Run{}, fmt.Errorf("start a run: %w", err)
		}
		current, err := s.CurrentRun(ctx)
		if err != nil {
			return Run{}, fmt.Errorf("start a run: %w", err)
		}
		if current != nil {
			return Run{}, &RunningError{Current: *current}
		}
	}
	return Run{}, fmt.Errorf("start a run: the id %q is already used, or other runs came first", run.ID)
}

func (s *Store) insertRun(ctx context.Context, run Run) (Run, error) {
	const query = `
		WITH started AS (
			INSERT INTO entrasync_runs (id, mode, trigger, actor_id, "user", node_id, reading, approves, tenant_id, state, started_at, heartbeat_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'running', ` + nowMS + `, ` + nowMS + `)
			ON CONFLICT DO NOTHING
			RETURNING *
		), approved AS (
			UPDATE entrasync_runs AS held SET approved_at = started.started_at, approved_by = started.actor_id
			FROM started WHERE held.id = started.approves
		)
		SELECT row_to_json(started)::text FROM started`
	args := []any{
		run.ID, run.Mode, run.Trigger, cleanText(run.ActorID), cleanText(run.User), run.NodeID, run.Reading, cleanText(run.Approves), cleanText(run.TenantID),
	}
	return s.queryRun(ctx, query, args...)
}

// Heartbeat shows that the run is alive and stores its progress; a nil progress keeps the last one. It reports whether an
// administrator has canceled the run, and returns ErrLockLost if the run is no longer running.
func (s *Store) Heartbeat(ctx context.Context, runID string, progress json.RawMessage) (cancelRequested bool, err error) {
	const query = `
		UPDATE entrasync_runs SET
			heartbeat_at = ` + nowMS + `,
			progress = coalesce(nullif($2::jsonb, 'null'), progress),
			counts = coalesce($2::jsonb -> 'counts', counts)
		WHERE id = $1 AND state = 'running'
		RETURNING cancel_requested`
	report, err := cleanJSON(progress)
	if err != nil {
		return false, fmt.Errorf("report progress: %w", err)
	}
	err = s.queryRow(ctx, query, []any{runID, report}, &cancelRequested)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrLockLost
	}
	if err != nil {
		return false, fmt.Errorf("report progress: %w", err)
	}
	return cancelRequested, nil
}

// RequestCancel asks a running run to stop. Its owner learns of it from Heartbeat. It returns ErrNotFound or ErrNotRunning if
// there is nothing to stop.
func (s *Store) RequestCancel(ctx context.Context, runID string) error {
	const query = `
		WITH asked AS (
			UPDATE entrasync_runs SET cancel_requested = true WHERE id = $1 AND state = 'running' RETURNING id
		)
		SELECT EXISTS (SELECT FROM asked), EXISTS (SELECT FROM entrasync_runs WHERE id = $1)`
	var asked, exists bool
	if err := s.queryRow(ctx, query, []any{cleanText(runID)}, &asked, &exists); err != nil {
		return fmt.Errorf("cancel a run: %w", err)
	}
	switch {
	case asked:
		return nil
	case exists:
		return ErrNotRunning
	default:
		return ErrNotFound
	}
}

// Ending is how a run ended. Nil counts keep the last reported ones; a nil fault or hold means none.
type Ending struct {
	State  string          `json:"state"`
	Counts json.RawMessage `json:"counts"`
	Error  json.RawMessage `json:"error"`
	Hold   json.RawMessage `json:"hold"`

	// DoesNotFit is Run.DoesNotFit.
	DoesNotFit int `json:"does_not_fit"`

	// Reading is what the run has actually read, '' for what it was started for.
	Reading string `json:"reading"`

	// FirstImport says that the run was the first import, whose new accounts its administrator approved by starting it.
	FirstImport bool `json:"first_import"`

	// KeepsHolds says that the run could not decide about a user with a held change: it replaces no run that holds changes.
	KeepsHolds bool `json:"keeps_holds"`
}

// FinishRun ends a running run. It returns ErrLockLost when the run is no longer running.
func (s *Store) FinishRun(ctx context.Context, runID string, ending Ending) error {
	const query = `
		WITH ended AS (
			UPDATE entrasync_runs SET
				state = $2,
				finished_at = ` + nowMS + `,
				progress = NULL,
				counts = coalesce(nullif($3::jsonb, 'null'), counts),
				error = nullif($4::jsonb, 'null'),
				hold = nullif($5::jsonb, 'null'),
				does_not_fit = $6,
				reading = coalesce(nullif($7, ''), reading),
				first_import = $8,
				keeps_holds = $9
			WHERE id = $1 AND state = 'running'
			RETURNING id
		)
		SELECT count(*), count(*) FROM ended`
	countsText, countsErr := cleanJSON(ending.Counts)
	faultText, faultErr := cleanJSON(ending.Error)
	holdText, holdErr := cleanJSON(ending.Hold)
	if err := errors.Join(countsErr, faultErr, holdErr); err != nil {
		return fmt.Errorf("finish a run: %w", err)
	}
	return s.writeFenced(ctx, "finish a run", query, runID, ending.State, countsText, faultText, holdText, ending.DoesNotFit, ending.Reading, ending.FirstImport, ending.KeepsHolds)
}

// InterruptStale ends runs whose owner is gone: those without a heartbeat for olderThan, or with one as far in the future,
// which a clock that was set back leaves behind; and, if nodeID is not empty, those of that node, which has just started and so
// runs nothing. It returns them as they are now.
func (s *Store) InterruptStale(ctx context.Context, olderThan time.Duration, nodeID string) ([]Run, error) {
	const query = `
		WITH interrupted AS (
			UPDATE entrasync_runs SET
				state = 'interrupted',
				finished_at = ` + nowMS + `,
				progress = NULL,
				error = $3
			WHERE state = 'running' AND (heartbeat_at NOT BETWEEN ` + nowMS + ` - $1 AND ` + nowMS + ` + $1 OR ($2 <> '' AND node_id = $2))
			RETURNING *
		)
		SELECT coalesce(json_agg(interrupted ORDER BY started_at, id), '[]')::text FROM interrupted`
	var list string
	if err := s.queryRow(ctx, query, []any{olderThan.Milliseconds(), nodeID, string(fault.Of(fault.Interrupted).JSON())}, &list); err != nil {
		return nil, fmt.Errorf("end interrupted runs: %w", err)
	}
	return decodeRuns(list)
}

// storedRun is a whole row of entrasync_runs as PostgreSQL writes it in JSON.
type storedRun struct {
	Run
	TenantID        string `json:"tenant_id"`
	NodeID          string `json:"node_id"`
	HeartbeatAt     int64  `json:"heartbeat_at"`
	CancelRequested bool   `json:"cancel_requested"`
}

func (r storedRun) run() Run {
	run := r.Run
	run.TenantID, run.NodeID, run.HeartbeatAt, run.CancelRequested = r.TenantID, r.NodeID, r.HeartbeatAt, r.CancelRequested
	run.Progress, run.Error, run.Hold = nilIfNull(run.Progress), nilIfNull(run.Error), nilIfNull(run.Hold)
	return run
}

func nilIfNull(document json.RawMessage) json.RawMessage {
	if bytes.Equal(document, []byte("null")) {
		return nil
	}
	return document
}

func decodeRun(row string) (Run, error) {
	var stored storedRun
	if err := json.Unmarshal([]byte(row), &stored); err != nil {
		return Run{}, fmt.Errorf("read a stored run: %w", err)
	}
	return stored.run(), nil
}

func decodeRuns(list string) ([]Run, error) {
	var stored []storedRun
	if err := json.Unmarshal([]byte(list), &stored); err != nil {
		return nil, fmt.Errorf("read stored runs: %w", err)
	}
	runs := make([]Run, len(stored))
	for i, row := range stored {
		runs[i] = row.run()
	}
	return runs, nil
}
