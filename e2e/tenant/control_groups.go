package tenant

import (
	"encoding/json"
	"io"
	"net/http"
)

// Groups returns the current groups of the tenant.
func (s *Server) Groups() []json.RawMessage { return rawsOf(s.groups.now().list) }

// PutGroup replaces the group with the same ID or adds a new one. SetMembers sets its members.
func (s *Server) PutGroup(group json.RawMessage) error { return s.groups.put(group) }

// RemoveGroup reports whether there was a group with that ID.
func (s *Server) RemoveGroup(id string) bool { return s.groups.remove(id) }

func (s *Server) listAllGroups(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"value": s.Groups()})
}

func (s *Server) putGroup(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = s.PutGroup(body)
	}
	writeControlResult(w, err)
}

func (s *Server) removeGroup(w http.ResponseWriter, r *http.Request) {
	writeControlFound(w, s.RemoveGroup(r.PathValue("id")))
}

// groupMembers is the body of the routes for members: IDs of users and groups.
type groupMembers struct {
	Members []string `json:"members"`
}

func (s *Server) getMembers(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, groupMembers{s.Members(r.PathValue("id"))})
}

func (s *Server) setMembers(w http.ResponseWriter, r *http.Request) {
	var body groupMembers
	err := json.NewDecoder(r.Body).Decode(&body)
	if err == nil {
		err = s.SetMembers(r.PathValue("id"), body.Members)
	}
	writeControlResult(w, err)
}
