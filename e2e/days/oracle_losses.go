package days

import (
	"fmt"
	"maps"
	"slices"
)

// brake is a safety limit for what is taken away in rooms.
type brake struct{ moreThan, percent, maxPercent int }

// The defaults of docs/policy.md.
var (
	lossesOfRoom = brake{5, 20, 50}
	lossesOfAll  = brake{20, 5, 40}
)

func (b brake) holds(count, total int) bool {
	return count > b.moreThan && count*100 > b.percent*total || count >= 2 && count*100 > b.maxPercent*total
}

// losses are the memberships and roles that a run takes away.
func (plan *seatPlan) losses() (keys []key) {
	for _, p := range plan.leave {
		keys = append(keys, key{p.id, leaving, plan.label()})
	}
	for _, p := range plan.demote {
		keys = append(keys, key{p.id, demotion, plan.label()})
	}
	return keys
}

// keep leaves only these of the losses.
func (plan *seatPlan) keep(isKept func(key) bool) {
	plan.leave = slices.DeleteFunc(plan.leave, func(p *person) bool { return !isKept(key{p.id, leaving, plan.label()}) })
	plan.demote = slices.DeleteFunc(plan.demote, func(p *person) bool { return !isKept(key{p.id, demotion, plan.label()}) })
}

// holdSeats takes what needs an approval out of the plan and returns it. What an earlier run holds is held again, or with isKeeping told.
func (o *oracle) holdSeats(run *seatRun, isKeeping bool) map[key]*heldChange {
	if isKeeping {
		for _, plan := range run.plans {
			for _, each := range plan.losses() {
				if o.held[each] != nil {
					run.told = append(run.told, fmt.Sprintf("skip waits_for_approval %s %s", each.room, each.owner))
				}
			}
			plan.keep(func(each key) bool { return o.held[each] == nil })
		}
		slices.Sort(run.told)
	}
	held := map[key]*heldChange{}
	lost, total := 0, 0
	for _, plan := range run.plans {
		members, _ := plan.room.count()
		lost, total = lost+len(plan.losses()), total+members
	}
	for _, each := range o.lostToday {
		lost, total = lost+len(each), total+len(each)
	}
	for _, plan := range run.plans {
		losses := plan.losses()
		isHeld := func(each key) bool { return o.held[each] != nil && !isKeeping }
		if len(losses) > 0 && (lossesOfAll.holds(lost, total) || o.mustHold(plan, len(losses))) {
			isHeld = func(key) bool { return true }
		}
		for _, each := range losses {
			if isHeld(each) {
				held[each] = &heldChange{change: change{key: each}, lastDay: o.today + approvalDays - 1}
			}
		}
		plan.keep(func(each key) bool { return held[each] == nil })
	}
	run.holdInTeams(held)
	return held
}

// holdInTeams holds the leave of a team for users whose leave of one of its channels is held: who leaves a team leaves its channels.
func (run *seatRun) holdInTeams(held map[key]*heldChange) {
	for _, channel := range run.plans {
		for _, team := range run.plans {
			if channel.team == nil || channel.team != team.demand {
				continue
			}
			for _, p := range team.leave {
				if what := held[key{p.id, leaving, channel.label()}]; what != nil {
					each := key{p.id, leaving, team.label()}
					held[each] = &heldChange{change: change{key: each}, lastDay: what.lastDay}
				}
			}
			team.keep(func(each key) bool { return held[each] == nil })
		}
	}
}

// mustHold reports whether all losses of the room need an approval.
func (o *oracle) mustHold(plan *seatPlan, losses int) bool {
	members, _ := plan.room.count()
	recent := len(o.lostToday[plan.label()])
	isEmptied := len(plan.leave) > 0 && members-len(plan.leave)+len(plan.join) <= 0
	return lossesOfRoom.holds(losses+recent, members+recent) || isEmptied || plan.takesFromOthers(o) && !plan.room.takesFromOthers
}

// takesFromOthers reports whether users leave whom the sync did not add.
func (plan *seatPlan) takesFromOthers(o *oracle) bool {
	return plan.removesEveryone() && slices.ContainsFunc(plan.leave, func(p *person) bool {
		return plan.room.seatNow(o.accountFor(p)).state != addedBySync
	})
}

// rememberLosses counts what a run has taken away, for the safety limits of the day.
func (o *oracle) rememberLosses(run *seatRun) {
	for _, plan := range run.plans {
		for _, each := range plan.losses() {
			if o.lostToday[each.room] == nil {
				o.lostToday[each.room] = map[string]bool{}
			}
			o.lostToday[each.room][each.owner] = true
		}
	}
}

// runSeats predicts what a run does in the rooms after the accounts, and what it holds.
func (o *oracle) runSeats(told *prediction, seen []*person, isFull, isKeeping bool) map[key]*heldChange {
	if len(o.inForce()) == 0 {
		o.toldNow = nil
		return nil
	}
	run := o.planSeats(seen, reading{isFull: isFull})
	held := o.holdSeats(run, isKeeping || !isFull)
	o.toldNow = run.told
	o.noteSeats(run, seen, isFull)
	o.rememberLosses(run)
	told.countSeats(run)
	o.applySeats(run)
	if run.isOpen && told.state == "succeeded" {
		told.state = "partial"
	}
	return held
}

func (p *prediction) countSeats(run *seatRun) {
	for _, plan := range run.plans {
		p.joined += len(plan.join)
		p.left += len(plan.leave)
		p.promoted += len(plan.promote)
		p.demoted += len(plan.demote)
	}
}

// isUnread reports whether something that rules need cannot be read.
func (o *oracle) isUnread() bool {
	return o.isBlindForNames && o.namesProjects() || o.readsUnreadGroup()
}

// hasHeldSeats reports whether an earlier run holds what rooms would lose.
func (o *oracle) hasHeldSeats() bool {
	return slices.ContainsFunc(slices.Collect(maps.Keys(o.held)), func(each key) bool { return each.room != "" })
}

// approveSeats makes approved losses that are still due, without a limit.
func (o *oracle) approveSeats(wanted map[key]*heldChange, seen []*person) {
	if !slices.ContainsFunc(slices.Collect(maps.Keys(wanted)), func(each key) bool { return each.room != "" }) {
		return
	}
	var users []*person
	for each := range wanted {
		if p := find(seen, each.owner); p != nil && !slices.Contains(users, p) {
			users = append(users, p)
		}
	}
	run := o.planSeats(users, reading{asksAdmin: true})
	for _, plan := range run.plans {
		if plan.takesFromOthers(o) {
			plan.room.takesFromOthers = true
		}
		plan.keep(func(each key) bool { return wanted[each] != nil })
		plan.join, plan.promote = nil, nil
	}
	o.applySeats(run)
}
