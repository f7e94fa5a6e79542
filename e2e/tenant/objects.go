package tenant

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// object is one directory object: what Graph would send, plus the few fields by which it can be found,
// in lower case because Graph compares them without case.
type object struct {
	raw                              json.RawMessage
	id, principal, mail, displayName string
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

// objects is an ordered set of directory objects, safe for use by many requests at once.
type objects struct {
	kind string

	mu     sync.RWMutex
	list   []object
	places map[string]int // id to index in list
}

func newObjects(kind string, raws []json.RawMessage) (*objects, error) {
	set := &objects{kind: kind}
	return set, set.replace(raws)
}

// replace takes all of raws or, if one of them is wrong, none.
func (o *objects) replace(raws []json.RawMessage) error {
	list := make([]object, 0, len(raws))
	places := make(map[string]int, len(raws))
	for index, raw := range raws {
		parsed, err := parseObject(o.kind, raw)
		if err != nil {
			return fmt.Errorf("%s %d: %w", o.kind, index, err)
		}
		if first, taken := places[parsed.id]; taken {
			return fmt.Errorf("%s %d has the id of %s %d: %s", o.kind, index, o.kind, first, parsed.id)
		}
		places[parsed.id] = index
		list = append(list, parsed)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list, o.places = list, places
	return nil
}

// put replaces the object with the same id or appends a new one.
func (o *objects) put(raw json.RawMessage) error {
	parsed, err := parseObject(o.kind, raw)
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	// Readers hold slices of the old list, so it is replaced and never edited.
	if place, known := o.places[parsed.id]; known {
		o.list = slices.Clone(o.list)
		o.list[place] = parsed
		return nil
	}
	o.places[parsed.id] = len(o.list)
	o.list = append(slices.Clip(o.list), parsed)
	return nil
}

// remove reports whether there was an object with that id.
func (o *objects) remove(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	place, known := o.places[strings.ToLower(id)]
	if !known {
		return false
	}
	o.list = slices.Delete(slices.Clone(o.list), place, place+1)
	o.places = make(map[string]int, len(o.list))
	for index, each := range o.list {
		o.places[each.id] = index
	}
	return true
}

// all returns the objects in the order in which they came. The slice must not be changed.
func (o *objects) all() []object {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.list
}

// find looks an object up by id or, for people, by user principal name.
func (o *objects) find(key string) (object, bool) {
	key = strings.ToLower(key)
	o.mu.RLock()
	defer o.mu.RUnlock()
	if place, known := o.places[key]; known {
		return o.list[place], true
	}
	index := slices.IndexFunc(o.list, func(each object) bool { return each.principal == key && key != "" })
	if index < 0 {
		return object{}, false
	}
	return o.list[index], true
}
