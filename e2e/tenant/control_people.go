package tenant

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// People returns the current users of the tenant.
func (s *Server) People() []json.RawMessage {
	return rawsOf(s.users.now().list)
}

func rawsOf(all []object) []json.RawMessage {
	raws := make([]json.RawMessage, 0, len(all))
	for _, each := range all {
		raws = append(raws, each.raw)
	}
	return raws
}

// ReplacePeople replaces all users, or none if one of the new ones is invalid.
func (s *Server) ReplacePeople(people []json.RawMessage) error { return s.users.replace(people) }

// PutPerson replaces the user with the same ID or adds a new one.
func (s *Server) PutPerson(person json.RawMessage) error { return s.users.put(person) }

// RemovePerson deletes a user like the Entra admin center: the user disappears from every list and can be restored. It
// reports whether there was a user with that ID.
func (s *Server) RemovePerson(id string) bool { return s.users.remove(id) }

// RestorePerson restores a deleted user. It reports whether there was one with that ID.
func (s *Server) RestorePerson(id string) bool { return s.users.restore(id) }

// ErasePerson deletes a user permanently, deleted before or not. It reports whether there was one with that ID.
func (s *Server) ErasePerson(id string) bool { return s.users.erase(id) }

// PatchPerson sets attributes of a user. null clears one.
func (s *Server) PatchPerson(id string, changes json.RawMessage) error {
	known, err := s.users.patch(id, changes)
	if err == nil && !known {
		err = fmt.Errorf("there is no person %q", id)
	}
	return err
}

// DeletedPeople returns the users who can be restored.
func (s *Server) DeletedPeople() []json.RawMessage { return rawsOf(s.users.now().deleted) }

func (s *Server) listPeople(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"value": s.People()})
}

func (s *Server) replacePeople(w http.ResponseWriter, r *http.Request) {
	people, err := LoadPeople(r.Body)
	if err == nil {
		err = s.ReplacePeople(people)
	}
	writeControlResult(w, err)
}

func (s *Server) putPerson(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = s.PutPerson(body)
	}
	writeControlResult(w, err)
}

func (s *Server) patchPerson(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	isKnown := true
	if err == nil {
		isKnown, err = s.users.patch(r.PathValue("id"), body)
	}
	if err != nil {
		writeControlResult(w, err)
		return
	}
	writeControlFound(w, isKnown)
}

func (s *Server) removePerson(w http.ResponseWriter, r *http.Request) {
	writeControlFound(w, s.RemovePerson(r.PathValue("id")))
}

func (s *Server) restorePerson(w http.ResponseWriter, r *http.Request) {
	writeControlFound(w, s.RestorePerson(r.PathValue("id")))
}

func (s *Server) erasePerson(w http.ResponseWriter, r *http.Request) {
	writeControlFound(w, s.ErasePerson(r.PathValue("id")))
}

func (s *Server) listBin(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"value": s.DeletedPeople()})
}

// writeControlResult responds to a change with the client's data.
func writeControlResult(w http.ResponseWriter, err error) {
	if err != nil {
		writeControlError(w, http.StatusBadRequest, err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// writeControlFound responds to a change of the object in the path.
func writeControlFound(w http.ResponseWriter, isFound bool) {
	if !isFound {
		writeControlError(w, http.StatusNotFound, "there is nothing with this id")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
