package days

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// projectPrefix is how the names of the groups begin for which the policy of the play has teams.
const projectPrefix = "MM-"

// group is a group of the directory.
type group struct {
	id, name string
	members  []*person
	nested   []*group
	isGone   bool
}

func (g *group) String() string { return fmt.Sprintf("%s …%s", g.name, g.id[len(g.id)-4:]) }

// contains reports whether the user is in the group or in a nested one. A deleted group contains no one.
func (g *group) contains(p *person) bool { return g.containsBut(p, nil) }

func (g *group) containsBut(p *person, above []*group) bool {
	if g.isGone || slices.Contains(above, g) {
		return false
	}
	return slices.Contains(g.members, p) ||
		slices.ContainsFunc(g.nested, func(each *group) bool { return each.containsBut(p, append(above, g)) })
}

// isProject reports whether the policy of the play has a team for the group.
func (g *group) isProject() bool {
	return !g.isGone && strings.HasPrefix(strings.ToLower(g.name), strings.ToLower(projectPrefix))
}

// project is the name of the group without the prefix.
func (g *group) project() string { return strings.TrimSpace(g.name[len(projectPrefix):]) }

// saveGroup sends a group to the tenant.
func (c *company) saveGroup(g *group) {
	encoded, err := json.Marshal(map[string]any{"id": g.id, "displayName": g.name, "securityEnabled": true, "mailEnabled": false, "groupTypes": []string{}})
	if err == nil {
		err = c.tenant.PutGroup(encoded)
	}
	var ids []string
	for _, p := range g.members {
		ids = append(ids, p.id)
	}
	for _, each := range g.nested {
		ids = append(ids, each.id)
	}
	if err == nil {
		err = c.tenant.SetMembers(g.id, ids)
	}
	if err != nil {
		panic(err) // a group of the play
	}
}

// found creates a group with some users.
func (c *company) found(rng *rand.Rand, name string, count int) *group {
	c.founded++
	g := &group{id: fmt.Sprintf("%08x-6a0c-4d3e-9b11-%012d", rng.Uint32(), c.founded), name: name, members: c.some(rng, count, isAtWork)}
	c.groups = append(c.groups, g)
	c.saveGroup(g)
	return g
}

// foundGroups creates the groups that the policy of the play names, and projects.
func (c *company) foundGroups(rng *rand.Rand) {
	c.circle, c.choir, c.leads = c.found(rng, "Circle", 12), c.found(rng, "Choir", 6), c.found(rng, "Leads", 3)
	inner := c.found(rng, "Inner circle", 3)
	c.circle.nested = []*group{inner}
	inner.nested = []*group{c.circle} // a circle
	c.saveGroup(c.circle)
	c.saveGroup(inner)
	c.found(rng, "MM-Apollo", 8)
	c.found(rng, "mm-Gemini", 4)
	c.diary = nil
}

var groupEvents = []event{
	{8, (*company).joinGroup}, {8, (*company).leaveGroup}, {2, (*company).nest}, {2, (*company).renameGroup}, {1, (*company).removeGroup},
	{2, (*company).recreateGroup}, {2, (*company).startProject}, {1, (*company).exchangeMembers}, {2, (*company).moveOffice},
}

// liveInGroups plays what happens to the groups on a day.
func (c *company) liveInGroups(rng *rand.Rand) {
	total := 0
	for _, each := range groupEvents {
		total += each.weight
	}
	for range rng.IntN(4) {
		chosen := rng.IntN(total)
		for _, each := range groupEvents {
			if chosen -= each.weight; chosen < 0 {
				each.happen(c, rng)
				break
			}
		}
	}
}

func (c *company) someGroup(rng *rand.Rand, fits func(*group) bool) *group {
	fitting := slices.DeleteFunc(slices.Clone(c.groups), func(g *group) bool { return !fits(g) })
	if len(fitting) == 0 {
		return nil
	}
	return pick(rng, fitting)
}

func isThere(g *group) bool { return !g.isGone }

