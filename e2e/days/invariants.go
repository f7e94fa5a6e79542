package days

import (
	"context"
	"fmt"
	"strings"
)

// What must be true after every run, whatever the oracle says. Each statement counts or names what must not be.
var invariants = map[string]string{
	"a directory user has two active accounts": `SELECT count(*) FROM (
		SELECT object_id FROM entrasync_links JOIN users ON users.id = account_id WHERE deleteat = 0 GROUP BY object_id HAVING count(*) > 1) AS doubles`,
	"an account has a placeholder address or username": `SELECT count(*) FROM users WHERE email LIKE 'entrasync-%' OR username LIKE 'entrasync-%'`,
	"a run is left running":                            `SELECT count(*) FROM entrasync_runs WHERE state = 'running'`,
}

// secrets are where the client secret must not be.
const secrets = `SELECT (SELECT count(*) FROM entrasync_runs AS r WHERE r::text LIKE $1) + (SELECT count(*) FROM entrasync_changes AS c WHERE c::text LIKE $1)
	+ (SELECT count(*) FROM entrasync_state AS s WHERE s::text LIKE $1)`

// access counts the sessions and the passwords of an account.
const access = `SELECT (SELECT count(*) FROM sessions WHERE userid = $1) + (SELECT count(*) FROM users WHERE id = $1 AND password <> '')`

func (p *play) mustBeNone(ctx context.Context, what, query string, args ...any) error {
	var count int
	if err := p.stage.Postgres.DB.QueryRowContext(ctx, query, args...).Scan(&count); err != nil {
		return err
	}
	if count > 0 {
		return fmt.Errorf("%s: %d", what, count)
	}
	return nil
}

// checkInvariants compares the accounts before and after a run, without the oracle's prediction. `named` are the users of whom an
// administrator has approved a change by name.
func (p *play) checkInvariants(ctx context.Context, before, after []row, named map[string]bool) error {
	for what, query := range invariants {
		if err := p.mustBeNone(ctx, what, query); err != nil {
			return err
		}
	}
	for _, each := range p.oracle.accounts {
		if !each.isTaken {
			continue
		}
		if err := p.mustBeNone(ctx, "the former user can still use the account "+each.email, access, each.id); err != nil {
			return err
		}
	}
	if err := p.mustBeNone(ctx, "the client secret is in the plugin's tables", secrets, "%"+p.stage.Tenant.ClientSecret+"%"); err != nil {
		return err
	}
	now := map[string]row{}
	for _, each := range after {
		now[each.ID] = each
	}
	for _, was := range before {
		if fault := p.wrongStep(was, now[was.ID], named); fault != "" {
			return fmt.Errorf("%s: %v is now %v", fault, was.shape(), now[was.ID].shape())
		}
	}
	return nil
}

// wrongStep says what no run may have done to an account, or "".
func (p *play) wrongStep(was, now row, named map[string]bool) string {
	owner := textOf(now.ObjectID)
	isChanged := was.Email != now.Email || was.Username != now.Username || textOf(was.ObjectID) != owner || was.DeleteAt != 0 && now.DeleteAt == 0
	isPowerful := strings.TrimSpace(was.Roles) != "system_user" || was.Email == receptionMail
	if isPowerful && isChanged && !named[owner] {
		return "an account with power changed without an approval of that very change"
	}
	gone := was.DeleteAt == 0 && now.DeleteAt != 0
	if who := find(p.company.people, owner); gone && who != nil && who.place == inDirectory && who.isEnabled && isInScope(who) {
		return "the account of a user who is in the directory, enabled, and in scope was deactivated"
	}
	return ""
}
