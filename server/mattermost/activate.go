package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
)

// SetActive takes {"account_ids": string[], "active": bool} and returns {"results": [{account_id, delete_at, facts}]} in the
// same order. Deactivation ends all sessions of the account (app.UpdateActive). Once the server reaches its user limit, the
// remaining accounts get the same facts without another request.
func (a *Accounts) SetActive(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	var request struct {
		AccountIDs []string `json:"account_ids"`
		Active     bool     `json:"active"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("accounts to activate or deactivate: %w", err)
	}
	return writeAll(ctx, request.AccountIDs, options, isUserLimit, func(accountID string) writeResult {
		return a.setActive(accountID, request.Active)
	}), nil
}

// setActive skips an account that already has this state: a second deactivation would change its time, by which the sync
// recognizes its own deactivations.
func (a *Accounts) setActive(accountID string, active bool) writeResult {
	user, err := a.api.GetUser(accountID)
	if err != nil {
		return writeResult{Facts: factsOf(err)}
	}
	if (user.DeleteAt == 0) == active {
		return writeResult{AccountID: accountID, UpdatedAt: user.UpdateAt, DeleteAt: user.DeleteAt}
	}
	if err := a.api.UpdateUserActive(accountID, active); err != nil {
		return writeResult{Facts: factsOf(err)}
	}
	if user, err = a.api.GetUser(accountID); err != nil {
		return writeResult{Facts: factsOf(err)}
	}
	return writeResult{AccountID: accountID, UpdatedAt: user.UpdateAt, DeleteAt: user.DeleteAt}
}
