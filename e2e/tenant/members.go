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

// memberships say who is directly in which group: users and groups, by id in lower case.
type memberships struct {
	mu sync.RWMutex
	of map[string][]string
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
	m.of = lower
}

func (m *memberships) set(group string, members []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.of[strings.ToLower(group)] = lowerAll(members)
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

// within gives everything that is in a group or in a group within it. Groups that are gone hold nobody; circles end.
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

// SetMembers says who is directly in a group: ids of people and of groups. Ids that nobody has are nobody.
func (s *Server) SetMembers(group string, members []string) error {
	if _, known := s.groups.now().find(group); !known {
		return fmt.Errorf("there is no group %q", group)
	}
	s.members.set(group, members)
	return nil
}

// Members returns who is directly in a group.
func (s *Server) Members(group string) []string { return s.members.get(group) }

// listMembers answers for the users in a group, nested groups included, in the tenant's order.
//
// The cast to users is an advanced query: it needs $count=true and ConsistencyLevel on every page, for a nextLink carries
// the query and not the headers. Without User.Read.All the members are there, but all of them but id and type is null.
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

// hideAll leaves id and type of people and makes all else null.
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
