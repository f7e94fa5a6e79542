package days

import (
	"slices"
	"strings"
)

// The limits of docs/policy.md that the play reaches.
const (
	maxName, maxPosition = 64, 128

	missingReads  = 2
	guardCount    = 5
	guardPercent  = 5
	shrunkPercent = 50
)

// policy is the policy of the play. The oracle has its rules built in.
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
		"mapping":  map[string]any{"position": map[string]any{"sources": []string{"{jobTitle}, {department}", "jobTitle"}}},
		"accounts": map[string]any{"sign_in": method, "adopt": map[string]any{"unverified": "link"}},
		"guard":    guardOfThePlay,
		"lifecycle": map[string]any{
			"protected": []string{receptionMail},
			"leavers":   map[string]any{"min_minutes_between_reads": 0}, // the days of the play take seconds
		},
	}
}

// guardOfThePlay holds deactivations and email changes, each run by itself: the days of the play take seconds, so they would all be
// in one window. Tests of their own play the other limits (e2e/tests/guard_test.go).
var guardOfThePlay = map[string]any{
	"window_hours":   0,
	"creations":      map[string]any{"more_than": 1_000_000},
	"reactivations":  map[string]any{"more_than": 1_000_000, "max_percent": 100},
	"emptied_fields": map[string]any{"more_than": 1_000_000, "max_percent": 100},

	"scope_attribute_changes": "count",
}

// isWanted is the policy's scope.
func isWanted(p *person) bool {
	return !p.isGuest && p.department.clean != outsideDepartment && !strings.Contains(p.display.clean, outsideMark)
}

// account is the expected state of a Mattermost account.
type account struct {
	id       string // Mattermost's ID; "" until the account was seen
	owner    string // the linked object ID, "" for none
	signIn   string // the service, "" for a password
	authData string

	email, username, locale         string
	nickname, first, last, position string
	isActive, isOffBySync, isAdmin  bool
	absences                        int // full directory reads in a row without the owner, while the account could be deactivated
}

// oracle predicts the accounts. It keeps a plain list of accounts and always processes all of it.
type oracle struct {
	signIn   string // of new accounts: the service, "" for a password
	accounts []*account

	// What the last run held.
	heldLeavers []*account
	heldMoves   map[*account]string

	// The last run held a change of an administrator's or a protected account, which only an approval of that line makes.
	needsApproval bool
}

// prediction is the expected report of a run.
type prediction struct {
	state                                      string
	created, updated, reactivated, deactivated int
}

// isSettled: a run can still deactivate the account of a user who is missing for the second time.
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

// clone is for predicting what another run would do.
func (o *oracle) clone() *oracle {
	copied := &oracle{signIn: o.signIn}
	for _, each := range o.accounts {
		twin := *each
		copied.accounts = append(copied.accounts, &twin)
	}
	return copied
}

// addresses are the addresses of all accounts, for haveMoved.
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

// held is what the oracle expects to be held.
func (o *oracle) held() (lines []string) {
	for _, each := range o.heldLeavers {
		lines = append(lines, "should be held: the departure of "+each.email)
	}
	for each, address := range o.heldMoves {
		lines = append(lines, "should be held: the move of "+each.email+" to "+address)
	}
	return lines
}

// hasAddress reports whether Mattermost accepts the address.
func hasAddress(p *person) bool { return !strings.Contains(p.email(), " ") }

// mayHaveAccount reports whether a user in the directory should have an active account.
func mayHaveAccount(p *person) bool { return p.isEnabled && isWanted(p) }

// isShared reports whether several users who should have accounts have this address. Nothing is guessed then.
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

// isProtected reports whether no sync deactivates the account.
func (a *account) isProtected() bool { return a.isAdmin || a.email == receptionMail }

// isTooMany is the rule of the safety limits.
func isTooMany(changes, linked int) bool {
	return changes > guardCount && changes*100 > guardPercent*linked
}

// fill sets the account's fields from the user, with the mapping of the play. It reports whether any got another value, and whether
// any was emptied: these are two changes.
func (a *account) fill(p *person) (isChanged, isEmptied bool) {
	before := []string{a.nickname, a.first, a.last, a.position}
	a.nickname, a.first, a.last = cut(p.display.clean, maxName), cut(p.given.clean, maxName), cut(p.surname.clean, maxName)
	a.position = p.title.clean
	if p.title.clean != "" && p.department.clean != "" {
		a.position = p.title.clean + ", " + p.department.clean
	}
	a.position = cut(a.position, maxPosition)
	for i, now := range []string{a.nickname, a.first, a.last, a.position} {
		switch now {
		case before[i]:
		case "":
			isEmptied = true
		default:
			isChanged = true
		}
	}
	return isChanged, isEmptied
}

func cut(value string, max int) string {
	characters := []rune(value)
	return strings.TrimRight(string(characters[:min(len(characters), max)]), " ")
}

// localeOf is the language of a new account. The server's default is English.
func localeOf(p *person) string {
	if strings.HasPrefix(p.language, "ko") {
		return "ko"
	}
	return "en"
}

func contains(list []*account, wanted *account) bool { return slices.Contains(list, wanted) }
