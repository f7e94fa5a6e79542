package days

import (
	"cmp"
	"fmt"
	"slices"
)

// kind is the kind of a change, as the safety limits count it.
type kind int

const (
	creation kind = iota
	reactivation
	deactivation
	address
	username
	emptied
	fields // other fields of an account, and its link; no safety limit counts it
	leaving
	demotion
)

var kindNames = []string{"creation", "reactivation", "deactivation", "address", "username", "emptied fields", "fields", "leaving", "demotion"}

func (k kind) String() string { return kindNames[k] }

// key tells the changes of a plan apart.
type key struct {
	owner string
	kind  kind
	room  string // the ID of the team or channel for memberships, else ""
}

func (k key) String() string {
	if k.room != "" {
		return fmt.Sprintf("%s of %s in %s", k.kind, k.owner, k.room)
	}
	return fmt.Sprintf("%s of %s", k.kind, k.owner)
}

// change is a line of a plan.
type change struct {
	key
	account     *account          // nil for a creation
	values      map[string]string // the fields to write
	to          string            // the address or username of the account afterwards; "" for no change, or for a username with an addition
	namedAfter  string            // the address that a new username is made of
	isAdoption  bool
	followsLink bool // the account becomes that of the user only by an adoption in the same plan
	takesOver   bool // whoever uses the account now is shut out
	needsOwn    bool // needs an approval of its own, whatever the number of such changes
}

// pair is a user with the account that is the user's, or becomes it.
type pair struct {
	who        *person
	account    *account
	isAdoption bool
	takesOver  bool
	needsOwn   bool
}

// plan predicts the changes, in the order in which they are made. With asksAdmin, leavers wait for nothing.
func (o *oracle) plan(seen []*person, asksAdmin bool) (changes []*change) {
	adoptions, newcomers := o.welcome(seen, asksAdmin)
	changes = o.leavers(seen, asksAdmin)
	pairs := adoptions
	for _, each := range o.accounts {
		if p := find(seen, each.owner); each.owner != "" && p != nil && isRunning(each, p) && each.signIn == o.signIn && !each.isBot {
			pairs = append(pairs, pair{who: p, account: each})
		}
	}
	changes = append(changes, o.moves(seen, pairs)...)
	changes = append(changes, o.renamings(pairs, newcomers)...)
	for _, each := range pairs {
		changes = append(changes, each.updates()...)
	}
	for _, p := range newcomers {
		changes = append(changes, &change{key: key{owner: p.id, kind: creation}, to: p.email()})
	}
	return changes
}

// isRunning reports whether the sync keeps the account up to date: what an administrator deactivated stays as it is.
func isRunning(a *account, p *person) bool {
	switch scopeOf(p) {
	case wanted:
		return a.isActive || a.isOffBySync
	case unknown:
		return a.isActive
	default:
		return false
	}
}

// welcome finds existing accounts for users without one, and returns users who need a new account.
func (o *oracle) welcome(seen []*person, asksAdmin bool) (adoptions []pair, newcomers []*person) {
	for _, p := range seen {
		found, isByEmail := o.match(p, seen)
		switch {
		case found == nil && isByEmail:
			newcomers = append(newcomers, p)
		case found == nil:
		case found.owner != "":
			if o.accountOfOther(p, seen) != nil && (asksAdmin || found.absences >= missingReads) {
				adoptions = append(adoptions, pair{p, found, true, true, true})
			}
		case found.isActive:
			isUnproven := isByEmail && !found.isVerified && found.signIn == "" && !o.linksUnverified // a service verifies addresses
			adoptions = append(adoptions, pair{p, found, true, isUnproven, isUnproven || found.isPowerful()})
		}
	}
	return adoptions, newcomers
}

