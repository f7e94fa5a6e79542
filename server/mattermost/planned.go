package mattermost

import (
	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// plannedAccount names an account that is written, and what it was when the sync logic decided that (PlannedAccount in
// webapp/src/sync/types.ts). What is left out is not compared.
type plannedAccount struct {
	AccountID string `json:"account_id"`
	Planned   struct {
		Roles         *string `json:"roles"`
		IsBot         *bool   `json:"is_bot"`
		IsRemote      *bool   `json:"is_remote"`
		AuthService   *string `json:"auth_service"`
		Email         *string `json:"email"`
		EmailVerified *bool   `json:"email_verified"`
	} `json:"planned"`
}

// readPlanned reads the account just before it is written. It returns facts if it is no longer what was planned: a member may
// have become an administrator since, and then the change needs an approval.
func (a *Accounts) readPlanned(account plannedAccount) (*model.User, *fault.Facts) {
	user, err := a.api.GetUser(account.AccountID)
	if err != nil {
		return nil, factsOf(err)
	}
	planned := account.Planned
	if isOther(planned.Roles, user.Roles) || isOther(planned.IsBot, user.IsBot) || isOther(planned.IsRemote, user.IsRemote()) ||
		isOther(planned.AuthService, user.AuthService) || isOther(planned.Email, user.Email) || isOther(planned.EmailVerified, user.EmailVerified) {
		facts := fault.HostFacts(fault.AccountChanged)
		return nil, &facts
	}
	return user, nil
}

func isOther[T comparable](planned *T, now T) bool {
	return planned != nil && *planned != now
}
