package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// GetRun returns ErrNotFound if there is no such run.
func (s *Store) GetRun(ctx context.Context, runID string) (Run, error) {
	run, err := s.queryRun(ctx, `SELECT row_to_json(r)::text FROM entrasync_runs r WHERE id = $1`, cleanText(runID))
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, ErrNotFound
	}
	if err != nil {
		return Run{}, fmt.Errorf("read a run: %w", err)
	}
	return run, nil
}

// CurrentRun returns the active run, or nil.
func (s *Store) CurrentRun(ctx context.Context) (*Run, error) {
	return s.findRun(ctx, `SELECT row_to_json(r)::text FROM entrasync_runs r WHERE state = 'running'`)
}

// LastRun returns the newest run that has ended, or nil.
func (s *Store) LastRun(ctx context.Context) (*Run, error) {
	return s.findRun(ctx, `
		SELECT row_to_json(r)::text FROM entrasync_runs r
		WHERE state <> 'running'
		ORDER BY started_at DESC, id DESC
		LIMIT 1`)
}

// RunFilter selects runs. An empty field selects all. Pages count from 0; PerPage is at most 1000, and 60 if it is not
// positive.
type RunFilter struct {
	Mode    string
	State   string
	Trigger string
	Page    int
	PerPage int
}

// ListRuns returns one page of the runs that match the filter, newest first, and how many there are.
func (s *Store) ListRuns(ctx context.Context, filter RunFilter) (runs []Run, total int, err error) {
	const query = `
		WITH matching AS NOT MATERIALIZED (
			SELECT * FROM entrasync_runs
			WHERE ($1 = '' OR mode = $1) AND ($2 = '' OR state = $2) AND ($3 = '' OR trigger = $3)
		), listed AS (
			SELECT * FROM matching ORDER BY started_at DESC, id DESC LIMIT $4 OFFSET $5
		)
		SELECT
			(SELECT count(*) FROM matching),
			(SELECT coalesce(json_agg(listed ORDER BY started_at DESC, id DESC), '[]')::text FROM listed)`
	limit, offset := pageBounds(filter.Page, filter.PerPage)
	args := []any{cleanText(filter.Mode), cleanText(filter.State), cleanText(filter.Trigger), limit, offset}
	var list string
	if err = s.queryRow(ctx, query, args, &total, &list); err != nil {
		return nil, 0, fmt.Errorf("list runs: %w", err)
	}
	runs, err = decodeRuns(list)
	return runs, total, err
}

func (s *Store) findRun(ctx context.Context, query string, args ...any) (*Run, error) {
	run, err := s.queryRun(ctx, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a run: %w", err)
	}
	return &run, nil
}

// queryRun reads a run from a statement that returns it as JSON text. sql.ErrNoRows means that there is none.
func (s *Store) queryRun(ctx context.Context, query string, args ...any) (Run, error) {
	var row string
	if err := s.queryRow(ctx, query, args, &row); err != nil {
		return Run{}, err
	}
	return decodeRun(row)
}
