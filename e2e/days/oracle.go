package days

import (
	"slices"
	"strings"
)

// The limits of docs/policy.md that the play comes near.
const (
	maxName, maxPosition = 64, 128

	missingReads  = 2
	guardCount    = 5
	guardPercent  = 5
	shrunkPercent = 50
)

// policy is what the play runs with. The oracle knows it by heart.
func policy(signIn string) map[string]any {
	method := map[string]any{"method": "random_password"}
	if signIn != "" {
		method = map[string]any{"method": "single_sign_on", "service": signIn}
	}
	outside := map[string]any{"attribute": "department", "operator": "equals", "value": outsideDepartment}
	return map[string]any{
		"version": 1,
		"scope": map[string]any{
			"everyone": true,
			"deny":     map[string]any{"display_name_contains": []string{outsideMark}},
			"rules":    []any{map[string]any{"name": "Not outside", "effect": "deny", "when": outside}},
		},
		"mapping":   map[string]any{"position": map[string]any{"sources": []string{"{jobTitle}, {department}", "jobTitle"}}},
		"accounts":  map[string]any{"sign_in": method},
		"lifecycle": map[string]any{"protected": []string{receptionMail}},
	}
}

// isWanted is the policy's scope.
func isWanted(p *person) bool {
	return !p.isGuest && p.department.clean != outsideDepartment && !strings.Contains(p.display.clean, outsideMark)
}

// account is a Mattermost account as it should be.
type account struct {
	id       string // Mattermost's; "" until the account was seen
	owner    string // the object id to which it is linked, "" for none
	signIn   string // the service, "" for a password
	authData string

	email, username, locale         string
	nickname, first, last, position string
	isActive, isOffBySync, isAdmin  bool
	absences                        int // complete reads in a row without the owner, while the account could be taken
}

// oracle says what the accounts should be. It keeps a plain list of accounts and goes through it again and again.
type oracle struct {
	signIn   string // of new accounts: the service, "" for a password
	accounts []*account

	// What the last run held back.
	heldLeavers []*account
	heldMoves   map[*account]string
}

// prediction is what a run should say of itself.
type prediction struct {
	state                                      string
	created, updated, reactivated, deactivated int
}

// isSettled: a run may still take the account of somebody who is missing for the second time.
func (p prediction) isSettled() bool {
	return p.created+p.updated+p.reactivated == 0
}

func (o *oracle) ofOwner(objectID string) *account {
	for _, each := range o.accounts {
		if each.owner == objectID {
			return each
		}
	}
	return nil
}

func (o *oracle) ofEmail(email string) *account {
	for _, each := range o.accounts {
		if each.email == email {
			return each
		}
	}
	return nil
}

func (o *oracle) ofAuthData(objectID string) *account {
	for _, each := range o.accounts {
		if o.signIn != "" && each.signIn == o.signIn && each.authData == objectID {
			return each
		}
	}
	return nil
}

func (o *oracle) countLinked() (count int) {
	for _, each := range o.accounts {
		if each.owner != "" && each.isActive {
			count++
		}
	}
	return count
}

// clone is for asking what one more run would do.
func (o *oracle) clone() *oracle {
	copied := &oracle{signIn: o.signIn}
	for _, each := range o.accounts {
		twin := *each
		copied.accounts = append(copied.accounts, &twin)
	}
	return copied
}

// addresses are those of all accounts, for haveMoved.
func (o *oracle) addresses() map[*account]string {
	addresses := map[*account]string{}
	for _, each := range o.accounts {
		addresses[each] = each.email
	}
	return addresses
}

func (o *oracle) haveMoved(before map[*account]string) bool {
	for each, email := range before {
		if each.email != email {
			return true
		}
	}
	return false
}

// held says what the oracle thinks was held back.
func (o *oracle) held() (lines []string) {
	for _, each := range o.heldLeavers {
		lines = append(lines, "should be held: the departure of "+each.email)
	}
	for each, address := range o.heldMoves {
		lines = append(lines, "should be held: the move of "+each.email+" to "+address)
	}
	return lines
}

// hasAddress tells whether Mattermost could send mail there.
func hasAddress(p *person) bool { return !strings.Contains(p.email(), " ") }

// mayHaveAccount tells whether a person who is in the directory should have an active account.
func mayHaveAccount(p *person) bool { return p.isEnabled && isWanted(p) }

// isShared tells whether several people who may have accounts have that address: nothing is guessed then.
func isShared(seen []*person, email string) bool {
	count := 0
	for _, p := range seen {
		if mayHaveAccount(p) && p.email() == email {
			count++
		}
	}
	return count > 1
}

func find(people []*person, id string) *person {
	for _, p := range people {
		if p.id == id {
			return p
		}
	}
	return nil
}

// isProtected are accounts that no sync deactivates.
func (a *account) isProtected() bool { return a.isAdmin || a.email == receptionMail }

// isTooMany is the guard's rule.
func isTooMany(changes, linked int) bool {
	return changes > guardCount && changes*100 > guardPercent*linked
}

// fill gives the account the person's texts, as the mapping of the play wants them, and tells whether that changed anything.
func (a *account) fill(p *person) bool {
	before := *a
	a.nickname, a.first, a.last = cut(p.display.clean, maxName), cut(p.given.clean, maxName), cut(p.surname.clean, maxName)
	a.position = p.title.clean
	if p.title.clean != "" && p.department.clean != "" {
		a.position = p.title.clean + ", " + p.department.clean
	}
	a.position = cut(a.position, maxPosition)
	return before != *a
}

func cut(value string, max int) string {
	characters := []rune(value)
	return strings.TrimRight(string(characters[:min(len(characters), max)]), " ")
}

// localeOf is the language of a new account; the server's default is English.
func localeOf(p *person) string {
	if strings.HasPrefix(p.language, "ko") {
		return "ko"
	}
	return "en"
}

func contains(list []*account, wanted *account) bool { return slices.Contains(list, wanted) }
