// Package storetest provides tests with a real PostgreSQL: the one in ENTRASYNC_TEST_DSN, or one that is started from the npm
// package embedded-postgres.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/lib/pq" // the database driver "postgres"
)

var (
	serverOnce sync.Once
	shared     *server
	errServer  error

	// schemas counts the schemas of this process. Its start time separates them from those of others.
	schemas   atomic.Int64
	startedAt = time.Now().UnixNano()
)

// Main runs a package's tests and stops the database afterwards; call it as os.Exit(storetest.Main(m)) in TestMain.
func Main(m *testing.M) int {
	code := m.Run()
	if shared != nil {
		shared.stop()
	}
	return code
}

// Open returns a connection to its own schema, as empty as Mattermost's is for a plugin at its first start. It is removed when
// the test ends.
func Open(t testing.TB) *sql.DB {
	t.Helper()
	serverOnce.Do(func() { shared, errServer = openServer() })
	if errServer != nil {
		t.Fatalf("start PostgreSQL: %v", errServer)
	}

	admin := connect(t, shared.dsn)
	schema := fmt.Sprintf("test_%d_%d", startedAt, schemas.Add(1))
	execute(t, admin, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(t, admin, "DROP SCHEMA "+schema+" CASCADE") })

	db := connect(t, withSearchPath(t, shared.dsn, schema))

	// Mattermost's own migrations create this table before any plugin starts.
	execute(t, db, "CREATE TABLE db_lock (id varchar(64) PRIMARY KEY, expireat bigint)")
	return db
}

func connect(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatalf("open PostgreSQL: %v", err)
	}
	db.SetMaxOpenConns(20)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func execute(t testing.TB, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func withSearchPath(t testing.TB, dsn, schema string) string {
	t.Helper()
	if !strings.Contains(dsn, "://") {
		return dsn + " search_path=" + schema
	}
	parsed, err := url.Parse(dsn)
	if err != nil {
		t.Fatal("the DSN is not a URL") // its text contains a password
	}
	query := parsed.Query()
	query.Set("search_path", schema)
	parsed.RawQuery = query.Encode()
	return parsed.String()
}

// MattermostTables creates Mattermost's tables with the columns that a run reads.
const MattermostTables = `
	CREATE TABLE users (
		id varchar(26) PRIMARY KEY, deleteat bigint DEFAULT 0, updateat bigint DEFAULT 1, username varchar(64) UNIQUE, authdata varchar(128) UNIQUE,
		authservice varchar(32), email varchar(128) UNIQUE, nickname varchar(64), firstname varchar(64),
		lastname varchar(64), roles varchar(256) DEFAULT 'system_user', position varchar(128),
		locale varchar(5), timezone jsonb, emailverified boolean
	);
	ALTER TABLE users ADD COLUMN remoteid varchar(26);
	CREATE TABLE bots (userid varchar(26) PRIMARY KEY);
	CREATE TABLE usergroups (id varchar(26) PRIMARY KEY, name varchar(64) UNIQUE)`
