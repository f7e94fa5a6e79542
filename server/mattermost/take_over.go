package mattermost

import (
	"context"
	_ "embed"
	"encoding/json"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

var (
	//go:embed account_tokens.sql
	accountTokens string

	//go:embed forget_tokens.sql
	forgetTokens string

	//go:embed forget_grants.sql
	forgetGrants string
)

// takeOver shuts out the user of an account that goes to another user. The account has no password afterwards: its new user
// requests one by email, or signs in through the service. The password comes first, so that no new session begins meanwhile.
//
// UpdateUserAuth with unchanged sign-in data empties the password and clears the server's cache of accounts (app/user.go); no
// other call of the plugin API writes a password, and an empty one never signs in (app/authentication.go).
func (a *Accounts) takeOver(ctx context.Context, user *model.User) *fault.Facts {
	if _, err := a.api.UpdateUserAuth(user.Id, &model.UserAuth{AuthService: user.AuthService, AuthData: user.AuthData}); err != nil {
		return factsOf(err)
	}
	if a.forget(ctx, forgetTokens, user.Id) != nil {
		return databaseFacts()
	}
	answer, err := a.queryJSON(ctx, accountTokens, user.Id)
	if err != nil {
		return databaseFacts()
	}
	var open struct {
		Sessions     []string `json:"sessions"`
		AccessTokens []string `json:"access_tokens"`
	}
	if json.Unmarshal(answer, &open) != nil {
		return databaseFacts()
	}
	for _, id := range open.AccessTokens {
		if err := a.api.RevokeUserAccessToken(id); err != nil {
			return factsOf(err)
		}
	}
	if facts := a.endSessions(open.Sessions); facts != nil {
		return facts
	}
	if a.forget(ctx, forgetGrants, user.Id) != nil {
		return databaseFacts()
	}
	return nil
}

// forget runs a statement that removes tokens and returns how many.
func (a *Accounts) forget(ctx context.Context, statement, userID string) error {
	var removed int
	return a.db.QueryRowContext(ctx, statement, userID).Scan(&removed)
}

// endSessions leaves out those that have ended with their access tokens.
func (a *Accounts) endSessions(ids []string) *fault.Facts {
	for _, id := range ids {
		if _, err := a.api.GetSession(id); err != nil {
			continue
		}
		if err := a.api.RevokeSession(id); err != nil {
			return factsOf(err)
		}
	}
	return nil
}

func databaseFacts() *fault.Facts {
	facts := fault.HostFacts(fault.DatabaseFailed)
	return &facts
}
