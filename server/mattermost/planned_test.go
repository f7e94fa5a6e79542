package mattermost

import (
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func (m *userMemory) RevokeUserAccessToken(tokenID string) *model.AppError {
	m.ended = append(m.ended, tokenID)
	return nil
}

func (m *userMemory) GetSession(sessionID string) (*model.Session, *model.AppError) {
	if sessionID == "ended-with-its-token" {
		return nil, model.NewAppError("GetSession", "app.session.get.app_error", nil, "", 400)
	}
	return &model.Session{Id: sessionID}, nil
}

func (m *userMemory) RevokeSession(sessionID string) *model.AppError {
	m.ended = append(m.ended, sessionID)
	return nil
}

func TestAnAccountThatIsNoLongerAsPlannedIsNotWritten(t *testing.T) {
	remote := "another-server"
	now := &model.User{Id: "a", Username: "mina", Email: "mina@example.com", EmailVerified: true, Roles: "system_user"}
	same := `{"roles":"system_user","is_bot":false,"is_remote":false,"auth_service":"","email":"mina@example.com","email_verified":true}`
	for name, change := range map[string]func(*model.User){
		"promoted":       func(user *model.User) { user.Roles = "system_user system_admin" },
		"a bot":          func(user *model.User) { user.IsBot = true },
		"remote":         func(user *model.User) { user.RemoteId = &remote },
		"another method": func(user *model.User) { user.AuthService = "saml" },
		"another email":  func(user *model.User) { user.Email = "other@example.com" },
		"unverified":     func(user *model.User) { user.EmailVerified = false },
		"":               func(*model.User) {},
	} {
		users := newUserMemory()
		users.users["a"] = now.DeepCopy()
		change(users.users["a"])
		before := users.users["a"].DeepCopy()
		results := update(t, users, `[{"account_id":"a","fields":{"nickname":"Mina"},"planned":`+same+`}]`)
		answer, err := NewAccounts(users, nil).SetActive(t.Context(), WriteOptions{}, json.RawMessage(`{"accounts":[{"account_id":"a","planned":`+same+`}],"active":false}`))
		require.NoError(t, err)
		results = append(results, answer.(writeResults).Results...)
		if name == "" {
			assert.Equal(t, "Mina", users.users["a"].Nickname)
			assert.NotZero(t, users.users["a"].DeleteAt)
			continue
		}
		assert.Equal(t, before, users.users["a"], name)
		facts := fault.HostFacts(fault.AccountChanged)
		assert.Equal(t, []writeResult{{Facts: &facts}, {Facts: &facts}}, results, name)
	}
}

func TestAnAccountThatGoesToAnotherUserIsLeftWithoutPasswordSessionsAndTokens(t *testing.T) {
	db := openDatabase(t)
	execute(t, db, `INSERT INTO sessions VALUES ('s1', 'a'), ('ended-with-its-token', 'a'), ('s2', 'b')`)
	execute(t, db, `INSERT INTO useraccesstokens VALUES ('t1', 'a'), ('t2', 'b')`)
	execute(t, db, `INSERT INTO tokens VALUES ('m1', 'password_recovery', '{"UserId":"a"}'), ('m2', 'verify_email', '{"UserId":"a"}'),
		('m3', 'verify_email', '{"UserId":"b"}'), ('m4', 'team_invitation', '{"UserId":"a"}')`)
	execute(t, db, `INSERT INTO oauthauthdata VALUES ('c1', 'a'), ('c2', 'b')`)
	execute(t, db, `INSERT INTO oauthaccessdata VALUES ('g1', 'a'), ('g2', 'b')`)
	users := newUserMemory()
	users.users["a"] = &model.User{Id: "a", AuthService: "saml"}
	answer, err := NewAccounts(users, db).Update(t.Context(), WriteOptions{}, json.RawMessage(`{"accounts":[{"account_id":"a","fields":{},"takes_over":true}]}`))
	require.NoError(t, err)
	assert.Nil(t, answer.(writeResults).Results[0].Facts)
	assert.Equal(t, []string{"password a saml", "t1", "s1"}, users.ended)
	var left string
	require.NoError(t, db.QueryRow(`SELECT concat_ws(' ', (SELECT string_agg(token, ' ' ORDER BY token) FROM tokens),
		(SELECT string_agg(code, ' ') FROM oauthauthdata), (SELECT string_agg(token, ' ') FROM oauthaccessdata))`).Scan(&left))
	assert.Equal(t, "m3 m4 c2 g2", left)
}
