package days

import (
	"cmp"
	"fmt"
	"slices"
)

// seatPlan is what a run does in one room.
type seatPlan struct {
	*demand
	room                         *room
	join, leave, promote, demote []*person
	after                        map[*person]bool // members after the run, of the users of the run
	waiting                      []string         // what is told of users, as lines
}

// seatRun is what a run does in all rooms, and what it tells.
type seatRun struct {
	plans  []*seatPlan
	told   []string
	isOpen bool // something could not be read
}

// reading is what kind of run decides about seats.
type reading struct {
	isFull    bool // it counts as evidence
	asksAdmin bool // an administrator has approved the changes
}

// seated are the users of a run whose seats it decides: users in scope about whom everything is known.
func (o *oracle) seated(seen []*person) []*person {
	users := slices.DeleteFunc(slices.Clone(seen), func(p *person) bool { return !isInScope(p) || scopeIsOpen(p) })
	slices.SortFunc(users, func(one, other *person) int { return cmp.Compare(one.id, other.id) })
	return users
}

// scopeIsOpen reports whether the directory does not say something that decides about the user.
func scopeIsOpen(p *person) bool {
	return slices.ContainsFunc(hazy, func(attribute string) bool { return !p.says(attribute) })
}

// accountFor is the active account of a user, linked by the sync.
func (o *oracle) accountFor(p *person) *account {
	if a := o.ofOwner(p.id); a != nil && a.isActive && !a.isBot {
		return a
	}
	return nil
}

// planSeats predicts what a run that reads `seen` would do in the rooms.
func (o *oracle) planSeats(seen []*person, how reading) *seatRun {
	users := o.seated(seen)
	demands := o.demands(users)
	troubles := o.troubles(demands)
	run := &seatRun{isOpen: o.isUnread()}
	plans := map[*demand]*seatPlan{}
	for _, each := range demands {
		if reason := troubles[each]; reason != "" {
			if reason != "not needed" && reason != "no team" && how.isFull {
				run.told = append(run.told, fmt.Sprintf("conflict %s %s", reason, each.label()))
			}
			continue
		}
		plan := o.planRoom(each, users, plans[each.team], how)
		plans[each] = plan
		run.plans = append(run.plans, plan)
		run.told = append(run.told, plan.waiting...)
	}
	slices.Sort(run.told)
	return run
}

func (o *oracle) namesProjects() bool {
	return slices.ContainsFunc(o.inForce(), func(each *memberRule) bool { return each.each == "project" })
}

func (o *oracle) readsUnreadGroup() bool {
	return slices.ContainsFunc(o.inForce(), func(each *memberRule) bool {
		isUnread := func(g *group) bool { return g.isGone || o.isBlindForMembers }
		return slices.ContainsFunc(each.groups, isUnread) || each.each == "project" && o.isBlindForMembers && !o.isBlindForNames && len(o.projects()) > 0
	})
}

// label names the room of a line: by its ID, or by the display name of one that does not exist.
func (d *demand) label() string {
	if d.room != nil {
		return d.room.id
	}
	return d.name
}

func (o *oracle) planRoom(d *demand, users []*person, team *seatPlan, how reading) *seatPlan {
	r := d.room
	if r == nil {
		r = &room{key: d.key, name: d.name, display: d.display, seats: map[*account]*seat{}}
		if team != nil {
			r.team = team.room
		}
	}
	plan := &seatPlan{demand: d, room: r, after: map[*person]bool{}}
	tell := func(what string, p *person) {
		plan.waiting = append(plan.waiting, fmt.Sprintf("skip %s %s %s", what, d.label(), p.id))
	}
	for _, p := range users {
		a := o.accountFor(p)
		if a == nil {
			continue
		}
		o.decideSeat(plan, p, a, team, how, tell)
	}
	o.limitRoom(plan, team, tell)
	for _, p := range users {
		if a := o.accountFor(p); a != nil && (r.seatNow(a).isMember || slices.Contains(plan.join, p)) && !slices.Contains(plan.leave, p) {
			plan.after[p] = true
		}
	}
	return plan
}

// seatNow is the seat as it is, without making one.
func (r *room) seatNow(a *account) seat {
	if has := r.seats[a]; has != nil {
		return *has
	}
	return seat{}
}

