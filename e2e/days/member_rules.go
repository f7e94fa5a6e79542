package days

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// answer is whether a rule wants a user.
type answer int

const (
	no answer = iota
	yes
	unclear // a group or an attribute could not be read
)

// memberRule is a rule for teams and channels.
type memberRule struct {
	id       string
	isOff    bool
	isGone   bool // deleted from the policy
	isEnding bool

	groups    []*group
	isSeoul   bool   // users of an office, or members of the groups
	each      string // "department", "office", "project", or "" for one target
	team      *room  // nil for a team for each project
	channel   *room
	template  string // the beginning of the name of a channel that is made
	isOfAdmin bool
	removal   string
}

const (
	removesNoOne    = "never"
	removesOwn      = "added_by_sync"
	removesEveryone = "everyone"
)

var removals = []string{removesNoOne, removesOwn, removesOwn, removesEveryone}

// firstRules are the rules of the first day.
func (o *oracle) firstRules(rng *rand.Rand, c *company) {
	company, club, circle, stage, square := o.rooms[0], o.rooms[1], o.rooms[2], o.rooms[3], o.rooms[4]
	o.memberRules = []*memberRule{
		{id: "company", team: company, removal: pick(rng, []string{removesNoOne, removesOwn})},
		{id: "departments", each: "department", team: company, template: "dept-"},
		{id: "circle", groups: []*group{c.circle, c.choir}, team: company, channel: circle},
		{id: "leads", groups: []*group{c.leads}, team: company, channel: circle, isOfAdmin: true},
		{id: "offices", each: "office", team: club, template: "office-"},
		{id: "stage", groups: []*group{c.choir}, isSeoul: true, team: club, channel: stage},
		{id: "hosts", groups: []*group{c.leads}, team: club, isOfAdmin: true},
		{id: "projects", each: "project"},
		{id: "managers", each: "project", groups: []*group{c.leads}, isOfAdmin: true},
		{id: "square", groups: []*group{c.choir}, team: company, channel: square},
	}
	for _, each := range o.memberRules {
		if each.removal == "" {
			each.removal = pick(rng, removals)
		}
		each.isOff = rng.IntN(5) == 0
	}
}

// inForce are the rules that decide, in their order.
func (o *oracle) inForce() []*memberRule {
	return slices.DeleteFunc(slices.Clone(o.memberRules), func(each *memberRule) bool { return each.isOff || each.isGone })
}

// removalNow is how the rule removes users. One that is ending removes those whom the sync added.
func (r *memberRule) removalNow() string {
	if r.isEnding {
		return removesOwn
	}
	return r.removal
}

// asks is whether `who` of the rule names the user.
func (r *memberRule) asks(p *person, o *oracle) answer {
	if r.isEnding {
		return no
	}
	if len(r.groups) == 0 {
		return yes
	}
	isUnread := false
	for _, each := range r.groups {
		isUnread = isUnread || each.isGone || o.isBlindForMembers
	}
	isMember := slices.ContainsFunc(r.groups, func(each *group) bool { return !o.isBlindForMembers && each.contains(p) })
	switch {
	case r.isSeoul && (isUnread || p.haze["officeLocation"] == isOmitted):
		return unclear // a condition of which a part is unknown decides nothing
	case r.isSeoul && strings.EqualFold(p.office, "Seoul") && p.haze["officeLocation"] == "", isMember:
		return yes
	case isUnread:
		return unclear
	default:
		return no
	}
}

// whoPolicy is `who` of the rule.
func (r *memberRule) whoPolicy() map[string]any {
	var ids []string
	for _, each := range r.groups {
		ids = append(ids, each.id)
	}
	switch {
	case r.isSeoul:
		conditions := []any{map[string]any{"attribute": "officeLocation", "operator": "equals", "value": "seoul"}}
		for _, id := range ids {
			conditions = append(conditions, map[string]any{"member_of": id})
		}
		return map[string]any{"when": map[string]any{"any": conditions}}
	case len(ids) > 0:
		return map[string]any{"groups": ids}
	default:
		return map[string]any{"everyone": true}
	}
}

func (r *memberRule) joinPolicy() map[string]any {
	switch {
	case r.each == "project":
		return map[string]any{"team": map[string]any{"create": map[string]any{"name": "{value}", "display_name": "{value}"}}}
	case r.each != "":
		create := map[string]any{"name": r.template + "{value}", "display_name": r.template + "{value}"}
		return map[string]any{"team": map[string]any{"id": r.team.id}, "channel": map[string]any{"create": create}}
	case r.channel != nil:
		return map[string]any{"team": map[string]any{"id": r.team.id}, "channel": map[string]any{"id": r.channel.id}}
	default:
		return map[string]any{"team": map[string]any{"id": r.team.id}}
	}
}

// policy is the rule in the form of the policy.
func (r *memberRule) policy() map[string]any {
	rule := map[string]any{
		"id": r.id, "name": "The rule " + r.id, "enabled": !r.isOff, "ending": r.isEnding, "removal": r.removal, "role": "member",
		"who": r.whoPolicy(), "join": []any{r.joinPolicy()},
	}
	if r.isOfAdmin {
		rule["role"] = "admin"
	}
	switch r.each {
	case "department":
		rule["for_each"] = map[string]any{"attribute": "department"}
	case "office":
		rule["for_each"] = map[string]any{"attribute": "officeLocation"}
	case "project":
		rule["for_each"] = map[string]any{"groups_starting_with": projectPrefix}
	}
	return rule
}

// membershipPolicy is the part of the policy about teams and channels.
func (o *oracle) membershipPolicy() map[string]any {
	list := []any{}
	for _, each := range o.memberRules {
		if !each.isGone {
			list = append(list, each.policy())
		}
	}
	rejoin := "respect"
	if o.rejoins {
		rejoin = "always"
	}
	return map[string]any{"rules": list, "rejoin": rejoin, "announce": o.announce}
}
