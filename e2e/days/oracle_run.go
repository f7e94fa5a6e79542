package days

import (
	"maps"
	"slices"
)

// prediction is the expected report of a run.
type prediction struct {
	state                                      string
	created, updated, reactivated, deactivated int
	joined, left, promoted, demoted            int
}

// isSettled: what a run holds it would hold again.
func (p prediction) isSettled() bool {
	return p.created+p.updated+p.reactivated+p.deactivated+p.joined+p.left+p.promoted+p.demoted == 0
}

// run predicts a full run that read all of `seen`. isThere reports which users the directory returns by ID.
func (o *oracle) run(seen []*person, isThere func(id string) bool) prediction {
	linked := o.countLinked()
	if o.isShrunk(seen, linked) {
		return prediction{state: "held"}
	}
	o.notice(seen)
	plan, isKeeping := o.planOfFullRead(seen)
	open, held := o.holdBack(plan, linked)

	told := prediction{state: "succeeded"}
	if slices.ContainsFunc(seen, func(p *person) bool { return scopeOf(p) == unknown }) {
		told.state = "partial"
	}
	var done []*change
	for _, each := range open {
		if each.kind == deactivation && find(seen, each.owner) == nil && isThere(each.owner) {
			told.state = "partial" // "Each user is requested once more"
			continue
		}
		done = append(done, each)
		told.count(each.kind)
	}
	for _, each := range done {
		if !o.isImport(each) {
			o.made[each.key] = true
		}
	}
	for _, each := range done {
		o.apply(each, seen)
	}
	seats := o.runSeats(&told, seen, true, isKeeping)
	if !isKeeping && (!o.isUnread() || !o.hasHeldSeats()) {
		clear(o.held)
	}
	maps.Copy(held, seats)
	maps.Copy(o.held, held)
	o.heldNow = held
	if len(held) > 0 {
		told.state = "held"
	}
	return told
}

// planOfFullRead is the plan of a run or preview that read all of `seen`. isKeeping says that it leaves what is held as it is.
func (o *oracle) planOfFullRead(seen []*person) (plan []*change, isKeeping bool) {
	plan, isKeeping = o.plan(seen, false), o.isHeldUnknown(seen)
	if isKeeping {
		plan = o.withoutHeld(plan)
	}
	return plan, isKeeping
}

// runFor predicts a run for one user, and returns what it holds. It makes nothing that an earlier run holds.
func (o *oracle) runFor(who *person) (told prediction, held map[key]*heldChange) {
	seen := []*person{who}
	o.isPartial = true
	defer func() { o.isPartial = false }()
	for _, each := range o.accounts {
		if each.owner == who.id {
			o.noticeOne(each, who)
		}
	}
	linked := o.countLinked()
	isStopped := false
	plan := slices.DeleteFunc(o.plan(seen, false), func(each *change) bool {
		isWaiting := o.held[each.key] != nil
		isStopped = isStopped || isWaiting && each.isAdoption
		return each.owner != who.id || isWaiting
	})
	if isStopped {
		plan = nil // the account is not the user's yet
	}
	open, held := o.holdBack(plan, linked)
	maps.Copy(o.held, held)
	told.state = "succeeded"
	if scopeOf(who) == unknown {
		told.state = "partial"
	}
	for _, each := range open {
		o.apply(each, seen)
		o.made[each.key] = true
		told.count(each.kind)
	}
	o.runSeats(&told, seen, false, true)
	if len(held) > 0 {
		told.state = "held"
	}
	return told, held
}

func (p *prediction) count(k kind) {
	switch k {
	case creation:
		p.created++
	case reactivation:
		p.reactivated++
	case deactivation:
		p.deactivated++
	default:
		p.updated++
	}
}

// isShrunk: "If a read returns an empty directory, or fewer linked users than this, the run holds all changes".
func (o *oracle) isShrunk(seen []*person, linked int) bool {
	found := 0
	for _, each := range o.accounts {
		if each.owner != "" && each.isActive && find(seen, each.owner) != nil {
			found++
		}
	}
	return linked > 0 && found*100 < shrunkPercent*linked
}

// notice remembers who left. It counts for accounts that can be deactivated, and for others if a user who was created again is there.
// It counts only once a day, because reads within half an hour are one proof.
func (o *oracle) notice(seen []*person) {
	for _, each := range o.accounts {
		if each.owner != "" {
			o.noticeOne(each, find(seen, each.owner))
		}
	}
	for _, p := range seen {
		if found := o.accountOfOther(p, seen); found != nil && !o.canLeave(found) {
			found.countAbsence(o.today) // otherwise, it is counted already
		}
	}
}

// noticeOne is notice for one account. p is nil if the directory does not have its owner.
func (o *oracle) noticeOne(each *account, p *person) {
	canLeave := o.canLeave(each)
	switch {
	case p == nil && canLeave:
		each.countAbsence(o.today)
		each.leave(o.today)
	case p == nil:
	case scopeOf(p) == unwanted:
		each.absences = 0
		if canLeave {
			each.leave(o.today)
		}
	case scopeOf(p) == wanted:
		each.absences, each.leftOn = 0, 0
	default:
		each.absences = 0 // the user is there, whatever else is unknown
	}
}

func (o *oracle) canLeave(a *account) bool { return a.isActive && !o.neverLeaves(a) }

func (a *account) countAbsence(today int) {
	if a.absences == 0 || a.countedOn != today {
		a.absences, a.countedOn = a.absences+1, today
	}
}

func (a *account) leave(today int) {
	if a.leftOn == 0 {
		a.leftOn = today
	}
}

// apply makes a change.
func (o *oracle) apply(each *change, seen []*person) {
	has := each.account
	switch each.kind {
	case creation:
		o.create(find(seen, each.owner))
		return
	case deactivation:
		has.isActive, has.isOffBySync = false, true
	case reactivation:
		has.isActive, has.absences, has.leftOn = true, 0, 0
	case address:
		has.email, has.isVerified = each.to, true
	case username:
		has.username, has.namedAfter = each.to, each.namedAfter
	}
	if each.isAdoption {
		has.owner, has.absences, has.leftOn = each.owner, 0, 0
		has.isActive, has.isTaken = true, has.isTaken || each.takesOver
	}
	own := has.fields()
	for name, value := range each.values {
		*own[name] = value
	}
	if len(each.values) > 0 || each.kind != fields {
		has.touch()
	}
}

func (o *oracle) create(p *person) {
	made := &account{owner: p.id, signIn: o.signIn, email: p.email(), namedAfter: p.email(), locale: localeOf(p), isActive: true, isVerified: true}
	if o.signIn != "" {
		made.authData = p.id
	}
	own := made.fields()
	for name, value := range wantedFields(p) {
		*own[name] = value
	}
	o.accounts = append(o.accounts, made)
}
