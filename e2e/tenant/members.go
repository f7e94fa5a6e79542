package tenant

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// memberships are the direct members of each group: users and groups by lowercase ID.
type memberships struct {
	mu sync.RWMutex
	of map[string][]string

	// parents are the groups of each member; nil until someone asks after a change.
	parents map[string][]string
}

func newMemberships(of map[string][]string) *memberships {
	m := &memberships{}
	m.replace(of)
	return m
}

func (m *memberships) replace(of map[string][]string) {
	lower := map[string][]string{}
	for group, members := range of {
		lower[strings.ToLower(group)] = lowerAll(members)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.of, m.parents = lower, nil
}

func (m *memberships) set(group string, members []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.of[strings.ToLower(group)], m.parents = lowerAll(members), nil
}

func (m *memberships) get(group string) []string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return slices.Clone(m.of[strings.ToLower(group)])
}

func lowerAll(texts []string) []string {
	lower := make([]string, 0, len(texts))
	for _, text := range texts {
		lower = append(lower, strings.ToLower(text))
	}
	return lower
}

// within returns everything in a group and in nested groups. Deleted groups are empty. Circles end.
func (m *memberships) within(group string, groups *snapshot) map[string]bool {
	found, waiting := map[string]bool{}, []string{strings.ToLower(group)}
	for len(waiting) > 0 {
		next := waiting[0]
		waiting = waiting[1:]
		if _, exists := groups.places[next]; !exists {
			continue
		}
		for _, member := range m.get(next) {
			if !found[member] {
				found[member] = true
				waiting = append(waiting, member)
			}
		}
	}
	return found
}

// around returns all groups that a user or group is in, through nested groups too. Deleted groups have no members.
func (m *memberships) around(id string, groups *snapshot) map[string]bool {
	parents := m.parentsOfEach()
	found, waiting := map[string]bool{}, []string{strings.ToLower(id)}
	for len(waiting) > 0 {
		next := waiting[0]
		waiting = waiting[1:]
		for _, group := range parents[next] {
			if _, exists := groups.places[group]; exists && !found[group] {
				found[group] = true
				waiting = append(waiting, group)
			}
		}
	}
	return found
}

func (m *memberships) parentsOfEach() map[string][]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.parents == nil {
		m.parents = map[string][]string{}
		for group, members := range m.of {
			for _, id := range members {
				m.parents[id] = append(m.parents[id], group)
			}
		}
	}
	return m.parents
}

// SetMembers sets the direct members of a group: IDs of users and groups. Unknown IDs are ignored.
func (s *Server) SetMembers(group string, members []string) error {
	if _, known := s.groups.now().find(group); !known {
		return fmt.Errorf("there is no group %q", group)
	}
	s.members.set(group, members)
	return nil
}

// Members returns the direct members of a group.
func (s *Server) Members(group string) []string { return s.members.get(group) }

// listMembers responds with the users in a group and in nested groups, in the tenant's order.
//
// The cast to users is an advanced query. It needs $count=true and ConsistencyLevel on every page, because a nextLink has
// the query and not the headers. Without User.Read.All, everything except the ID and type of members is null.
// Source: https://learn.microsoft.com/graph/api/group-list-transitivemembers,
// https://learn.microsoft.com/graph/aad-advanced-queries and https://learn.microsoft.com/graph/paging
func (s *Server) listMembers(r *http.Request) (json.RawMessage, error) {
	query, err := userEntity.parseListQuery(r)
	if err != nil {
		return nil, err
	}
	if !query.count {
		return nil, unsupportedQuery("A cast of 'transitiveMembers' is only supported with $count=true and the request header " +
			"'ConsistencyLevel: eventual'.")
	}
	groups := s.groups.now()
	if _, known := groups.find(r.PathValue("id")); !known {
		return nil, resourceMissing(r.PathValue("id"))
	}
	within := s.members.within(r.PathValue("id"), groups)
	people := keep(s.users.now().list, func(person object) bool { return within[person.id] })
	if !s.isAllowed(r, roleUsers) {
		if people, err = hideAll(people); err != nil {
			return nil, err
		}
		if query.selected != nil {
			query.selected = append([]string{"@odata.type"}, query.selected...)
		}
	}
	return userEntity.render(r, query, people)
}

