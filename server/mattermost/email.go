package mattermost

import (
	"context"
	_ "embed"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

//go:embed change_email.sql
var changeEmail string

// emailTries is how often an address is written while the server's cache keeps returning the old one.
const emailTries = 3

// changeEmail gives the account a verified address, because the address comes from the directory.
//
// The server's own function does not do that. UpdateUser (app/user.go) marks the new address as unverified. If the server
// requires verification, it keeps the old address and mails a link at each try. For accounts of an OAuth service, it keeps the
// old address silently (UserStore.Update). So the address is written as VerifyUserEmail would write it, which plugins cannot
// call. Nothing clears the server's cache of accounts after that, and the next change of the account would write a cached copy
// back. So UpdateUser, which clears the cache, is called first, and afterwards a check finds out whether the cache was filled
// again in between.
func (a *Accounts) changeEmail(ctx context.Context, user *model.User, email string) (*model.User, *fault.Facts) {
	if refusesDomain(user, email, a.api.GetConfig()) {
		return nil, &fault.Facts{Origin: fault.OriginMattermost, Status: 400, Code: "api.user.update_user.accepted_domain.app_error"}
	}
	for range emailTries {
		if _, err := a.api.UpdateUser(user); err != nil {
			return nil, factsOf(err)
		}
		var changed int
		if err := a.db.QueryRowContext(ctx, changeEmail, user.Id, email, model.GetMillis()).Scan(&changed); err != nil {
			facts := fault.HostFacts(fault.DatabaseFailed)
			return nil, &facts
		}
		if changed == 0 {
			return nil, &fault.Facts{Origin: fault.OriginMattermost, Status: 400, Code: "app.user.save.email_exists.app_error"}
		}
		fresh, err := a.api.GetUser(user.Id)
		if err != nil {
			return nil, factsOf(err)
		}
		if fresh.Email == email {
			return fresh, nil
		}
		user = fresh
	}
	facts := fault.HostFacts(fault.Internal)
	facts.Message = "the server keeps an old copy of the account"
	return nil, &facts
}

// refusesDomain is the server's own rule for a changed address (app.UpdateUser): guests have a list of their own, and accounts that
// LDAP or SAML manages have none.
func refusesDomain(user *model.User, email string, config *model.Config) bool {
	domains := config.TeamSettings.RestrictCreationToDomains
	if user.IsGuest() {
		domains = config.GuestAccountsSettings.RestrictCreationToDomains
	}
	return !user.IsLDAPUser() && !user.IsSAMLUser() && !isAllowedDomain(email, value(domains))
}

// isAllowedDomain is the server's own rule for RestrictCreationToDomains (app/users/utils.go, CheckEmailDomain).
func isAllowedDomain(email, domains string) bool {
	if domains == "" {
		return true
	}
	allowed := strings.Fields(strings.NewReplacer("@", " ", ",", " ").Replace(strings.ToLower(domains)))
	for _, domain := range allowed {
		if strings.HasSuffix(strings.ToLower(email), "@"+domain) {
			return true
		}
	}
	return false
}
