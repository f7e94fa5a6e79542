package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// userLimitIDs are the errors of a server that has reached its user limit, for new and returning users: without a license, and
// with all seats in use.
var userLimitIDs = []string{
	"api.user.create_user.user_limits.exceeded",
	"api.user.create_user.license_user_limits.exceeded",
	"app.user.update_active.user_limit.exceeded",
	"app.user.update_active.license_user_limit.exceeded",
}

type newAccount struct {
	Username  string `json:"username"`
	Email     string `json:"email"`
	Nickname  string `json:"nickname"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Position  string `json:"position"`
	Locale    string `json:"locale"`

	// Timezone is '' for that of the user's device.
	Timezone   string           `json:"timezone"`
	Attributes []attributeValue `json:"attributes"`
	SignIn     struct {
		Method   string `json:"method"`
		Service  string `json:"service"`
		AuthData string `json:"auth_data"`
	} `json:"sign_in"`
}

// Create takes {"accounts": NewAccount[]} and returns {"results": [{account_id, updated_at, facts}]} in the same order. Once
// the server reaches its user limit, the remaining accounts get the same facts without another request.
func (a *Accounts) Create(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	var request struct {
		Accounts []newAccount `json:"accounts"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("new accounts: %w", err)
	}
	rules := a.api.GetConfig().PasswordSettings
	return writeAll(ctx, request.Accounts, options, isUserLimit, func(account newAccount) writeResult {
		return a.create(account, options.InitialPassword, rules)
	}), nil
}

func (a *Accounts) create(account newAccount, initialPassword string, rules model.PasswordSettings) writeResult {
	user, facts := account.user(initialPassword, rules)
	if facts != nil {
		return writeResult{Facts: facts}
	}
	created, err := a.api.CreateUser(user)
	if err != nil {
		return writeResult{Facts: factsOf(err)}
	}
	result := writeResult{AccountID: created.Id, UpdatedAt: created.UpdateAt, Facts: a.writeAttributes(created.Id, account.Attributes)}
	// The server marks the address as verified after it has made the answer, so the answer's time of change is too old.
	if stored, err := a.api.GetUser(created.Id); err == nil {
		result.UpdatedAt = stored.UpdateAt
	}
	return result
}

// user returns the account as the server takes it. The email address comes from the directory, so it counts as verified.
func (n newAccount) user(initialPassword string, rules model.PasswordSettings) (*model.User, *fault.Facts) {
	user := &model.User{
		Username:      n.Username,
		Email:         n.Email,
		EmailVerified: true,
		Nickname:      n.Nickname,
		FirstName:     n.FirstName,
		LastName:      n.LastName,
		Position:      n.Position,
		Locale:        n.Locale,
	}
	if n.Timezone != "" {
		setTimezone(user, n.Timezone)
	}
	var facts fault.Facts
	switch {
	case n.SignIn.Method == names.SignInRandomPassword:
		user.Password = randomPassword(rules)
	case n.SignIn.Method == names.SignInInitialPassword && initialPassword != "":
		user.Password = initialPassword
	case n.SignIn.Method == names.SignInInitialPassword:
		facts = fault.HostFacts(fault.SettingMissing)
		return nil, &facts
	case n.SignIn.Method == names.SignInSingleSignOn && n.SignIn.Service != "" && n.SignIn.AuthData != "":
		user.AuthService = n.SignIn.Service
		user.AuthData = &n.SignIn.AuthData
	default:
		facts = fault.HostFacts(fault.RequestInvalid)
		return nil, &facts
	}
	return user, nil
}

func isUserLimit(facts fault.Facts) bool {
	return slices.Contains(userLimitIDs, facts.Code)
}
