package mattermost

import (
	"context"
	"database/sql"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

func TestMain(m *testing.M) {
	os.Exit(storetest.Main(m))
}

// mattermostTables are the columns and indexes that the queries use, as Mattermost's own migrations make them.
const mattermostTables = `
	CREATE TABLE users (
		id varchar(26) PRIMARY KEY, deleteat bigint, username varchar(64) UNIQUE, authdata varchar(128) UNIQUE,
		authservice varchar(32), email varchar(128) UNIQUE, nickname varchar(64), firstname varchar(64),
		lastname varchar(64), roles varchar(256), position varchar(128), updateat bigint
	);
	CREATE INDEX idx_users_email_lower_textpattern ON users (lower(email) text_pattern_ops);
	CREATE INDEX idx_users_username_lower_textpattern ON users (lower(username) text_pattern_ops);
	CREATE TABLE bots (userid varchar(26) PRIMARY KEY);
	CREATE TABLE usergroups (id varchar(26) PRIMARY KEY, name varchar(64), UNIQUE (name))`

// openDatabase has Mattermost's tables and the plugin's, empty.
func openDatabase(t *testing.T) *sql.DB {
	db := storetest.Open(t)
	execute(t, db, mattermostTables)
	plugin, err := store.New(db, "postgres")
	require.NoError(t, err)
	require.NoError(t, plugin.Migrate(context.Background()))
	return db
}

func execute(t *testing.T, db *sql.DB, statement string, args ...any) {
	t.Helper()
	_, err := db.ExecContext(context.Background(), statement, args...)
	require.NoError(t, err)
}
