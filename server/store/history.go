package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// GetRun returns ErrNotFound when there is no such run.
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

// CurrentRun returns the run that is going, or nil.
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

// ListRuns returns one page of all runs, newest first, and how many runs there are. Pages count from 0; perPage is at
// most 1000, and 60 when it is not positive.
func (s *Store) ListRuns(ctx context.Context, page, perPage int) (runs []Run, total int, err error) {
	const query = `
		SELECT
			(SELECT count(*) FROM entrasync_runs),
			coalesce(json_agg(listed ORDER BY started_at DESC, id DESC), '[]')::text
		FROM (
			SELECT * FROM entrasync_runs ORDER BY started_at DESC, id DESC LIMIT $1 OFFSET $2
		) listed`
	limit, offset := pageBounds(page, perPage)
	var list string
	if err = s.queryRow(ctx, query, []any{limit, offset}, &total, &list); err != nil {
		return nil, 0, fmt.Errorf("list runs: %w", err)
	}
	runs, err = decodeRuns(list)
	return runs, total, err
}

func (s *Store) findRun(ctx context.Context, query string) (*Run, error) {
	run, err := s.queryRun(ctx, query)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a run: %w", err)
	}
	return &run, nil
}

// queryRun reads a run from a statement that answers it as JSON text; sql.ErrNoRows says that there is none.
func (s *Store) queryRun(ctx context.Context, query string, args ...any) (Run, error) {
	var row string
	if err := s.queryRow(ctx, query, args, &row); err != nil {
		return Run{}, err
	}
	return decodeRun(row)
}
