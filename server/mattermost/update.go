package mattermost

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"
)

type accountPatch struct {
	AccountID string `json:"account_id"`
	Fields    struct {
		Nickname  *string `json:"nickname"`
		FirstName *string `json:"first_name"`
		LastName  *string `json:"last_name"`
		Position  *string `json:"position"`
	} `json:"fields"`
}

// Update takes {"accounts": AccountPatch[]} and returns {"results": [{account_id, facts}]} in the same order.
func (a *Accounts) Update(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	var request struct {
		Accounts []accountPatch `json:"accounts"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("account patches: %w", err)
	}
	never := func(Facts) bool { return false }
	return writeAll(ctx, request.Accounts, options.Concurrency, never, a.update), nil
}

// update reads the account just before it writes: the server replaces the whole account, and whatever its owner has
// changed since the plan was made must stay.
func (a *Accounts) update(patch accountPatch) writeResult {
	user, err := a.api.GetUser(patch.AccountID)
	if err != nil {
		return writeResult{Facts: factsOf(err)}
	}
	if patch.apply(user) {
		if _, err := a.api.UpdateUser(user); err != nil {
			return writeResult{Facts: factsOf(err)}
		}
	}
	return writeResult{AccountID: patch.AccountID}
}

// apply sets the named fields and tells whether any of them differed.
func (p accountPatch) apply(user *model.User) bool {
	changed := false
	set := func(field *string, value *string) {
		if value != nil && *field != *value {
			*field = *value
			changed = true
		}
	}
	set(&user.Nickname, p.Fields.Nickname)
	set(&user.FirstName, p.Fields.FirstName)
	set(&user.LastName, p.Fields.LastName)
	set(&user.Position, p.Fields.Position)
	return changed
}