// decideSeat is the table of the documentation for one user and room.
func (o *oracle) decideSeat(plan *seatPlan, p *person, a *account, team *seatPlan, how reading, tell func(string, *person)) {
	has := plan.room.seatNow(a)
	isWanted, isWantedAdmin := plan.wants(p, false) != "", plan.wants(p, true) != ""
	isUnclear := plan.unclear[p]
	joins := false
	if isWanted && !has.isMember {
		joins = o.rejoins || has.state == ""
		if !joins && has.state != endedByOthers {
			tell("ended_by_others", p)
		}
		joins = joins && (team == nil || team.after[p])
	}
	if joins {
		plan.join = append(plan.join, p)
	}
	if plan.isLeaving(has, a, isWanted || isUnclear) {
		if how.asksAdmin || how.isFull && has.unwantedOn != 0 && has.unwantedOn < o.today {
			plan.leave = append(plan.leave, p)
			return
		}
		if !plan.room.isSquare {
			team.keepInside(p)
			if how.isFull {
				tell("leave_unproved", p)
			}
		}
	}
	switch {
	case isWantedAdmin && (has.isMember || joins) && !has.isAdmin:
		plan.promote = append(plan.promote, p)
	case plan.isLosingRole(has, isWantedAdmin || isUnclear):
		if how.asksAdmin || how.isFull && has.roleUnwantedOn != 0 && has.roleUnwantedOn < o.today {
			plan.demote = append(plan.demote, p)
		} else if how.isFull {
			tell("role_unproved", p)
		}
	}
}

// wants is the rule that wants the user in the room, or as an admin, "" for none. One that removes no one comes first.
func (d *demand) wants(p *person, asAdmin bool) (first string) {
	for _, each := range d.wishes {
		if !each.users[p] || asAdmin && !d.isLed(each.rule) {
			continue
		}
		if each.rule.removalNow() == removesNoOne {
			return each.rule.id
		}
		first = cmp.Or(first, each.rule.id)
	}
	return first
}

// isLed reports whether the rule makes admins of the room: one for a channel leaves the team of the channel alone.
func (d *demand) isLed(rule *memberRule) bool {
	isOnTheWay := d.team == nil && (rule.channel != nil || rule.template != "")
	return rule.isOfAdmin && !isOnTheWay
}

// removes reports whether the rule is one for this room that removes users.
func (d *demand) removes(rule string) bool {
	return slices.ContainsFunc(d.wishes, func(each *wish) bool { return each.rule.id == rule && each.rule.removalNow() != removesNoOne })
}

func (d *demand) removesEveryone() bool {
	return slices.ContainsFunc(d.wishes, func(each *wish) bool { return each.rule.removalNow() == removesEveryone })
}

func (d *demand) isLeaving(has seat, a *account, stays bool) bool {
	isOwn := has.state == addedBySync && d.removes(has.rule)
	return has.isMember && !stays && (isOwn || d.removesEveryone() && !a.isPowerful())
}

func (d *demand) isLosingRole(has seat, stays bool) bool {
	return has.isMember && has.isAdmin && !stays && d.removes(has.promotedBy)
}

// keepInside keeps a user in the team whom one of its channels keeps: who leaves a team leaves its channels.
func (plan *seatPlan) keepInside(p *person) {
	if plan != nil {
		plan.leave = slices.DeleteFunc(plan.leave, func(each *person) bool { return each == p })
	}
}

// limitRoom leaves out what the server would refuse, and the last admin.
func (o *oracle) limitRoom(plan, team *seatPlan, tell func(string, *person)) {
	members, admins := plan.room.count()
	if plan.room.isSquare && len(plan.leave) > 0 {
		plan.leave = nil
		plan.waiting = append(plan.waiting, "skip default_channel "+plan.label())
	}
	if left := max(0, o.seatsPerTeam-members); plan.team == nil && plan.demand.room != nil && len(plan.join) > left {
		plan.waiting = append(plan.waiting, "conflict target_full "+plan.label())
		refused := plan.join[left:]
		plan.join = plan.join[:left]
		plan.promote = slices.DeleteFunc(plan.promote, func(p *person) bool { return slices.Contains(refused, p) })
	}
	losing := slices.Clone(plan.demote)
	for _, p := range plan.leave {
		if plan.room.seatNow(o.accountFor(p)).isAdmin {
			losing = append(losing, p)
		}
	}
	if len(losing) == 0 || admins == 0 || admins-len(losing)+len(plan.promote) > 0 {
		return
	}
	last := slices.MinFunc(losing, func(one, other *person) int { return cmp.Compare(one.id, other.id) })
	isLast := func(p *person) bool { return p == last }
	plan.leave, plan.demote = slices.DeleteFunc(plan.leave, isLast), slices.DeleteFunc(plan.demote, isLast)
	tell("last_target_admin", last)
	team.keepInside(last)
}
