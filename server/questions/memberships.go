package questions

import (
	"context"
	"encoding/json"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

// explaining are the ports that the sync logic may use to explain the memberships of a user. They only read.
var explaining = []string{
	"directory.find", "directory.list_groups", "directory.read_user_groups", "directory.read_nested_groups", "accounts.find",
	"memberships.accounts", "memberships.created", "memberships.targets", "memberships.present", "memberships.ledger", "state.read",
}

// ExplainMemberships returns why a user is in the teams and channels of the rules, or is not (Explanation in docs/openapi.yaml), with the
// fault of what could not be read. It returns *job.Refusal if the user is not known, or the settings name no directory.
func (q *Questions) ExplainMemberships(ctx context.Context, user string) (explanation map[string]json.RawMessage, err error) {
	settings := q.Config.Current()
	if settings.DirectoryErr != nil && len(settings.Faults) > 0 {
		return nil, job.Refuse(settings.Faults[0])
	}
	tenantID, err := q.Store.TenantOf(ctx, settings.TenantID)
	if err != nil {
		return nil, &fault.Error{Code: fault.DatabaseFailed, Cause: err}
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	all := ports.New(ports.Run{
		Tenant: &ports.Tenant{ID: tenantID}, Directory: settings.Client(), Accounts: q.Accounts, Memberships: q.Memberships, History: q.Store, Log: q.Log, Reading: ctx,
	})
	bound := engine.Ports{}
	for _, name := range explaining {
		bound[name] = all[name]
	}
	var answer struct {
		Explanation map[string]json.RawMessage `json:"explanation"`
		Fault       json.RawMessage            `json:"fault"`
	}
	if err := q.Engine.Call(ctx, "explain_user", bound, map[string]string{"user": user, "policy": settings.Policy}, &answer); err != nil {
		return nil, err
	}
	if answer.Explanation == nil {
		return nil, job.Refuse(answer.Fault)
	}
	return answer.Explanation, nil
}
