package tests

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/lib/pq"
	"github.com/stretchr/testify/require"
)

// stageAccounts are the accounts that do not belong to the sync: those that tests sign in with, and bots.
const stageAccounts = `(email LIKE '%@mattermost.example' OR id IN (SELECT userid FROM bots))`

// account is a row of Mattermost's table.
type account struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	Email         string  `json:"email"`
	EmailVerified bool    `json:"emailverified"`
	Nickname      string  `json:"nickname"`
	FirstName     string  `json:"firstname"`
	LastName      string  `json:"lastname"`
	Position      string  `json:"position"`
	Locale        string  `json:"locale"`
	Roles         string  `json:"roles"`
	Password      *string `json:"password"`
	AuthService   *string `json:"authservice"`
	AuthData      *string `json:"authdata"`
	DeleteAt      int64   `json:"deleteat"`
	UpdateAt      int64   `json:"updateat"`
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// accounts are the accounts that the sync created or linked, by email address.
func (s *scene) accounts(t *testing.T) map[string]account {
	t.Helper()
	var rows []account
	s.query(t, &rows, `SELECT * FROM users WHERE NOT `+stageAccounts)
	byEmail := map[string]account{}
	for _, row := range rows {
		byEmail[row.Email] = row
	}
	require.Len(t, byEmail, len(rows), "two accounts have one email address")
	return byEmail
}

func (s *scene) countAccounts(t *testing.T) int {
	t.Helper()
	return s.count(t, `SELECT count(*) FROM users WHERE NOT `+stageAccounts)
}

// query decodes the rows of a SELECT, as JSON, into a slice.
func (s *scene) query(t *testing.T, rows any, query string, args ...any) {
	t.Helper()
	var encoded []byte
	err := s.Postgres.DB.QueryRowContext(waiting(t), `SELECT coalesce(json_agg(row_to_json(rows)), '[]') FROM (`+query+`) AS rows`, args...).Scan(&encoded)
	require.NoError(t, err, query)
	require.NoError(t, json.Unmarshal(encoded, rows))
}

func (s *scene) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var count int
	require.NoError(t, s.Postgres.DB.QueryRowContext(waiting(t), query, args...).Scan(&count), query)
	return count
}

func (s *scene) execute(t *testing.T, statement string, args ...any) {
	t.Helper()
	_, err := s.Postgres.DB.ExecContext(waiting(t), statement, args...)
	require.NoError(t, err, statement)
}

func (s *scene) removeAccounts(t *testing.T) {
	t.Helper()
	s.execute(t, `DELETE FROM users WHERE NOT `+stageAccounts)
}

func (s *scene) removeHistory(t *testing.T) {
	t.Helper()
	for _, table := range []string{
		"entrasync_changes", "entrasync_runs", "entrasync_links", "entrasync_state", "entrasync_retries", "entrasync_people", "entrasync_told", "entrasync_memberships", "entrasync_targets",
	} {
		s.execute(t, "DELETE FROM "+table)
	}
}

// tables are the names of the plugin's tables, or of all others.
func (s *scene) tables(t *testing.T, isPlugins bool) []string {
	t.Helper()
	var rows []struct {
		Name string `json:"name"`
	}
	s.query(t, &rows, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`)
	var names []string
	for _, row := range rows {
		if strings.HasPrefix(row.Name, "entrasync_") == isPlugins {
			names = append(names, row.Name)
		}
	}
	return names
}

// written by the server itself, whatever the plugin does.
var serversOwn = map[string]string{
	"audits":              "the server logs the requests of the test",
	"jobs":                "the server's own jobs",
	"sessions":            "the server notes when a session was used last",
	"status":              "the server notes who is online",
	"pluginkeyvaluestore": "the plugin's own values, such as the lock of its schedule",
}

// fingerprints are a digest of each table that a run must not write to. Even a row that is written with the
// same values changes the digest, because its transaction (xmin) is part of it.
func (s *scene) fingerprints(t *testing.T) map[string]string {
	t.Helper()
	digests := map[string]string{}
	for _, table := range s.tables(t, false) {
		if serversOwn[table] == "" {
			digests[table] = s.fingerprint(t, table)
		}
	}
	require.Contains(t, digests, "users")
	return digests
}

func (s *scene) fingerprint(t *testing.T, table string) string {
	t.Helper()
	name := pq.QuoteIdentifier(table)
	var digest string
	query := fmt.Sprintf(`SELECT count(*) || ' rows ' || md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
		FROM (SELECT each.xmin::text || each::text AS line FROM %s AS each) AS lines`, name)
	require.NoError(t, s.Postgres.DB.QueryRowContext(waiting(t), query).Scan(&digest), table)
	return digest
}
