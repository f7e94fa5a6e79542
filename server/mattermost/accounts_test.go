package mattermost

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

type foundAccount struct {
	ID             string `json:"id"`
	Username       string `json:"username"`
	Email          string `json:"email"`
	EmailVerified  bool   `json:"email_verified"`
	Nickname       string `json:"nickname"`
	FirstName      string `json:"first_name"`
	LastName       string `json:"last_name"`
	Position       string `json:"position"`
	Locale         string `json:"locale"`
	Timezone       string `json:"timezone"`
	AuthService    string `json:"auth_service"`
	AuthData       string `json:"auth_data"`
	DeleteAt       int64  `json:"delete_at"`
	IsBot          bool   `json:"is_bot"`
	IsLastAdmin    bool   `json:"is_last_admin"`
	LinkedObjectID string `json:"linked_object_id"`
}

// find returns the accounts by their ID.
func find(t *testing.T, accounts *Accounts, keys string) map[string]foundAccount {
	t.Helper()
	answer, err := accounts.Find(context.Background(), "tenant", json.RawMessage(keys))
	require.NoError(t, err)
	encoded, err := json.Marshal(answer)
	require.NoError(t, err)
	var found struct {
		Accounts []foundAccount `json:"accounts"`
	}
	require.NoError(t, json.Unmarshal(encoded, &found))
	byID := map[string]foundAccount{}
	for _, account := range found.Accounts {
		byID[account.ID] = account
	}
	require.Len(t, byID, len(found.Accounts), "an account was returned twice")
	return byID
}

func TestFindAccounts(t *testing.T) {
	db := openDatabase(t)
	accounts := NewAccounts(nil, db)
	execute(t, db, `INSERT INTO users (id, deleteat, username, authdata, authservice, email, nickname, firstname, lastname, roles, position) VALUES
		('linked', 0, 'mina', NULL, '', 'mina@example.com', '이미나', 'Mina', 'Lee', 'system_user', 'Engineer'),
		('mailed', 0, 'jun', NULL, '', 'Jun@Example.com', NULL, NULL, NULL, 'system_user', NULL),
		('single', 5, 'sora', 'object-3', 'office365', 'sora@example.com', '', '', '', 'system_user', ''),
		('robot', 0, 'robot', NULL, '', 'robot@localhost', '', '', '', 'system_user system_admin', ''),
		('chief', 0, 'chief', NULL, '', 'chief@example.com', '', '', '', 'system_user system_admin', ''),
		('other', 0, 'other', NULL, '', 'other@example.com', '', '', '', 'system_user', '')`)
	execute(t, db, `INSERT INTO bots VALUES ('robot')`)
	execute(t, db, `INSERT INTO entrasync_links (tenant_id, object_id, account_id, created_at, updated_at) VALUES
		('tenant', 'object-1', 'linked', 1, 1), ('another tenant', 'object-9', 'other', 1, 1)`)

	execute(t, db, `UPDATE users SET locale = 'ko', timezone = '{"useAutomaticTimezone":"false","automaticTimezone":"","manualTimezone":"Asia/Seoul"}'
		WHERE id = 'linked'`)
	execute(t, db, `UPDATE users SET timezone = '{"useAutomaticTimezone":"true","automaticTimezone":"Asia/Tokyo","manualTimezone":"Asia/Seoul"}'
		WHERE id = 'mailed'`)

	t.Run("by link, with every field", func(t *testing.T) {
		assert.Equal(t, map[string]foundAccount{"linked": {
			ID: "linked", Username: "mina", Email: "mina@example.com", Nickname: "이미나", FirstName: "Mina", LastName: "Lee",
			Position: "Engineer", Locale: "ko", Timezone: "Asia/Seoul", LinkedObjectID: "object-1",
		}}, find(t, accounts, `{"object_ids":["object-1"],"emails":[],"auth_data":[],"auth_service":""}`))
	})
	t.Run("by email in any case, with empty texts for what is null", func(t *testing.T) {
		assert.Equal(t, map[string]foundAccount{"mailed": {ID: "mailed", Username: "jun", Email: "Jun@Example.com"}},
			find(t, accounts, `{"emails":["jun@example.com"]}`))
	})
	t.Run("by auth data of any service, deactivated ones as well, and without a service none", func(t *testing.T) {
		assert.Equal(t, map[string]foundAccount{"single": {
			ID: "single", Username: "sora", Email: "sora@example.com", AuthService: "office365", AuthData: "object-3", DeleteAt: 5,
		}}, find(t, accounts, `{"auth_data":["object-3"],"auth_service":"office365"}`))
		assert.Contains(t, find(t, accounts, `{"auth_data":["object-3"],"auth_service":"saml"}`), "single")
		assert.Empty(t, find(t, accounts, `{"auth_data":["object-3"],"auth_service":""}`))
	})
	t.Run("by username, deactivated accounts and bots as well", func(t *testing.T) {
		found := find(t, accounts, `{"usernames":["jun","sora","robot","MINA","nobody"]}`)
		assert.ElementsMatch(t, []string{"mailed", "single", "robot"}, slices.Collect(maps.Keys(found)))
	})
	t.Run("with whether the email address is verified, which defaults to no", func(t *testing.T) {
		execute(t, db, `UPDATE users SET emailverified = id = 'mailed' WHERE id <> 'linked'`)
		found := find(t, accounts, `{"usernames":["jun","sora","mina"]}`)
		assert.True(t, found["mailed"].EmailVerified)
		assert.False(t, found["single"].EmailVerified)
		assert.False(t, found["linked"].EmailVerified, "null")
		execute(t, db, `UPDATE users SET emailverified = NULL`)
	})
	t.Run("once, though several keys point at it", func(t *testing.T) {
		found := find(t, accounts, `{"object_ids":["object-1","object-1"],"emails":["mina@example.com"],"usernames":["mina"]}`)
		assert.Len(t, found, 1)
	})
	t.Run("links of another tenant do not count", func(t *testing.T) {
		assert.Empty(t, find(t, accounts, `{"object_ids":["object-9"]}`))
		assert.Empty(t, find(t, accounts, `{"emails":["other@example.com"]}`)["other"].LinkedObjectID)
	})
	t.Run("bots, and the last administrator besides them", func(t *testing.T) {
		found := find(t, accounts, `{"emails":["chief@example.com","robot@localhost"]}`)
		assert.True(t, found["chief"].IsLastAdmin)
		assert.True(t, found["robot"].IsBot)
		assert.False(t, found["robot"].IsLastAdmin)
		execute(t, db, `UPDATE users SET roles = 'system_admin system_user' WHERE id = 'other'`)
		assert.False(t, find(t, accounts, `{"emails":["chief@example.com"]}`)["chief"].IsLastAdmin)
	})
	t.Run("blank and broken keys match no account and stop nothing", func(t *testing.T) {
		found := find(t, accounts, `{"object_ids":[""],"emails":["","a\u0000b","\ud800","' OR true --","jun@example.com"],"auth_data":null,"usernames":["","a\u0000b","' OR true --"]}`)
		assert.Len(t, found, 1)
		assert.Contains(t, found, "mailed")
	})
}

