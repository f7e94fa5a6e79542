package days

import (
	"slices"
	"strings"
)

// demand is a team or channel with the users whom rules want there.
type demand struct {
	room    *room   // nil for one that is to be made
	key     string  // as room.key
	team    *demand // of a channel
	name    string  // of one that is to be made; "" if a URL cannot have its letters
	display string
	wishes  []*wish
	unclear map[*person]bool // some rule does not know about these users
}

// wish is the users whom one rule wants.
type wish struct {
	rule  *memberRule
	users map[*person]bool
}

// value is one of the values for which a rule has a room, with the users whom it wants for it.
type value struct {
	key, text      string
	users, unclear map[*person]bool
}

// demands are the teams and channels of all rules in force, teams first.
func (o *oracle) demands(users []*person) []*demand {
	var all []*demand
	find := func(key string, r *room, team *demand, display string) *demand {
		for _, each := range all {
			if each.key == key {
				return each
			}
		}
		made := &demand{room: r, key: key, team: team, display: display, name: urlName(display), unclear: map[*person]bool{}}
		all = append(all, made)
		return made
	}
	for _, rule := range o.inForce() {
		for _, each := range o.values(rule, users) {
			var team *demand
			if rule.team != nil {
				team = find(rule.team.id, rule.team, nil, "")
			} else {
				key := "project " + each.key
				team = find(key, o.madeRoom(key), nil, each.text)
			}
			team.add(rule, each)
			switch {
			case rule.channel != nil:
				find(rule.channel.id, rule.channel, team, "").add(rule, each)
			case rule.template != "":
				key := rule.template + each.key
				find(key, o.madeRoom(key), team, rule.template+each.text).add(rule, each)
			}
		}
	}
	slices.SortStableFunc(all, func(one, other *demand) int { return depth(one) - depth(other) })
	return all
}

func depth(d *demand) int {
	if d.team != nil {
		return 1
	}
	return 0
}

func (d *demand) add(rule *memberRule, v value) {
	at := slices.IndexFunc(d.wishes, func(each *wish) bool { return each.rule == rule })
	if at < 0 {
		d.wishes = append(d.wishes, &wish{rule: rule, users: map[*person]bool{}})
		at = len(d.wishes) - 1
	}
	for p := range v.users {
		d.wishes[at].users[p] = true
	}
	for p := range v.unclear {
		d.unclear[p] = true
	}
}

// madeRoom is the room that the sync has made for this template and value.
func (o *oracle) madeRoom(key string) *room {
	for _, each := range o.rooms {
		if each.key == key {
			return each
		}
	}
	return nil
}

// values are those of the rule, also those of rooms that were made and that no user and no group has any longer.
func (o *oracle) values(rule *memberRule, users []*person) []value {
	switch rule.each {
	case "":
		only := value{users: map[*person]bool{}, unclear: map[*person]bool{}}
		for _, p := range users {
			only.put(p, rule.asks(p, o))
		}
		return []value{only}
	case "project":
		return o.projectValues(rule, users)
	default:
		return o.attributeValues(rule, users)
	}
}

func (v *value) put(p *person, is answer) {
	switch is {
	case yes:
		v.users[p] = true
	case unclear:
		v.unclear[p] = true
	}
}

func (o *oracle) attributeValues(rule *memberRule, users []*person) (values []value) {
	texts := map[string]string{}
	for _, p := range users {
		if text := rule.textOf(p); text != "" {
			texts[strings.ToLower(text)] = text
		}
	}
	for _, each := range o.rooms {
		if key, isMade := strings.CutPrefix(each.key, rule.template); isMade && texts[key] == "" {
			texts[key] = key
		}
	}
	for key, text := range texts {
		next := value{key: key, text: text, users: map[*person]bool{}, unclear: map[*person]bool{}}
		for _, p := range users {
			switch {
			case rule.each == "office" && p.haze["officeLocation"] == isOmitted:
				next.unclear[p] = !rule.isEnding
			case strings.EqualFold(rule.textOf(p), key):
				next.put(p, rule.asks(p, o))
			}
		}
		values = append(values, next)
	}
	slices.SortFunc(values, func(one, other value) int { return strings.Compare(one.key, other.key) })
	return values
}

// textOf is the value of the attribute for which the rule has a room, "" if the directory says none.
func (r *memberRule) textOf(p *person) string {
	switch {
	case r.each == "office" && p.haze["officeLocation"] == "":
		return p.office
	case r.each == "department" && p.haze["department"] == "":
		return strings.TrimSpace(p.department.clean)
	default:
		return ""
	}
}

func (o *oracle) projectValues(rule *memberRule, users []*person) (values []value) {
	known := map[string]bool{}
	add := func(id, text string, ask func(*person) answer) {
		known[id] = true
		next := value{key: id, text: text, users: map[*person]bool{}, unclear: map[*person]bool{}}
		for _, p := range users {
			next.put(p, ask(p))
		}
		values = append(values, next)
	}
	if !o.isBlindForNames {
		for _, each := range o.projects() {
			add(each.id, each.project(), func(p *person) answer {
				is := rule.asks(p, o)
				switch {
				case o.isBlindForMembers:
					return unclear
				case is == yes && !each.contains(p):
					return no
				default:
					return is
				}
			})
		}
	}
	for _, each := range o.rooms {
		if id, isMade := strings.CutPrefix(each.key, "project "); isMade && !known[id] {
			add(id, id, func(*person) answer {
				if o.isBlindForNames {
					return unclear
				}
				return no
			})
		}
	}
	return values
}

var urlSign = strings.NewReplacer(" ", "-", "&", "-", "+", "-")

// urlName is the name that a room with the display name gets, or "" if a URL cannot have its letters: then a digest makes it unique.
func urlName(display string) string {
	name := urlSign.Replace(strings.ToLower(display))
	for _, letter := range name {
		if letter > 'z' {
			return ""
		}
	}
	return name
}

// reservedTeams are beginnings of names that the server keeps for itself, of those that the play has.
var reservedTeams = []string{"admin"}

// troubles says why rooms cannot be used or made, by demand.
func (o *oracle) troubles(demands []*demand) map[*demand]string {
	found := map[*demand]string{}
	for _, each := range demands {
		switch r := each.room; {
		case r == nil && !each.isWanted():
			found[each] = "not needed"
		case r == nil && each.team != nil && found[each.team] != "":
			found[each] = "no team"
		case r == nil:
			if reason := o.wrongName(each, demands, found); reason != "" {
				found[each] = reason
			}
		case r.team != nil && !r.team.isOpen():
			found[each] = "no team"
		case r.isArchived:
			found[each] = "target_archived"
		case r.isConstrained:
			found[each] = "target_group_constrained"
		}
	}
	return found
}

func (d *demand) isWanted() bool {
	return slices.ContainsFunc(d.wishes, func(each *wish) bool { return len(each.users) > 0 })
}

func (o *oracle) wrongName(d *demand, demands []*demand, found map[*demand]string) string {
	if d.name == "" {
		return ""
	}
	isReserved := func(word string) bool { return strings.HasPrefix(d.name, word) }
	if d.team == nil && slices.ContainsFunc(reservedTeams, isReserved) {
		return "target_name_invalid"
	}
	for _, other := range demands {
		if other != d && other.room == nil && other.isWanted() && other.team == d.team && other.name == d.name && found[other] != "no team" {
			return "target_name_shared"
		}
	}
	for _, r := range o.rooms {
		if r.name == d.name && (d.team == nil && r.team == nil || d.team != nil && r.team == d.team.room) {
			return "target_name_taken"
		}
	}
	return ""
}
