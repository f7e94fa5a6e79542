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

// mattermostTables are the columns and indexes that the queries use, as Mattermost's own migrations create them.
const mattermostTables = `
	CREATE TABLE users (
		id varchar(26) PRIMARY KEY, deleteat bigint, username varchar(64) UNIQUE, authdata varchar(128) UNIQUE,
		authservice varchar(32), email varchar(128) UNIQUE, nickname varchar(64), firstname varchar(64),
		lastname varchar(64), roles varchar(256), position varchar(128), locale varchar(5), timezone jsonb,
		emailverified boolean, updateat bigint
	);
	CREATE INDEX idx_users_email_lower_textpattern ON users (lower(email) text_pattern_ops);
	CREATE INDEX idx_users_username_lower_textpattern ON users (lower(username) text_pattern_ops);
	ALTER TABLE users ADD COLUMN remoteid varchar(26);
	CREATE TABLE bots (userid varchar(26) PRIMARY KEY);
	CREATE TABLE sessions (id varchar(26) PRIMARY KEY, userid varchar(26));
	CREATE TABLE useraccesstokens (id varchar(26) PRIMARY KEY, userid varchar(26));
	CREATE TABLE tokens (token varchar(64) PRIMARY KEY, type varchar(64), extra varchar(2048));
	CREATE TABLE oauthauthdata (code varchar(128) PRIMARY KEY, userid varchar(26));
	CREATE TABLE oauthaccessdata (token varchar(26) PRIMARY KEY, userid varchar(26));
	CREATE TABLE usergroups (id varchar(26) PRIMARY KEY, name varchar(64), UNIQUE (name));
	CREATE TABLE propertygroups (id varchar(26) PRIMARY KEY, name varchar(64) NOT NULL UNIQUE);
	CREATE TYPE property_field_type AS ENUM ('text', 'select', 'multiselect', 'date', 'user', 'multiuser');
	CREATE TABLE propertyfields (
		id varchar(26) PRIMARY KEY, groupid varchar(26) NOT NULL, name varchar(255) NOT NULL, type property_field_type, attrs jsonb,
		deleteat bigint NOT NULL
	);
	CREATE TABLE propertyvalues (
		id varchar(26) PRIMARY KEY, targetid varchar(255) NOT NULL, targettype varchar(255) NOT NULL, groupid varchar(26) NOT NULL,
		fieldid varchar(26) NOT NULL, value jsonb NOT NULL, deleteat bigint NOT NULL
	);
	CREATE INDEX idx_propertyvalues_targetid_groupid ON propertyvalues (targetid, groupid);
	CREATE TABLE schemes (
		id varchar(26) PRIMARY KEY, defaultteamuserrole varchar(64), defaultteamadminrole varchar(64), defaultchanneluserrole varchar(64),
		defaultchanneladminrole varchar(64)
	);
	CREATE TABLE teams (
		id varchar(26) PRIMARY KEY, createat bigint, deleteat bigint, name varchar(64) UNIQUE, displayname varchar(64), companyname varchar(64),
		schemeid varchar(26), groupconstrained boolean
	);
	CREATE TABLE channels (
		id varchar(26) PRIMARY KEY, createat bigint, deleteat bigint, teamid varchar(26), name varchar(64), displayname varchar(64),
		creatorid varchar(26), schemeid varchar(26), groupconstrained boolean, UNIQUE (teamid, name)
	);
	CREATE TABLE teammembers (teamid varchar(26), userid varchar(26), deleteat bigint, schemeadmin boolean, PRIMARY KEY (teamid, userid));
	CREATE TABLE channelmembers (channelid varchar(26), userid varchar(26), schemeadmin boolean, PRIMARY KEY (channelid, userid));
	CREATE TABLE roles (name varchar(64) PRIMARY KEY, deleteat bigint);
	CREATE TABLE accesscontrolpolicies (id varchar(26) PRIMARY KEY)`

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