func TestQueriesReadNoWholeTable(t *testing.T) {
	db := openDatabase(t)
	execute(t, db, `INSERT INTO users
		SELECT 'user' || n, 0, 'name' || n, 'data' || n, 'office365', 'name' || n || '@example.com', '', '', '', 'system_user', '', 'en', '{}', true, 1
		FROM generate_series(1, 20000) AS n`)
	execute(t, db, `INSERT INTO entrasync_links SELECT 'tenant', 'object' || n, 'user' || n, 1, 1 FROM generate_series(1, 20000) AS n`)
	const described = `[{"id":"object1","fingerprint":"f"},{"id":"object2","fingerprint":"f"}]`
	execute(t, db, `INSERT INTO propertyvalues
		SELECT 'value' || n, 'user' || n, 'user', 'group', 'field', '"x"', 0 FROM generate_series(1, 20000) AS n`)
	keys := make([]string, 500)
	for i := range keys {
		keys[i] = fmt.Sprintf("name%d", i)
	}
	for _, statistics := range []string{"before the database has statistics, as right after an import", "with statistics"} {
		t.Run(statistics, func(t *testing.T) {
			// The search for another administrator, `others`, runs only for administrators.
			assert.Subset(t, []string{"others", "other_bots", "bots"},
				wholeScans(t, db, findAccounts, "tenant", list(keys), list(keys), list(keys), "office365", list(keys)))
			assert.Subset(t, []string{"usergroups"}, wholeScans(t, db, takenUsernames, list(keys)))

			// A server has few bots, so reading all of them once can be cheaper than looking up each.
			assert.Subset(t, []string{"bots", "bots_1"}, wholeScans(t, db, recognizedAccounts, "tenant", described))
			assert.Empty(t, wholeScans(t, db, attributeValues, list(keys), list([]string{"field"})))
			assert.Empty(t, wholeScans(t, db, changeEmail, "user1", "new@example.com", 1))
		})
		execute(t, db, `ANALYZE`)
	}
}

