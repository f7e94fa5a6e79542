package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
)

// SetActive takes {"accounts": ActivatedAccount[], "active": bool} and returns {"results": [{account_id, delete_at, facts}]} in the
// same order. Deactivation ends all sessions of the account (app.UpdateActive). Once the server reaches its user limit, the
// remaining accounts get the same facts without another request.
func (a *Accounts) SetActive(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	var request struct {
		Accounts []plannedAccount `json:"accounts"`
		Active   bool             `json:"active"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("accounts to activate or deactivate: %w", err)
	}
	return writeAll(ctx, request.Accounts, options, isUserLimit, func(account plannedAccount) writeResult {
		return a.setActive(account, request.Active)
	}), nil
}

// setActive skips an account that already has this state: a second deactivation would change its time, by which the sync
// recognizes its own deactivations.
func (a *Accounts) setActive(account plannedAccount, active bool) writeResult {
	accountID := account.AccountID
	user, facts := a.readPlanned(account)
	if facts != nil {
		return writeResult{Facts: facts}
	}
	if (user.DeleteAt == 0) == active {
		return writeResult{AccountID: accountID, UpdatedAt: user.UpdateAt, DeleteAt: user.DeleteAt}
	}
	if err := a.api.UpdateUserActive(accountID, active); err != nil {
		return writeResult{Facts: factsOf(err)}
	}
	user, err := a.api.GetUser(accountID)
	if err != nil {
		return writeResult{Facts: factsOf(err)}
	}
	return writeResult{AccountID: accountID, UpdatedAt: user.UpdateAt, DeleteAt: user.DeleteAt}
}
