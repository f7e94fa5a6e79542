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

// emailTries is how often an address is written before the server's cache is given up on.
const emailTries = 3

// changeEmail gives the account a verified address: the directory vouches for it.
//
// The server's own way of changing an address does not do that. UpdateUser (app/user.go) marks the new address as unverified;
// where the server requires verification it keeps the old one and mails a link at each try; and for accounts of an OAuth
// service it keeps the old one silently (UserStore.Update). So the address is written as VerifyUserEmail would write it, which
// plugins cannot reach. Nothing empties the server's cache of accounts after that, and a cached copy would be written back by
// whatever changes the account next; hence UpdateUser before, which empties it, and a look afterwards whether somebody
// has filled it again meanwhile.
func (a *Accounts) changeEmail(ctx context.Context, user *model.User, email string) (*model.User, *fault.Facts) {
	if !isAllowedDomain(email, value(a.api.GetConfig().TeamSettings.RestrictCreationToDomains)) {
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