// wholeScans returns the aliases of the tables that a query reads completely.
func wholeScans(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	var plan []byte
	require.NoError(t, db.QueryRow("EXPLAIN (FORMAT JSON) "+query, args...).Scan(&plan))
	var roots []struct{ Plan planNode }
	require.NoError(t, json.Unmarshal(plan, &roots))
	return roots[0].Plan.wholeScans()
}

// planNode is a step of a query plan as PostgreSQL describes it.
type planNode struct {
	NodeType  string     `json:"Node Type"`
	Alias     string     `json:"Alias"`
	IndexCond string     `json:"Index Cond"`
	Plans     []planNode `json:"Plans"`
}

func (n planNode) wholeScans() []string {
	var scans []string
	// A tenant has all links, so an index read by the tenant alone is no better than the table.
	if n.NodeType == "Seq Scan" || n.IndexCond == "(tenant_id = 'tenant'::text)" {
		scans = append(scans, strings.TrimSpace(n.Alias+" "+n.IndexCond))
	}
	for _, child := range n.Plans {
		scans = append(scans, child.wholeScans()...)
	}
	return scans
}

func TestRecognizedAccounts(t *testing.T) {
	db := openDatabase(t)
	execute(t, db, `INSERT INTO users (id, username, deleteat, updateat) VALUES
		('a1', 'right', 0, 7), ('a2', 'changed', 0, 8), ('a3', 'gone', 9, 7), ('a4', 'leaving', 0, 7), ('a5', 'described', 0, 7)`)
	execute(t, db, `INSERT INTO entrasync_links (tenant_id, object_id, account_id, created_at, updated_at, fingerprint, account_updated_at, left_at) VALUES
		('tenant', 'o1', 'a1', 1, 1, 'same', 7, 0), ('tenant', 'o2', 'a2', 1, 1, 'same', 7, 0), ('tenant', 'o3', 'a3', 1, 1, 'same', 7, 0),
		('tenant', 'o4', 'a4', 1, 1, 'same', 7, 5), ('tenant', 'o5', 'a5', 1, 1, 'other', 7, 0), ('tenant', 'o6', 'nobody', 1, 1, 'same', 7, 0)`)
	var found struct{ Unchanged, Same []string }
	people := json.RawMessage(`[{"id":"o1","fingerprint":"same"},{"id":"o2","fingerprint":"same"},{"id":"o3","fingerprint":"same"},
		{"id":"o4","fingerprint":"same"},{"id":"o5","fingerprint":"same"},{"id":"o6","fingerprint":"same"},{"id":"new","fingerprint":"same"},{"id":"o1","fingerprint":""}]`)
	require.NoError(t, NewAccounts(nil, db).Recognized(context.Background(), "tenant", people, &found))
	assert.Equal(t, []string{"o1"}, found.Unchanged)
	assert.ElementsMatch(t, []string{"o2", "o3", "o4"}, found.Same)
	require.NoError(t, NewAccounts(nil, db).Recognized(context.Background(), "another", people, &found))
	assert.Empty(t, found.Unchanged)
}

func TestTakenUsernames(t *testing.T) {
	db := openDatabase(t)
	execute(t, db, `INSERT INTO users (id, username, deleteat) VALUES ('1', 'mina', 0), ('2', 'gone', 5)`)
	execute(t, db, `INSERT INTO usergroups VALUES ('1', 'developers')`)
	answer, err := NewAccounts(nil, db).TakenUsernames(context.Background(),
		json.RawMessage(`{"names":["mina","mina","gone","developers","free","a\u0000"]}`))
	require.NoError(t, err)
	encoded, err := json.Marshal(answer)
	require.NoError(t, err)
	var names struct{ Taken []string }
	require.NoError(t, json.Unmarshal(encoded, &names))
	assert.ElementsMatch(t, []string{"mina", "gone", "developers"}, names.Taken)
}

func TestFailedReadNamesTheDatabase(t *testing.T) {
	db := openDatabase(t)
	execute(t, db, `DROP TABLE bots`)
	_, err := NewAccounts(nil, db).Find(context.Background(), "tenant", json.RawMessage(`{}`))
	var known *fault.Error
	require.ErrorAs(t, err, &known)
	assert.Equal(t, fault.Facts{Origin: "host", Code: "database_failed"}, known.Facts())
}