func (c *company) joinGroup(rng *rand.Rand) {
	if g := c.someGroup(rng, isThere); g != nil {
		joining := c.some(rng, 1+rng.IntN(3), func(p *person) bool { return isPresent(p) && !slices.Contains(g.members, p) })
		g.members = append(g.members, joining...)
		c.saveGroup(g)
		c.note("are in %s now: %v", g, joining)
	}
}

func (c *company) leaveGroup(rng *rand.Rand) {
	if g := c.someGroup(rng, func(g *group) bool { return isThere(g) && len(g.members) > 0 }); g != nil {
		for range min(len(g.members), 1+rng.IntN(3)) {
			at := rng.IntN(len(g.members))
			c.note("is no longer in %s: %s", g, g.members[at])
			g.members = slices.Delete(g.members, at, at+1)
		}
		c.saveGroup(g)
	}
}

// exchangeMembers replaces all members of a group.
func (c *company) exchangeMembers(rng *rand.Rand) {
	if g := c.someGroup(rng, isThere); g != nil {
		g.members = c.some(rng, rng.IntN(8), isPresent)
		c.saveGroup(g)
		c.note("%s has other members: %v", g, g.members)
	}
}

func (c *company) nest(rng *rand.Rand) {
	outer, inner := c.someGroup(rng, isThere), c.someGroup(rng, isThere)
	if outer == nil || inner == nil {
		return
	}
	if slices.Contains(outer.nested, inner) || rng.IntN(2) == 0 {
		outer.nested = nil
	} else {
		outer.nested = append(outer.nested, inner)
	}
	c.saveGroup(outer)
	c.note("%s contains %v", outer, outer.nested)
}

// projects are names of projects. The server keeps the first one for itself, and two of them give the same name.
var projects = []string{"Admin Area", "Zeus", "Hera 1", "Hera-1", "Artemis", "Ares"}

func (c *company) startProject(rng *rand.Rand) {
	if len(c.projects()) < 5 {
		g := c.found(rng, projectPrefix+pick(rng, projects), 1+rng.IntN(6))
		c.note("a new group %s: %v", g, g.members)
	}
}

// projects are the groups for which the policy has a team.
func (c *company) projects() []*group {
	return slices.DeleteFunc(slices.Clone(c.groups), func(g *group) bool { return !g.isProject() })
}

func (c *company) renameGroup(rng *rand.Rand) {
	g := c.someGroup(rng, isThere)
	if g == nil {
		return
	}
	c.founded++
	before := g.name
	g.name = fmt.Sprintf("%sRenamed %d", pick(rng, []string{projectPrefix, ""}), c.founded)
	if c.isNamedByPolicy(g) {
		g.name = fmt.Sprintf("Renamed %d", c.founded)
	}
	c.saveGroup(g)
	c.note("the group %q is called %s", before, g)
}

func (c *company) isNamedByPolicy(g *group) bool {
	return g == c.circle || g == c.choir || g == c.leads
}

func (c *company) removeGroup(rng *rand.Rand) {
	if g := c.someGroup(rng, func(g *group) bool { return isThere(g) && g != c.circle }); g != nil {
		g.isGone = true
		c.tenant.RemoveGroup(g.id)
		c.note("the group %s is deleted", g)
	}
}

// recreateGroup creates a deleted group again, with the same name and members and another ID. The policy does not know it.
func (c *company) recreateGroup(rng *rand.Rand) {
	gone := c.someGroup(rng, func(g *group) bool { return g.isGone })
	if gone == nil || slices.ContainsFunc(c.groups, func(g *group) bool { return isThere(g) && g.name == gone.name }) {
		return
	}
	g := c.found(rng, gone.name, 0)
	g.members = slices.Clone(gone.members)
	c.saveGroup(g)
	c.note("the group %s is created again, it was …%s", g, gone.id[len(gone.id)-4:])
}

// offices are values of an attribute that only rules for teams and channels look at. Two of them give the same name.
var offices = []string{"Seoul", "Busan", "본사", "", "R&D", "R+D", "Seoul", "seoul"}

func (c *company) moveOffice(rng *rand.Rand) {
	for _, p := range c.some(rng, 1+rng.IntN(3), isPresent) {
		p.office = pick(rng, offices)
		c.save(p)
		c.note("works in the office %q: %s", p.office, p)
	}
}
