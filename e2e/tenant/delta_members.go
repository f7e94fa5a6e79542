package tenant

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// member is a direct member of a group: a user or a group.
type member struct{ id, kind string }

// memberChange is a member who joined a group, or left it.
type memberChange struct {
	member
	hasLeft bool
}

// groupDelta responds to GET /groups/delta. Members are direct ones: a change in a nested group is a change of that group.
// Source: https://learn.microsoft.com/graph/api/group-delta and https://learn.microsoft.com/graph/delta-query-groups
func (s *Server) groupDelta(r *http.Request) (json.RawMessage, error) {
	return s.delta(r, groupEntity, func() *deltaState {
		groups, users := s.groups.now(), s.users.now()
		return &deltaState{objects: groups, members: s.members.existing(map[string]*snapshot{"group": groups, "user": users})}
	})
}

// existing are the direct members of all groups that exist themselves: who is deleted has left all groups.
func (m *memberships) existing(sets map[string]*snapshot) map[string][]member {
	m.mu.RLock()
	defer m.mu.RUnlock()
	there := make(map[string][]member, len(m.of))
	for group, members := range m.of {
		for _, id := range members {
			for kind, set := range sets {
				if _, exists := set.places[id]; exists {
					there[group] = append(there[group], member{id, kind})
				}
			}
		}
	}
	return there
}

func memberChanges(before, after []member) []memberChange {
	var changes []memberChange
	is := setOf(after)
	for _, each := range before {
		if !is[each] {
			changes = append(changes, memberChange{each, true})
		}
	}
	was := setOf(before)
	for _, each := range after {
		if !was[each] {
			changes = append(changes, memberChange{each, false})
		}
	}
	return changes
}

func setOf(members []member) map[member]bool {
	set := make(map[member]bool, len(members))
	for _, each := range members {
		set[each] = true
	}
	return set
}

// splitMembers repeats groups with many changed members, as Graph does: no object has more than size.
func splitMembers(changes []change, size int) []change {
	var split []change
	for _, each := range changes {
		rest := each.members
		for len(rest) > size {
			each.members = rest[:size]
			split = append(split, each)
			rest = rest[size:]
		}
		each.members = rest
		split = append(split, each)
	}
	return split
}

// writeMembers writes the annotation of a group with its changed members. A group without any has none.
func writeMembers(body *bytes.Buffer, members []memberChange) {
	if len(members) == 0 {
		return
	}
	body.WriteString(`,"members@delta":[`)
	for index, each := range members {
		if index > 0 {
			body.WriteByte(',')
		}
		body.WriteString(`{"@odata.type":"#microsoft.graph.` + each.kind + `","id":` + quote(each.id))
		if each.hasLeft {
			body.WriteString(`,"@removed":{"reason":"deleted"}`)
		}
		body.WriteByte('}')
	}
	body.WriteByte(']')
}
