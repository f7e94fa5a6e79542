package tenant

import (
	"crypto/rand"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// maxRounds is how many rounds a tenant keeps. Each keeps a state of the directory. The tokens of older ones have
// expired.
const maxRounds = 64

// deltaRound is one round of a delta query, frozen when it started. Changes while a client reads its pages belong to
// the next one.
type deltaRound struct {
	deltaQueryOptions
	id      string
	of      *entity
	to      *deltaState
	changes []change
}

// deltaState is what a delta query compares.
type deltaState struct {
	objects *snapshot

	// members are the direct members of each group; nil for users.
	members map[string][]member
}

// skipToken is the token of the page that begins at offset. Different variants of a token lead to the same page.
func (d *deltaRound) skipToken(offset int, variant string) string {
	return d.id + "-" + strconv.Itoa(offset) + "-" + variant
}

// deltaRounds are the rounds that clients have tokens for.
type deltaRounds struct {
	mu    sync.Mutex
	known map[string]*deltaRound
	order []string
}

func newDeltaRounds() *deltaRounds { return &deltaRounds{known: map[string]*deltaRound{}} }

func (d *deltaRounds) add(round *deltaRound) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.order) == maxRounds {
		delete(d.known, d.order[0])
		d.order = d.order[1:]
	}
	d.known[round.id] = round
	d.order = append(d.order, round.id)
}

func (d *deltaRounds) find(id string, of *entity) (*deltaRound, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	round, known := d.known[id]
	if !known || round.of != of {
		return nil, syncStateNotFound()
	}
	return round, nil
}

// findRound returns the round of a request, and the client's position in it.
func (s *Server) findRound(query deltaQuery, of *entity, state func() *deltaState) (round *deltaRound, offset int, err error) {
	if query.skipToken != "" {
		parts := strings.Split(query.skipToken, "-")
		offset, err = strconv.Atoi(parts[min(1, len(parts)-1)])
		if err != nil || offset < 0 {
			return nil, 0, syncStateNotFound()
		}
		round, err = s.rounds.find(parts[0], of)
		return round, offset, err
	}
	var from *deltaState
	options, to := query.deltaQueryOptions, state()
	switch query.deltaToken {
	case "": // the first request, or the one after a reset
	case "latest":
		from = to
	default:
		last, err := s.rounds.find(query.deltaToken, of)
		if err != nil {
			return nil, 0, err
		}
		options, from = last.deltaQueryOptions, last.to
	}
	if from == nil {
		from = &deltaState{objects: newSnapshot(nil, nil)}
	}
	round = &deltaRound{deltaQueryOptions: options, id: rand.Text(), of: of, to: to}
	round.changes = splitMembers(options.changes(from, to), int(s.deltaPageSize.Load()))
	s.rounds.add(round)
	return round, 0, nil
}

// changes are the differences between two states.
func (o deltaQueryOptions) changes(before, now *deltaState) []change {
	from, to := before.objects, now.objects
	var changes []change
	add := func(id string, each change) {
		if o.ids == nil || slices.Contains(o.ids, id) {
			changes = append(changes, each)
		}
	}
	for index := range to.list {
		after := &to.list[index]
		place, known := from.places[after.id]
		var members []memberChange
		if o.withMembers {
			members = memberChanges(before.members[after.id], now.members[after.id])
		}
		if !known {
			add(after.id, change{object: after, members: members})
		} else if names := changedNames(&from.list[place], after); o.concern(names) || len(members) > 0 {
			add(after.id, change{object: after, isUpdate: true, names: names, members: members})
		}
	}
	inBin := placesOf(to.deleted)
	for _, before := range [][]object{from.list, from.deleted} {
		for index := range before {
			each := &before[index]
			_, isThere := to.places[each.id]
			_, isInBin := inBin[each.id]
			_, wasThere := from.places[each.id]
			switch {
			case isThere, isInBin && !wasThere:
			case isInBin:
				add(each.id, change{object: each, removed: "changed"})
			default:
				add(each.id, change{object: each, removed: "deleted"})
			}
		}
	}
	return changes
}

// concern reports whether the client tracks one of the properties. Without $select, it tracks all.
func (o deltaQueryOptions) concern(names []string) bool {
	if o.selected == nil {
		return len(names) > 0
	}
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(o.selected, name) })
}

// changedNames are the properties with different values. Null and missing are the same.
func changedNames(before, after *object) []string {
	if string(before.raw) == string(after.raw) {
		return nil
	}
	was, is := valuesOf(before), valuesOf(after)
	var names []string
	for name := range is {
		if !reflect.DeepEqual(was[name], is[name]) {
			names = append(names, name)
		}
	}
	for name, value := range was {
		if _, both := is[name]; !both && value != nil {
			names = append(names, name)
		}
	}
	return names
}

// valuesOf cannot fail, because the object was already decoded when it was added.
func valuesOf(each *object) map[string]any {
	var values map[string]any
	_ = json.Unmarshal(each.raw, &values)
	return values
}
