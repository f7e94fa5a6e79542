package days

import (
	"maps"
	"slices"
)

// heldChange is a change that waits for approval.
type heldChange struct {
	change    change
	lastDay   int  // the last day on which it can be approved
	needsName bool // only an approval of this very change makes it
}

// holdBack splits a plan into the changes that a full run makes and those that it holds: those that need an approval of their own,
// those that are held already, those that wait for the address of one of them, and all of a kind of which there are too many.
func (o *oracle) holdBack(plan []*change, linked int) (open []*change, held map[key]*heldChange) {
	held = map[key]*heldChange{}
	hold := func(each *change, needsName bool) {
		held[each.key] = &heldChange{change: *each, lastDay: o.today + approvalDays - 1, needsName: needsName}
	}
	for _, each := range plan {
		if each.needsOwn || o.held[each.key] != nil && each.kind != fields {
			hold(each, each.needsOwn)
		}
	}
	for _, each := range o.waiting(plan, held) {
		hold(each, true)
	}
	for _, each := range plan {
		isFree := held[each.key] == nil && !o.isImport(each)
		if isFree && o.isTooMany(each.kind, plan, linked) {
			hold(each, false)
		}
	}
	return slices.DeleteFunc(slices.Clone(plan), func(each *change) bool { return held[each.key] != nil }), held
}

// isHeldUnknown reports whether the directory does not say enough about a user with a held change. Then everything stays held.
func (o *oracle) isHeldUnknown(seen []*person) bool {
	for each := range o.held {
		if p := find(seen, each.owner); p != nil && scopeOf(p) == unknown {
			return true
		}
	}
	return false
}

// withoutHeld leaves out what an earlier run holds, and what needs it.
func (o *oracle) withoutHeld(plan []*change) []*change {
	isStopped := func(each *change) bool {
		return o.held[each.key] != nil || each.followsLink && o.held[key{owner: each.owner, kind: fields}] != nil
	}
	plan = slices.DeleteFunc(plan, isStopped)
	possible := o.possible(slices.DeleteFunc(slices.Clone(plan), func(each *change) bool { return each.kind != address }))
	return slices.DeleteFunc(plan, func(each *change) bool { return each.kind == address && !slices.Contains(possible, each) })
}

// isImport reports whether a change is a new account of the first import, which the administrator who starts it approves.
func (o *oracle) isImport(each *change) bool { return each.kind == creation && !o.hasLinks() }

// waiting are the moves to an address that a held move does not free, directly or through others.
func (o *oracle) waiting(plan []*change, held map[key]*heldChange) []*change {
	var moves []*change
	for _, each := range plan {
		if each.kind == address && held[each.key] == nil {
			moves = append(moves, each)
		}
	}
	possible := o.possible(moves)
	return slices.DeleteFunc(moves, func(each *change) bool { return slices.Contains(possible, each) })
}

// isTooMany is the rule of the safety limits: changes of today count as well, and each user once.
func (o *oracle) isTooMany(k kind, plan []*change, linked int) bool {
	limit, isLimited := limits[k]
	if !isLimited {
		return false
	}
	counted := map[string]bool{}
	total := linked
	for _, each := range plan {
		if each.kind == k {
			counted[each.owner] = true
		}
		if each.isAdoption || k == reactivation && each.kind == reactivation {
			total++
		}
	}
	for each := range o.made {
		if each.kind == k {
			counted[each.owner] = true
		}
		if each.kind == deactivation && !slices.ContainsFunc(plan, func(planned *change) bool { return planned.key == each }) {
			total++
		}
	}
	count := len(counted)
	return count > limit && count*100 > guardPercent*total || k != creation && count >= 2 && count*100 > maxPercent*total
}

// approve makes held changes that an administrator has approved, as far as they are still the ones of today's directory.
func (o *oracle) approve(approved []key, seen []*person) {
	wanted := map[key]*heldChange{}
	for _, each := range approved {
		wanted[each] = o.held[each]
		delete(o.held, each)
	}
	o.makeApproved(wanted, o.plan(seen, true), seen)
	o.approveSeats(wanted, seen)
}

// makeApproved makes those changes of a new plan that are the approved ones.
func (o *oracle) makeApproved(wanted map[key]*heldChange, plan []*change, seen []*person) {
	plan = slices.DeleteFunc(plan, func(each *change) bool {
		was := wanted[each.key]
		return was == nil || !was.covers(each)
	})
	plan = slices.DeleteFunc(slices.Clone(plan), func(each *change) bool {
		return each.followsLink && !slices.ContainsFunc(plan, func(other *change) bool { return other.isAdoption && other.owner == each.owner })
	})
	possible := o.possible(slices.DeleteFunc(slices.Clone(plan), func(each *change) bool { return each.kind != address }))
	plan = stillNamed(plan, o.accounts)
	for _, each := range plan {
		if each.kind != address || slices.Contains(possible, each) {
			o.apply(each, seen)
		}
	}
}

// covers reports whether a change is the approved one: of the same account, and each approved field with the same value.
func (h *heldChange) covers(each *change) bool {
	if each.account != h.change.account || each.to != h.change.to || each.needsOwn && !h.needsName {
		return false
	}
	for name, value := range h.change.values {
		if now, isWritten := each.values[name]; !isWritten || now != value {
			return false
		}
	}
	for name := range maps.Clone(each.values) {
		if _, isApproved := h.change.values[name]; !isApproved {
			delete(each.values, name)
		}
	}
	return true
}

// discard forgets held changes. The next run decides again.
func (o *oracle) discard(discarded []key) {
	for _, each := range discarded {
		delete(o.held, each)
	}
}

// sleep ends the day: changes of the day count no more, and approvals expire.
func (o *oracle) sleep() {
	o.today++
	clear(o.made)
	clear(o.lostToday)
	maps.DeleteFunc(o.held, func(_ key, each *heldChange) bool { return each.lastDay < o.today })
}

// heldLines are the held changes as text.
func (o *oracle) heldLines() (lines []string) {
	for each := range o.held {
		lines = append(lines, each.String())
	}
	slices.Sort(lines)
	return lines
}
