package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

// accountTable writes accounts as the server does, as far as a run can see. Other calls panic.
type accountTable struct {
	mattermost.UserAPI
	db *sql.DB
}

func (a accountTable) CreateUser(user *model.User) (*model.User, *model.AppError) {
	user.Id = model.NewId()
	return user, a.execute(`INSERT INTO users (id, username, email, nickname, firstname, lastname, position) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		user.Id, user.Username, user.Email, user.Nickname, user.FirstName, user.LastName, user.Position)
}

func (a accountTable) GetUser(userID string) (*model.User, *model.AppError) {
	user := &model.User{Id: userID}
	row := a.db.QueryRow(`SELECT username, email, updateat, deleteat, nickname, firstname, lastname, position, coalesce(roles, ''), coalesce(authservice, '') FROM users WHERE id = $1`, userID)
	if err := row.Scan(&user.Username, &user.Email, &user.UpdateAt, &user.DeleteAt, &user.Nickname, &user.FirstName, &user.LastName, &user.Position, &user.Roles, &user.AuthService); err != nil {
		return nil, model.NewAppError("GetUser", "app.user.missing_account.const", nil, "", 404)
	}
	return user, nil
}

func (a accountTable) UpdateUser(user *model.User) (*model.User, *model.AppError) {
	return user, a.execute(`UPDATE users SET updateat = updateat + 1, username = $6, email = $7, nickname = $2, firstname = $3, lastname = $4, position = $5 WHERE id = $1`,
		user.Id, user.Nickname, user.FirstName, user.LastName, user.Position, user.Username, user.Email)
}

func (a accountTable) UpdateUserAuth(userID string, auth *model.UserAuth) (*model.UserAuth, *model.AppError) {
	return auth, a.execute(`UPDATE users SET updateat = updateat + 1, authservice = $2, authdata = $3 WHERE id = $1`, userID, auth.AuthService, auth.AuthData)
}

func (a accountTable) UpdateUserActive(userID string, active bool) *model.AppError {
	return a.execute(`UPDATE users SET updateat = updateat + 1, deleteat = CASE WHEN $2 THEN 0 ELSE 1700000000000 END WHERE id = $1`, userID, active)
}

// GetLicense has no seats to enforce, so that the server takes any number of users.
func (a accountTable) GetLicense() *model.License { return &model.License{} }

func (a accountTable) UpsertPropertyValues(values []*model.PropertyValue) ([]*model.PropertyValue, error) {
	return values, nil
}

func (a accountTable) GetConfig() *model.Config {
	config := &model.Config{}
	config.SetDefaults()
	return config
}

func (a accountTable) execute(statement string, args ...any) *model.AppError {
	if _, err := a.db.Exec(statement, args...); err != nil {
		return model.NewAppError("execute", "app.user.save.app_error", nil, err.Error(), 500)
	}
	return nil
}

// company is a directory of one page.
type company struct {
	slowDirectory
	people string
}

func (c company) ReadUsers(context.Context, entra.Query) (entra.Page, error) {
	return entra.Page{Users: json.RawMessage(c.people)}, nil
}

// counts runs the sync to its end and returns its counts.
func (n *testNode) counts(t *testing.T, mode string) map[string]int {
	t.Helper()
	run, err := n.Start(context.Background(), Request{Mode: mode, Trigger: "api"})
	require.NoError(t, err)
	run = n.ended(t, run.ID)
	require.Equal(t, "succeeded", run.State, "%s", run.Error)
	counts := map[string]int{}
	require.NoError(t, json.Unmarshal(run.Counts, &counts))
	return counts
}

// newSyncNode is a node with the sync logic in its engine and Mattermost's tables in its database.
func newSyncNode(t *testing.T) (*testNode, *sql.DB) {
	t.Helper()
	db := storetest.Open(t)
	tables := accountTable{db: db}
	require.Nil(t, tables.execute(storetest.MattermostTables))
	kept, err := store.New(db, "postgres")
	require.NoError(t, err)
	require.NoError(t, kept.Migrate(t.Context()))
	n := newTestNode(t, kept, "a", nil)
	n.Engine, err = engine.New()
	require.NoError(t, err)
	n.Accounts = mattermost.NewAccounts(tables, db)
	return n, db
}

// This runs the real sync logic, in its engine, with the ports of this package and a real database.
func TestSyncLogicOnThesePorts(t *testing.T) {
	t.Parallel()
	n, db := newSyncNode(t)
	n.config.set(Settings{TenantID: "tenant", Policy: `{"version":1,"scope":{"everyone":true}}`, Concurrency: 4})
	employ := func(people string) {
		n.config.read(company{people: people})
	}

	employ(`[{"id":"00000000-0000-4000-8000-000000000001","displayName":"이미나","givenName":"미나","surname":"이","mail":"Mina.Lee@example.com","accountEnabled":true,"userType":"Member"},
		{"id":"00000000-0000-4000-8000-000000000002","displayName":"Kim Jun","mail":"jun@example.com","accountEnabled":true,"userType":"Member"}]`)
	preview := n.counts(t, "preview")
	assert.Equal(t, 2, preview["created"])
	var accounts int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM users`).Scan(&accounts))
	assert.Zero(t, accounts, "a preview changes nothing")

	assert.Equal(t, 2, n.counts(t, "apply")["created"])
	again := n.counts(t, "apply")
	assert.Equal(t, 2, again["unchanged"])
	assert.Zero(t, again["created"]+again["updated"])

	employ(`[{"id":"00000000-0000-4000-8000-000000000001","displayName":"이미나","givenName":"미나","surname":"이","jobTitle":"Engineer","mail":"mina@example.org","accountEnabled":true,"userType":"Member"}]`)
	changed := n.counts(t, "apply")
	assert.Equal(t, 2, changed["updated"], "the job title and the email address")
	assert.Equal(t, 1, changed["skipped"], "who is missing once keeps the account")
	var position string
	require.NoError(t, db.QueryRow(`SELECT position FROM users WHERE nickname = '이미나'`).Scan(&position))
	assert.Equal(t, "Engineer", position)
}