// match finds the account, linked or not, that a user without an account could have. If two users or two accounts match, it is none.
// Without an account, isByEmail means that the user needs a new one.
func (o *oracle) match(p *person, seen []*person) (found *account, isByEmail bool) {
	if !mayHaveAccount(p) || o.ofOwner(p.id) != nil {
		return nil, false
	}
	byEmail := o.ofEmail(p.email())
	found = o.ofAuthData(p.id)
	switch {
	case found != nil:
		if byEmail != nil && byEmail != found {
			return nil, false
		}
	case !hasAddress(p) || isShared(seen, p.email()):
		return nil, false
	default:
		found, isByEmail = byEmail, true
	}
	if found != nil && (found.isBot || found.signIn != o.signIn || found.authData != "" && found.authData != p.id) {
		return nil, false
	}
	return found, isByEmail
}

// accountOfOther is the account that moves to a user who was created again when its owner is missing from enough reads, or nil.
func (o *oracle) accountOfOther(p *person, seen []*person) *account {
	found, _ := o.match(p, seen)
	if !o.relinks || o.isPartial || found == nil || found.owner == "" || find(seen, found.owner) != nil || !found.isActive && !found.isOffBySync {
		return nil
	}
	return found
}

// leavers are the active accounts of linked users who are disabled, out of scope, or missing from enough reads.
func (o *oracle) leavers(seen []*person, asksAdmin bool) (leavers []*change) {
	for _, each := range o.accounts {
		if each.owner == "" || !each.isActive || o.neverLeaves(each) {
			continue
		}
		p := find(seen, each.owner)
		if p != nil && scopeOf(p) != unwanted {
			continue
		}
		isProven := p != nil || each.absences >= missingReads
		isWaiting := o.today < cmp.Or(each.leftOn, o.today)+o.graceDays
		if asksAdmin || isProven && !isWaiting {
			isOutside := p != nil && (p.isEnabled || !p.says("accountEnabled"))
			leavers = append(leavers, &change{key: key{owner: each.owner, kind: deactivation}, account: each, needsOwn: o.holdsOutsiders && isOutside})
		}
	}
	return leavers
}

// updates are the changes of the user's account, except its address.
func (p pair) updates() (changes []*change) {
	filled, empty := p.account.compare(p.who)
	needsOwn := p.needsOwn
	switch {
	case !p.account.isActive && !p.isAdoption:
		needsOwn = p.account.isPowerful()
		changes = append(changes, &change{key: key{owner: p.who.id, kind: reactivation}, account: p.account, values: filled, needsOwn: needsOwn})
	case p.isAdoption || len(filled) > 0:
		changes = append(changes, &change{key: key{owner: p.who.id, kind: fields}, account: p.account, values: filled, isAdoption: p.isAdoption, takesOver: p.takesOver, needsOwn: needsOwn})
	}
	if len(empty) > 0 {
		changes = append(changes, &change{key: key{owner: p.who.id, kind: emptied}, account: p.account, values: empty, followsLink: p.isAdoption, needsOwn: needsOwn})
	}
	return changes
}

// moves are the new addresses of accounts. An address that another account keeps is not taken from it, and none of several
// users with the same address gets it.
func (o *oracle) moves(seen []*person, pairs []pair) (moves []*change) {
	for _, each := range pairs {
		if hasAddress(each.who) && each.who.email() != each.account.email && !isShared(seen, each.who.email()) {
			needsOwn := each.needsOwn || each.account.isPowerful()
			moves = append(moves, &change{key: key{owner: each.who.id, kind: address}, account: each.account, to: each.who.email(), followsLink: each.isAdoption, needsOwn: needsOwn})
		}
	}
	return o.possible(moves)
}

// possible leaves out the moves to an address whose account keeps it.
func (o *oracle) possible(moves []*change) []*change {
	for {
		left := slices.DeleteFunc(slices.Clone(moves), func(each *change) bool {
			holder := o.ofEmail(each.to)
			return holder != nil && !slices.ContainsFunc(moves, func(other *change) bool { return other.account == holder })
		})
		if len(left) == len(moves) {
			return moves
		}
		moves = left
	}
}
