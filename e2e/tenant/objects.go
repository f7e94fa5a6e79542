package tenant

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// object is one directory object: what Graph sends, and the few fields that it can be found by,
// in lowercase because Graph compares them without case.
type object struct {
	raw                              json.RawMessage
	id, principal, mail, displayName string
	deletedAt                        time.Time // of a deleted object
	odataType                        string    // sent in a list of objects of several kinds
}

func parseObject(kind string, raw json.RawMessage) (object, error) {
	var known struct {
		ID                string  `json:"id"`
		UserPrincipalName *string `json:"userPrincipalName"`
		Mail              *string `json:"mail"`
		DisplayName       *string `json:"displayName"`
	}
	if err := json.Unmarshal(raw, &known); err != nil {
		return object{}, fmt.Errorf("reading a %s: %w", kind, err)
	}
	if strings.TrimSpace(known.ID) == "" {
		return object{}, fmt.Errorf("a %s has no id: %.80s", kind, raw)
	}
	return object{
		raw:         raw,
		id:          strings.ToLower(known.ID),
		principal:   lowerOrEmpty(known.UserPrincipalName),
		mail:        lowerOrEmpty(known.Mail),
		displayName: lowerOrEmpty(known.DisplayName),
	}, nil
}

func lowerOrEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return strings.ToLower(*text)
}

// snapshot is a state of a set of objects. It never changes, so requests can use it without a lock.
type snapshot struct {
	list   []object
	places map[string]int // id to index in list
	// deleted are the objects that can be restored, in the order in which they were deleted.
	deleted []object
	// pages are finished responses by request. Reading an unchanged tenant again, as
	// every scheduled run does, should measure the reader and not the simulator.
	pages *sync.Map
}

func newSnapshot(list, deleted []object) *snapshot {
	return &snapshot{list: list, places: placesOf(list), deleted: deleted, pages: &sync.Map{}}
}

// placesOf maps the ids of objects to their indexes.
func placesOf(list []object) map[string]int {
	places := make(map[string]int, len(list))
	for index, each := range list {
		places[each.id] = index
	}
	return places
}

// find looks up an object by ID or, for users, by user principal name.
func (s *snapshot) find(key string) (object, bool) {
	key = strings.ToLower(key)
	if place, known := s.places[key]; known {
		return s.list[place], true
	}
	index := slices.IndexFunc(s.list, func(each object) bool { return each.principal == key && key != "" })
	if index < 0 {
		return object{}, false
	}
	return s.list[index], true
}

// objects is an ordered set of directory objects, safe for use by many requests at once.
type objects struct {
	kind    string
	writing sync.Mutex
	current atomic.Pointer[snapshot]
}

func newObjects(kind string, raws []json.RawMessage) (*objects, error) {
	set := &objects{kind: kind}
	return set, set.replace(raws)
}

// now is the current state of the set.
func (o *objects) now() *snapshot { return o.current.Load() }

// replace replaces all objects, or none if one of the new ones is invalid.
func (o *objects) replace(raws []json.RawMessage) error {
	list := make([]object, 0, len(raws))
	seen := make(map[string]int, len(raws))
	for index, raw := range raws {
		parsed, err := parseObject(o.kind, raw)
		if err != nil {
			return fmt.Errorf("%s %d: %w", o.kind, index+1, err)
		}
		if first, taken := seen[parsed.id]; taken {
			return fmt.Errorf("%s %d has the id of %s %d: %s", o.kind, index+1, o.kind, first, parsed.id)
		}
		seen[parsed.id] = index + 1
		list = append(list, parsed)
	}
	o.writing.Lock()
	defer o.writing.Unlock()
	o.current.Store(newSnapshot(list, nil))
	return nil
}

// put replaces the object with the same ID or appends a new one. A deleted one is restored.
func (o *objects) put(raw json.RawMessage) error {
	parsed, err := parseObject(o.kind, raw)
	if err != nil {
		return err
	}
	o.writing.Lock()
	defer o.writing.Unlock()
	o.current.Store(o.now().with(parsed))
	return nil
}

func (s *snapshot) with(each object) *snapshot {
	list := slices.Clone(s.list)
	if place, known := s.places[each.id]; known {
		list[place] = each
	} else {
		list = append(list, each)
	}
	return newSnapshot(list, without(s.deleted, each.id))
}

func without(list []object, id string) []object {
	return slices.DeleteFunc(slices.Clone(list), func(each object) bool { return each.id == id })
}
