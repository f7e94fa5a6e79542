package days

import (
	"cmp"
	"slices"
)

// noteSeats remembers what a run has seen, before it writes. Only a full read says what is unwanted.
func (o *oracle) noteSeats(run *seatRun, seen []*person, isFull bool) {
	for _, plan := range run.plans {
		for _, p := range o.seated(seen) {
			a := o.accountFor(p)
			if a == nil || plan.demand.room == nil {
				continue
			}
			has := plan.room.seatOf(a)
			plan.noteSeat(has, p, o.rejoins)
			if isFull {
				plan.noteUnwanted(has, p, a, o.today)
			}
		}
	}
}

func (plan *seatPlan) noteSeat(has *seat, p *person, rejoins bool) {
	rule := plan.wants(p, false)
	isServing := func(id string) bool {
		return slices.ContainsFunc(plan.wishes, func(each *wish) bool { return each.rule.id == id })
	}
	if ofAdmin := plan.wants(p, true); has.isAdmin && has.promotedBy != "" && ofAdmin != "" && !isServing(has.promotedBy) {
		has.promotedBy = ofAdmin
	}
	switch {
	case has.isMember && has.state == endedByOthers, has.isMember && has.state == "" && rule != "":
		has.state, has.rule = foundBySync, rule
	case has.isMember && has.state == addedBySync && rule != "" && !isServing(has.rule):
		has.rule = rule
	case !has.isMember && rule != "" && has.state != "" && !rejoins:
		has.state, has.rule = endedByOthers, rule
	}
}

func (plan *seatPlan) noteUnwanted(has *seat, p *person, a *account, today int) {
	isUnclear := plan.unclear[p]
	before := *has
	if plan.isLeaving(before, a, plan.wants(p, false) != "" || isUnclear) && !plan.room.isSquare {
		has.unwantedOn = cmp.Or(has.unwantedOn, today)
		has.state = cmp.Or(has.state, foundBySync)
	} else if !isUnclear {
		has.unwantedOn = 0
	}
	isStaying := before.isMember && !slices.Contains(plan.leave, p)
	if isStaying && plan.isLosingRole(before, plan.wants(p, true) != "" || isUnclear) {
		has.roleUnwantedOn = cmp.Or(has.roleUnwantedOn, today)
	} else if isStaying && !isUnclear {
		has.roleUnwantedOn = 0
	}
}

// applySeats makes what a run does in the rooms.
func (o *oracle) applySeats(run *seatRun) {
	for _, plan := range run.plans {
		if plan.demand.room == nil && len(plan.join) > 0 {
			if plan.team != nil {
				plan.room.team = plan.team.room
			}
			o.rooms = append(o.rooms, plan.room)
		}
		for _, p := range plan.join {
			has := plan.room.seatOf(o.accountFor(p))
			*has = seat{isMember: true, state: addedBySync, rule: plan.wants(p, false), promotedBy: has.promotedBy}
			o.enterSquare(plan.room, o.accountFor(p))
		}
	}
	for _, plan := range run.plans {
		for _, p := range plan.promote {
			has := plan.room.seatOf(o.accountFor(p))
			has.isAdmin, has.promotedBy = true, plan.wants(p, true)
			has.state = cmp.Or(has.state, foundBySync)
		}
		for _, p := range plan.demote {
			has := plan.room.seatOf(o.accountFor(p))
			has.isAdmin, has.promotedBy, has.roleUnwantedOn = false, "", 0
		}
	}
	for _, plan := range slices.Backward(run.plans) {
		for _, p := range plan.leave {
			o.empty(plan.room, o.accountFor(p))
			*plan.room.seatOf(o.accountFor(p)) = seat{}
		}
	}
}

// enterSquare is what the server does for a new member of a team.
func (o *oracle) enterSquare(team *room, a *account) {
	for _, each := range o.rooms {
		if each.isSquare && each.team == team {
			each.seatOf(a).isMember = true
		}
	}
}

// empty ends a membership, of a team also those of its channels.
func (o *oracle) empty(r *room, a *account) {
	for _, each := range o.rooms {
		if has := each.seats[a]; has != nil && (each == r || each.team == r) {
			has.isMember, has.isAdmin = false, false
		}
	}
}

// copyRooms copies the rooms and rules of another oracle, for accounts that were copied.
func (o *oracle) copyRooms(from *oracle, twins map[*account]*account) {
	same := map[*room]*room{}
	for _, each := range from.rooms {
		twin := *each
		twin.team = same[each.team]
		twin.seats = map[*account]*seat{}
		for a, has := range each.seats {
			copied := *has
			twin.seats[twins[a]] = &copied
		}
		same[each] = &twin
		o.rooms = append(o.rooms, &twin)
	}
	for _, each := range from.memberRules {
		twin := *each
		twin.team, twin.channel = same[each.team], same[each.channel]
		o.memberRules = append(o.memberRules, &twin)
	}
}
