package mattermost

import (
	"net/http"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// changeAuthData gives an account of single sign-on the ID that the service will send for its user. The account stays with its
// service. The server (UpdateAuthData in user_store.go) also empties the password, which such an account does not have, and sets
// the time of the last change of the password. Sessions, the verified address, and MFA stay as they are.
func (a *Accounts) changeAuthData(user *model.User, data string) *fault.Facts {
	if user.AuthService == "" {
		return &fault.Facts{Origin: fault.OriginMattermost, Status: http.StatusBadRequest, Code: "entrasync.account_with_password"}
	}
	if _, err := a.api.UpdateUserAuth(user.Id, &model.UserAuth{AuthService: user.AuthService, AuthData: &data}); err != nil {
		return factsOf(err)
	}
	user.AuthData = &data
	return nil
}
