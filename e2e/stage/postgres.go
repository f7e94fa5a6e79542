package stage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	_ "github.com/lib/pq" // the driver "postgres"
)

// Postgres is a running database server with an empty database for Mattermost.
type Postgres struct {
	// DSN is the connection string, including the password.
	DSN string
	// DB gives access to the tables.
	DB *sql.DB

	process *process
}

// StartPostgres starts a database in dir and keeps its data there for a later start.
// As root, the database runs as the user `nobody`, which must have access to dir.
func StartPostgres(ctx context.Context, dir string) (*Postgres, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return startPostgres(ctx, dir, nil)
}

// startPostgres starts the database, as another user if attributes say so.
func startPostgres(ctx context.Context, dir string, attributes *syscall.SysProcAttr) (*Postgres, error) {
	// Standard error is written next to dir, which belongs to the database's user.
	stderr := filepath.Clean(dir) + ".stderr"
	cmd := exec.Command("node", filepath.Join(sourceDir(), "postgres", "postgres.mjs"), dir)
	cmd.SysProcAttr = attributes
	var announced struct {
		DSN string `json:"dsn"`
	}
	process, err := startProcess(ctx, cmd, stderr, &announced)
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL: %w", err)
	}
	db, err := sql.Open("postgres", announced.DSN)
	if err != nil {
		return nil, errors.Join(err, process.stop())
	}
	return &Postgres{DSN: announced.DSN, DB: db, process: process}, nil
}

// Close stops the database.
func (p *Postgres) Close() error {
	return errors.Join(p.DB.Close(), p.process.stop())
}
