package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

type accountPatch struct {
	plannedAccount
	Fields struct {
		Username  *string `json:"username"`
		Email     *string `json:"email"`
		AuthData  *string `json:"auth_data"`
		Nickname  *string `json:"nickname"`
		FirstName *string `json:"first_name"`
		LastName  *string `json:"last_name"`
		Position  *string `json:"position"`
		Locale    *string `json:"locale"`
		Timezone  *string `json:"timezone"`
	} `json:"fields"`
	Attributes []attributeValue `json:"attributes"`

	// TakesOver ends the account's sessions and tokens and replaces its password first.
	TakesOver bool `json:"takes_over"`
}

// Update takes {"accounts": AccountPatch[]} and returns {"results": [{account_id, updated_at, facts}]} in the same order.
func (a *Accounts) Update(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	var request struct {
		Accounts []accountPatch `json:"accounts"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("account patches: %w", err)
	}
	never := func(fault.Facts) bool { return false }
	return writeAll(ctx, request.Accounts, options, never, func(patch accountPatch) writeResult {
		return a.update(ctx, patch)
	}), nil
}

// update reads the account just before it writes: the server replaces the whole account, and whatever the user has changed
// since the plan was made must stay.
func (a *Accounts) update(ctx context.Context, patch accountPatch) writeResult {
	user, facts := a.readPlanned(patch.plannedAccount)
	if facts != nil {
		return writeResult{Facts: facts}
	}
	if patch.TakesOver {
		if facts := a.takeOver(ctx, user); facts != nil {
			return writeResult{Facts: facts}
		}
	}
	changed := patch.apply(user)
	if email := patch.Fields.Email; email != nil && *email != user.Email {
		if user, facts = a.changeEmail(ctx, user, *email); facts != nil {
			return writeResult{Facts: facts}
		}
		changed = true // notifies the clients of the new address
	}
	if data := patch.Fields.AuthData; data != nil && *data != value(user.AuthData) {
		if facts := a.changeAuthData(user, *data); facts != nil {
			return writeResult{Facts: facts}
		}
		changed = true // returns the time of the change, and notifies the clients
	}
	if changed {
		var err *model.AppError
		if user, err = a.api.UpdateUser(user); err != nil {
			return writeResult{Facts: factsOf(err)}
		}
	}
	return writeResult{AccountID: patch.AccountID, UpdatedAt: user.UpdateAt, Facts: a.writeAttributes(patch.AccountID, patch.Attributes)}
}

// apply sets the named fields except the address, and reports whether any of them differed.
func (p accountPatch) apply(user *model.User) bool {
	changed := false
	set := func(field *string, value *string) {
		if value != nil && *field != *value {
			*field = *value
			changed = true
		}
	}
	set(&user.Username, p.Fields.Username)
	set(&user.Nickname, p.Fields.Nickname)
	set(&user.FirstName, p.Fields.FirstName)
	set(&user.LastName, p.Fields.LastName)
	set(&user.Position, p.Fields.Position)
	set(&user.Locale, p.Fields.Locale)
	if zone := p.Fields.Timezone; zone != nil {
		changed = setTimezone(user, *zone) || changed
	}
	return changed
}

// setTimezone sets the time zone of the account as its user would in the settings, and reports whether it differed. The zone
// that the user's device reported last is kept.
func setTimezone(user *model.User, zone string) bool {
	chosen := model.StringMap{"automaticTimezone": user.Timezone["automaticTimezone"], "manualTimezone": zone, "useAutomaticTimezone": "false"}
	if maps.Equal(user.Timezone, chosen) {
		return false
	}
	user.Timezone = chosen
	return true
}
