package mattermost

import (
	"database/sql"
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// cachingServer keeps accounts in the table and copies of them in a cache. It changes addresses as the server does
// (app.UpdateUser and UserStore.Update): at best to an unverified one.
type cachingServer struct {
	userMemory
	db             *sql.DB
	requiresVerify bool
	domains        string

	// rereads is how often an account is read again right after its cached copy was dropped.
	rereads int
}

func (s *cachingServer) GetConfig() *model.Config {
	config := &model.Config{}
	config.TeamSettings.RestrictCreationToDomains = &s.domains
	return config
}

func (s *cachingServer) GetUser(userID string) (*model.User, *model.AppError) {
	if s.users[userID] == nil {
		user := &model.User{Id: userID}
		if err := s.db.QueryRow(`SELECT username, email, emailverified, updateat FROM users WHERE id = $1`, userID).
			Scan(&user.Username, &user.Email, &user.EmailVerified, &user.UpdateAt); err != nil {
			return nil, model.NewAppError("GetUser", "app.user.missing_account.const", nil, "", 404)
		}
		s.users[userID] = user
	}
	return s.users[userID].DeepCopy(), nil
}

func (s *cachingServer) UpdateUser(user *model.User) (*model.User, *model.AppError) {
	previous, appErr := s.GetUser(user.Id)
	if appErr != nil {
		return nil, appErr
	}
	if user.Email != previous.Email && s.requiresVerify {
		user.Email = previous.Email
	}
	user.UpdateAt = model.GetMillis()
	if _, err := s.db.Exec(`UPDATE users SET username = $2, email = $3::text, emailverified = emailverified AND email = $3::text, updateat = $4 WHERE id = $1`,
		user.Id, user.Username, user.Email, user.UpdateAt); err != nil {
		return nil, model.NewAppError("UpdateUser", "app.user.save.username_exists.app_error", nil, "", 400)
	}
	delete(s.users, user.Id)
	if s.rereads > 0 {
		s.rereads--
		_, _ = s.GetUser(user.Id)
	}
	return user, nil
}

// newCachingServer has the accounts mina and jun, with mina's copy in the cache.
func newCachingServer(t *testing.T) *cachingServer {
	t.Helper()
	server := &cachingServer{userMemory: userMemory{users: map[string]*model.User{}}, db: openDatabase(t)}
	execute(t, server.db, `INSERT INTO users (id, username, email, emailverified, updateat) VALUES
		('a', 'mina', 'mina@example.com', true, 1), ('b', 'jun', 'Jun@example.com', true, 1)`)
	_, err := server.GetUser("a")
	require.Nil(t, err)
	return server
}

func (s *cachingServer) patch(t *testing.T, fields string) writeResult {
	t.Helper()
	answer, err := NewAccounts(s, s.db).Update(t.Context(), WriteOptions{}, json.RawMessage(`{"accounts":[{"account_id":"a","fields":`+fields+`}]}`))
	require.NoError(t, err)
	return answer.(writeResults).Results[0]
}

// assertMina checks the table and what the server returns for the account.
func (s *cachingServer) assertMina(t *testing.T, username, email string) {
	t.Helper()
	cached, err := s.GetUser("a")
	require.Nil(t, err)
	stored := model.User{Id: "a"}
	require.NoError(t, s.db.QueryRow(`SELECT username, email, emailverified, updateat FROM users WHERE id = 'a'`).
		Scan(&stored.Username, &stored.Email, &stored.EmailVerified, &stored.UpdateAt))
	assert.Equal(t, []any{username, email, true}, []any{stored.Username, stored.Email, stored.EmailVerified})
	assert.Equal(t, stored, *cached)
}

func TestChangeOfAddress(t *testing.T) {
	for name, requiresVerify := range map[string]bool{"an ordinary server": false, "a server that requires verification": true} {
		t.Run("is verified on "+name, func(t *testing.T) {
			server := newCachingServer(t)
			server.requiresVerify = requiresVerify
			result := server.patch(t, `{"email":"mina.lee@example.com","username":"mina.lee"}`)
			require.Nil(t, result.Facts)
			server.assertMina(t, "mina.lee", "mina.lee@example.com")
			stored, err := server.GetUser("a")
			require.Nil(t, err)
			assert.Equal(t, stored.UpdateAt, result.UpdatedAt)
		})
		t.Run("survives an old copy in the cache of "+name, func(t *testing.T) {
			server := newCachingServer(t)
			server.requiresVerify = requiresVerify
			server.rereads = 2
			require.Nil(t, server.patch(t, `{"email":"mina.lee@example.com"}`).Facts)
			server.assertMina(t, "mina", "mina.lee@example.com")
		})
	}
	t.Run("ends when the cache never lets go", func(t *testing.T) {
		server := newCachingServer(t)
		server.rereads = 100
		assert.Equal(t, "internal", server.patch(t, `{"email":"mina.lee@example.com"}`).Facts.Code)
	})
	t.Run("takes no address from another account", func(t *testing.T) {
		server := newCachingServer(t)
		assert.Equal(t, "app.user.save.email_exists.app_error", server.patch(t, `{"email":"jun@example.com"}`).Facts.Code)
		server.assertMina(t, "mina", "mina@example.com")
	})
	t.Run("waits for the username", func(t *testing.T) {
		server := newCachingServer(t)
		assert.Equal(t, "app.user.save.username_exists.app_error", server.patch(t, `{"email":"mina.lee@example.com","username":"jun"}`).Facts.Code)
		server.assertMina(t, "mina", "mina@example.com")
	})
	t.Run("keeps to the domains that the server allows", func(t *testing.T) {
		server := newCachingServer(t)
		server.domains = "@example.com, corp.example"
		assert.Equal(t, "api.user.update_user.accepted_domain.app_error", server.patch(t, `{"email":"mina@other.example"}`).Facts.Code)
		assert.Nil(t, server.patch(t, `{"email":"mina@corp.example"}`).Facts)
		server.assertMina(t, "mina", "mina@corp.example")
	})
}
