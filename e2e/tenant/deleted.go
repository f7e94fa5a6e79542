package tenant

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// remove removes an object from the set and keeps it for restore. It reports whether there was one with that ID.
func (o *objects) remove(id string) bool {
	id = strings.ToLower(id)
	o.writing.Lock()
	defer o.writing.Unlock()
	before := o.now()
	place, known := before.places[id]
	if known {
		gone := before.list[place]
		gone.deletedAt = time.Now()
		o.current.Store(newSnapshot(without(before.list, id), append(slices.Clone(before.deleted), gone)))
	}
	return known
}

// restore restores a removed object.
func (o *objects) restore(id string) bool {
	id = strings.ToLower(id)
	o.writing.Lock()
	defer o.writing.Unlock()
	before := o.now()
	place, known := placesOf(before.deleted)[id]
	if known {
		back := before.deleted[place]
		back.deletedAt = time.Time{}
		o.current.Store(before.with(back))
	}
	return known
}

// erase removes an object permanently, whether or not it was removed before.
func (o *objects) erase(id string) bool {
	id = strings.ToLower(id)
	o.writing.Lock()
	defer o.writing.Unlock()
	before := o.now()
	after := newSnapshot(without(before.list, id), without(before.deleted, id))
	o.current.Store(after)
	return len(after.list)+len(after.deleted) < len(before.list)+len(before.deleted)
}

// patch sets properties of an object. null clears one. It reports whether there is such an object.
func (o *objects) patch(id string, changes json.RawMessage) (known bool, err error) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(changes, &values); err != nil {
		return false, fmt.Errorf("reading the changes of a %s: %w", o.kind, err)
	}
	o.writing.Lock()
	defer o.writing.Unlock()
	before := o.now()
	place, known := before.places[strings.ToLower(id)]
	if !known {
		return false, nil
	}
	changed, err := before.list[place].overlay(o.kind, values)
	if err != nil {
		return true, err
	}
	if changed.id != before.list[place].id {
		return true, fmt.Errorf("the id of a %s cannot change", o.kind)
	}
	o.current.Store(before.with(changed))
	return true, nil
}

// overlay returns a copy with some properties replaced.
func (each object) overlay(kind string, values map[string]json.RawMessage) (object, error) {
	var properties map[string]json.RawMessage
	if err := json.Unmarshal(each.raw, &properties); err != nil {
		return object{}, fmt.Errorf("reading %s %s: %w", kind, each.id, err)
	}
	maps.Copy(properties, values)
	var raw bytes.Buffer
	encoder := json.NewEncoder(&raw)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(properties); err != nil {
		return object{}, fmt.Errorf("writing %s %s: %w", kind, each.id, err)
	}
	return parseObject(kind, bytes.TrimSuffix(raw.Bytes(), []byte("\n")))
}

// asDeleted is a deleted user as in Graph: with the time, and with the ID before the user principal name, which is
// free for another user.
// Source: https://learn.microsoft.com/graph/api/directory-deleteditems-list
func (each object) asDeleted() (object, error) {
	values := map[string]json.RawMessage{
		"deletedDateTime": json.RawMessage(quote(each.deletedAt.UTC().Format(time.RFC3339))),
	}
	if each.principal != "" {
		values["userPrincipalName"] = json.RawMessage(quote(strings.ReplaceAll(each.id, "-", "") + each.principal))
	}
	return each.overlay("person", values)
}

// deletedUsers is the set of deleted users.
func (s *Server) deletedUsers() (*snapshot, error) {
	var list []object
	for _, each := range s.users.now().deleted {
		shown, err := each.asDeleted()
		if err != nil {
			return nil, err
		}
		list = append(list, shown)
	}
	return newSnapshot(list, nil), nil
}

func (s *Server) listDeleted(r *http.Request) (json.RawMessage, error) {
	bin, err := s.deletedUsers()
	if err != nil {
		return nil, err
	}
	return userEntity.list(r, bin)
}

func (s *Server) getDeleted(r *http.Request) (json.RawMessage, error) {
	bin, err := s.deletedUsers()
	if err != nil {
		return nil, err
	}
	return userEntity.one(r, bin)
}
