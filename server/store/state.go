package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// GetState returns the value stored by SetState, or an empty text if there is none.
func (s *Store) GetState(ctx context.Context, key string) (string, error) {
	var value string
	err := s.queryRow(ctx, `SELECT value FROM entrasync_state WHERE key = $1`, []any{key}, &value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read state %s: %w", key, err)
	}
	return value, nil
}

// SetRunState stores a small value on behalf of a run, under a name as in SetState. It returns ErrLockLost if the run is no
// longer running.
func (s *Store) SetRunState(ctx context.Context, runID, key, value string) error {
	const query = `
		WITH ` + held + `, written AS (
			INSERT INTO entrasync_state (key, value, updated_at)
			SELECT $2, $3, ` + nowMS + ` FROM held
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeFenced(ctx, "write state "+key, query, runID, key, cleanText(value))
}

// EnsureState returns the value under a name as in SetState, and stores value there if there is none yet. If several nodes do
// so at once, all get the same value.
func (s *Store) EnsureState(ctx context.Context, key, value string) (string, error) {
	const query = `
		INSERT INTO entrasync_state AS state (key, value, updated_at) VALUES ($1, $2, ` + nowMS + `)
		ON CONFLICT (key) DO UPDATE SET value = state.value
		RETURNING value`
	if err := s.queryRow(ctx, query, []any{key, cleanText(value)}, &value); err != nil {
		return "", fmt.Errorf("ensure state %s: %w", key, err)
	}
	return value, nil
}

// SetState stores a small value under a name. Names that begin with `directory` are reserved.
func (s *Store) SetState(ctx context.Context, key, value string) error {
	const query = `
		INSERT INTO entrasync_state (key, value, updated_at) VALUES ($1, $2, ` + nowMS + `)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
		RETURNING key`
	if err := s.queryRow(ctx, query, []any{key, cleanText(value)}, &key); err != nil {
		return fmt.Errorf("write state %s: %w", key, err)
	}
	return nil
}