// listAllMembers responds with the users and groups in a group and in nested groups. Without a cast, the request needs no header.
// Source: https://learn.microsoft.com/graph/api/group-list-transitivemembers
func (s *Server) listAllMembers(r *http.Request) (json.RawMessage, error) {
	groups := s.groups.now()
	if _, known := groups.find(r.PathValue("id")); !known {
		return nil, resourceMissing(r.PathValue("id"))
	}
	within := s.members.within(r.PathValue("id"), groups)
	isWithin := func(each object) bool { return within[each.id] }
	users := keep(s.users.now().list, isWithin)
	if !s.isAllowed(r, roleUsers) {
		var err error
		if users, err = hideAll(users); err != nil {
			return nil, err
		}
	}
	return listMixed(r, ofKind("user", users), ofKind("group", keep(groups.list, isWithin)))
}

// listNested responds with the groups directly in a group. Like every cast, it needs $count=true and ConsistencyLevel.
// Source: https://learn.microsoft.com/graph/api/group-list-members
func (s *Server) listNested(r *http.Request) (json.RawMessage, error) {
	query, err := groupEntity.parseListQuery(r)
	if err != nil {
		return nil, err
	}
	if !query.count {
		return nil, unsupportedQuery("A cast of 'members' is only supported with $count=true and the request header 'ConsistencyLevel: eventual'.")
	}
	groups := s.groups.now()
	if _, known := groups.find(r.PathValue("id")); !known {
		return nil, resourceMissing(r.PathValue("id"))
	}
	direct := s.members.get(r.PathValue("id"))
	return groupEntity.render(r, query, keep(groups.list, func(each object) bool { return slices.Contains(direct, each.id) }))
}

// listPlaces responds with the groups that a user is in, through nested groups too.
// Source: https://learn.microsoft.com/graph/api/user-list-transitivememberof
func (s *Server) listPlaces(r *http.Request) (json.RawMessage, error) {
	if !s.isAllowed(r, roleUsers) && !s.isAllowed(r, roleGroups) {
		return nil, insufficientPrivileges()
	}
	user, known := s.users.now().find(r.PathValue("id"))
	ids := s.lagging.Load()
	if !known || ids != nil && slices.Contains(*ids, user.id) {
		return nil, resourceMissing(r.PathValue("id"))
	}
	groups := s.groups.now()
	around := s.members.around(user.id, groups)
	return listMixed(r, ofKind("group", keep(groups.list, func(each object) bool { return around[each.id] })))
}

func ofKind(kind string, objects []object) []object {
	marked := slices.Clone(objects)
	for index := range marked {
		marked[index].odataType = "#microsoft.graph." + kind
	}
	return marked
}

// listMixed responds with objects of several kinds. What only advanced queries can do, these lists refuse.
func listMixed(r *http.Request, kinds ...[]object) (json.RawMessage, error) {
	query, err := directoryObject.parseListQuery(r)
	if err != nil {
		return nil, err
	}
	return directoryObject.render(r, query, slices.Concat(kinds...))
}

// directoryObject is what users and groups have in common.
var directoryObject = &entity{
	set:      "directoryObjects",
	name:     "directoryObject",
	defaults: []string{"id", "displayName"},
	filter: func(string) (filter, error) {
		return nil, unsupportedQuery("The simulated tenant does not support the query option '$filter' on directoryObjects.")
	},
}

// hideAll keeps the ID and type of users and makes everything else null.
func hideAll(people []object) ([]object, error) {
	hidden := make([]object, 0, len(people))
	for _, each := range people {
		nothing := map[string]json.RawMessage{"@odata.type": json.RawMessage(`"#microsoft.graph.user"`)}
		for _, name := range slices.Concat(userEntity.defaults, userEntity.selectable, slices.Collect(maps.Keys(valuesOf(&each)))) {
			if name != "id" {
				nothing[name] = json.RawMessage("null")
			}
		}
		blank, err := each.overlay("person", nothing)
		if err != nil {
			return nil, err
		}
		hidden = append(hidden, blank)
	}
	return hidden, nil
}
