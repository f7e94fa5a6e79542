package days

import (
	"math/rand/v2"
	"strings"
)

// The limits of docs/policy.md that the play reaches.
const (
	maxName, maxPosition = 64, 128

	missingReads  = 2
	approvalDays  = 3
	guardPercent  = 5
	maxPercent    = 40
	shrunkPercent = 50

	// roomyTeam is how many users a team takes, unless it is small for a day.
	roomyTeam = 1000
)

// limits are `more_than` of the safety limits.
var limits = map[kind]int{creation: 6, reactivation: 5, deactivation: 5, address: 5, username: 5, emptied: 5}

// rules are the parts of the policy that differ between plays. The seed decides them.
type rules struct {
	signIn          string // of new accounts: the service, "" for a password
	graceDays       int
	linksUnverified bool // accounts with an unverified address are linked without an approval
	relinks         bool // the account of a user who was created again moves to the new ID
	sparesOthers    bool // the account of a leaver that has another sign-in method by now stays active
	follows         bool // incremental runs are on
	renames         bool // usernames follow the directory
	holdsOutsiders  bool // the deactivation of a user who left the scope by an attribute needs an approval of its own

	rejoins  bool   // users who left a team or channel, or were removed by hand, are added again
	announce string // what members see of users who join
}

// rulesOf are those of a seed. With an odd seed, accounts sign in through Office 365, with an even one by password.
func rulesOf(seed uint64) rules {
	rng := rand.New(rand.NewPCG(seed, 1))
	r := rules{graceDays: pick(rng, []int{0, 0, 1, 2}), linksUnverified: rng.IntN(3) == 0, relinks: rng.IntN(2) == 0, sparesOthers: rng.IntN(3) == 0, holdsOutsiders: rng.IntN(2) == 0, follows: rng.IntN(3) > 0}
	r.renames = rng.IntN(2) == 0
	r.rejoins, r.announce = rng.IntN(3) == 0, pick(rng, []string{"quiet", "digest", "posts"})
	if seed%2 == 1 {
		r.signIn = "office365"
	}
	return r
}

// settings are the plugin's settings of the play.
func (r rules) settings() map[string]any {
	settings := map[string]any{"Policy": r.policy()}
	if r.follows {
		settings["IncrementalMinutes"] = incrementalMinutes
	}
	return settings
}

// policy is the policy of the play. The oracle has its other rules built in.
func (r rules) policy() map[string]any {
	method := map[string]any{"method": "random_password"}
	if r.signIn != "" {
		method = map[string]any{"method": "single_sign_on", "service": r.signIn}
	}
	choose := func(isOther bool, other, usual string) string {
		if isOther {
			return other
		}
		return usual
	}
	outside := map[string]any{"attribute": "department", "operator": "equals", "value": outsideDepartment}
	return map[string]any{
		"version": 1,
		"scope": map[string]any{
			"everyone": true,
			"deny":     map[string]any{"display_name_contains": []string{outsideMark}},
			"rules":    []any{map[string]any{"name": "Not outside", "effect": "deny", "when": outside}},
		},
		"mapping": map[string]any{
			"position": map[string]any{"sources": []string{"{jobTitle}, {department}", "jobTitle"}},
			"username": map[string]any{"when": choose(r.renames, "always", "on_create")},
		},
		"accounts": map[string]any{
			"reserved_usernames": []string{helpdesk},
			"sign_in":            method, "adopt": map[string]any{"unverified": choose(r.linksUnverified, "link", "hold")},
			"recreated": choose(r.relinks, "relink", "conflict"),
		},
		"guard": map[string]any{
			"creations": map[string]any{"more_than": limits[creation]}, "approval_days": approvalDays, "scope_attribute_changes": choose(r.holdsOutsiders, "hold", "count"),
		},
		"lifecycle": map[string]any{
			"protected": []string{receptionMail},
			"leavers":   map[string]any{"grace_days": r.graceDays, "other_sign_in_method": choose(r.sparesOthers, "report", "deactivate")},
		},
	}
}

// scope is whether a user should have an account.
type scope int

const (
	unwanted scope = iota // disabled or out of scope
	unknown               // the directory did not say
	wanted
)

// isInScope is the policy's scope if the directory says everything.
func isInScope(p *person) bool {
	return !p.isGuest && p.department.clean != outsideDepartment && !strings.Contains(p.display.clean, outsideMark)
}

// scopeOf is the scope by what the directory says today. What it says decides, even if something else is unknown.
func scopeOf(p *person) scope {
	isDenied, isOpen := p.says("accountEnabled") && !p.isEnabled, !p.says("accountEnabled")
	for attribute, denies := range map[string]bool{
		"userType":    p.isGuest,
		"department":  p.department.clean == outsideDepartment,
		"displayName": strings.Contains(p.display.clean, outsideMark),
	} {
		isOpen = isOpen || !p.says(attribute)
		isDenied = isDenied || p.says(attribute) && !p.isNull(attribute) && denies
	}
	switch {
	case isDenied:
		return unwanted
	case isOpen:
		return unknown
	default:
		return wanted
	}
}

// mayHaveAccount reports whether a user in the directory should have an active account.
func mayHaveAccount(p *person) bool { return scopeOf(p) == wanted }

// hasAddress reports whether Mattermost accepts the address.
func hasAddress(p *person) bool { return !strings.Contains(p.email(), " ") }
