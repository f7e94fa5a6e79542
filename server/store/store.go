// Package store keeps links, runs, changes and the newest directory read in Mattermost's PostgreSQL.
//
// In production the database is reached through Mattermost's plugin driver, which determines the design:
//
//   - every row is a remote call, so each function is one statement that returns one row, lists as JSON text;
//   - an interrupted call looks like a success without columns, which Exec takes for success and Scan
//     does not, so writes return a row as well;
//   - neither deadlines nor error codes are passed on reliably, so nothing depends on them, and a statement whose caller has
//     stopped waiting still takes effect: all of them can be repeated;
//   - a plugin that dies leaves its connection open, so there are no open transactions and no session locks.
//
// Times are in milliseconds since 1970 and come from the database's clock, which all nodes share.
package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

var (
	// ErrUnsupportedDatabase says that Mattermost does not run on PostgreSQL.
	ErrUnsupportedDatabase = errors.New("only PostgreSQL is supported")

	// ErrLockLost says that the run is no longer running: it was finished, or another node marked it as dead. Its owner must
	// stop at once.
	ErrLockLost = errors.New("the run is no longer running")

	// ErrNotFound says that there is no run with that ID.
	ErrNotFound = errors.New("no such run")

	// ErrNothingHeld says that a run holds no changes, or no longer does.
	ErrNothingHeld = errors.New("the run holds nothing")

	// ErrNotRunning says that the run cannot be canceled, because it has ended.
	ErrNotRunning = errors.New("the run has already ended")
)

// nowMS is the database's clock in SQL.
const nowMS = `(extract(epoch FROM now()) * 1000)::bigint`

// held is the fence of every write on behalf of the run $1: it finds that run only while it is running, and keeps it running
// until the statement ends.
const held = `held AS (SELECT id FROM entrasync_runs WHERE id = $1 AND state = 'running' FOR SHARE)`

// Store is safe for concurrent use, also by several nodes.
type Store struct {
	db *sql.DB
}

// New takes the master database and the name of its driver from Mattermost's configuration. It returns ErrUnsupportedDatabase
// for any driver but "postgres".
func New(db *sql.DB, driver string) (*Store, error) {
	if driver != "postgres" {
		return nil, fmt.Errorf("%w, not %q", ErrUnsupportedDatabase, driver)
	}
	return &Store{db: db}, nil
}

// queryRow runs one statement that returns at most one row and reads it. All statements come here, so every failure of the
// database has its code.
func (s *Store) queryRow(ctx context.Context, query string, args []any, columns ...any) error {
	err := s.db.QueryRowContext(ctx, query, args...).Scan(columns...)
	if err == nil || errors.Is(err, sql.ErrNoRows) || ctx.Err() != nil {
		return err
	}
	return &fault.Error{Code: fault.DatabaseFailed, Cause: err}
}

// writeFenced runs a statement that returns how many rows `held` found; none means ErrLockLost.
func (s *Store) writeFenced(ctx context.Context, purpose, query string, args ...any) error {
	var holders, written int64
	if err := s.queryRow(ctx, query, args, &holders, &written); err != nil {
		return fmt.Errorf("%s: %w", purpose, err)
	}
	if holders == 0 {
		return fmt.Errorf("%s: %w", purpose, ErrLockLost)
	}
	return nil
}

// writeList is writeFenced for a statement whose last parameter is a JSON array.
func (s *Store) writeList(ctx context.Context, purpose, query string, list json.RawMessage, args ...any) error {
	cleaned, err := cleanJSON(list)
	if err != nil {
		return fmt.Errorf("%s: %w", purpose, err)
	}
	return s.writeFenced(ctx, purpose, query, append(args, cleaned)...)
}

const (
	defaultPerPage = 60
	maxPerPage     = 1000
)

// pageBounds converts a page number from 0 and a page size, either of which can be invalid, to SQL's LIMIT and OFFSET.
func pageBounds(page, perPage int) (limit, offset int64) {
	if perPage <= 0 {
		perPage = defaultPerPage
	}
	limit = int64(min(perPage, maxPerPage))
	return limit, limit * int64(min(max(page, 0), math.MaxInt32))
}
