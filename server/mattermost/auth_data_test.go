package mattermost

import (
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSignInDataIsWrittenToAccountsOfSingleSignOnOnly(t *testing.T) {
	server := &userMemory{users: map[string]*model.User{
		"saml":  {Id: "saml", AuthService: "saml", AuthData: model.NewPointer("old@example.com")},
		"other": {Id: "other", AuthService: "saml", AuthData: model.NewPointer("taken@example.com")},
		"local": {Id: "local"},
	}}
	write := func(id, data string) writeResult {
		answer, err := NewAccounts(server, nil).Update(t.Context(), WriteOptions{}, json.RawMessage(`{"accounts":[{"account_id":"`+id+`","fields":{"auth_data":"`+data+`"}}]}`))
		require.NoError(t, err)
		return answer.(writeResults).Results[0]
	}

	assert.Nil(t, write("saml", "new@example.com").Facts)
	assert.Equal(t, []string{"saml", "new@example.com"}, []string{server.users["saml"].AuthService, *server.users["saml"].AuthData})
	assert.Equal(t, "app.user.update_auth_data.email_exists.app_error", write("saml", "taken@example.com").Facts.Code)
	assert.Equal(t, "entrasync.account_with_password", write("local", "new2@example.com").Facts.Code)
	assert.Empty(t, server.users["local"].AuthService)
}
