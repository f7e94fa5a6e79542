package tenant

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
)

// ControlKeyHeader has Server.ControlKey on the routes under /_control.
const ControlKeyHeader = "X-Tenant-Control-Key"

// maxControlBytes is enough for a hundred thousand users.
const maxControlBytes = 512 << 20

func (s *Server) routeControl(mux *http.ServeMux) {
	mux.HandleFunc("GET /_control/faults", s.control(s.listFaults))
	mux.HandleFunc("POST /_control/faults", s.control(s.setFault))
	mux.HandleFunc("DELETE /_control/faults", s.control(s.clearFaults))
	mux.HandleFunc("DELETE /_control/faults/{id}", s.control(s.removeFault))
	mux.HandleFunc("GET /_control/people", s.control(s.listPeople))
	mux.HandleFunc("PUT /_control/people", s.control(s.replacePeople))
	mux.HandleFunc("POST /_control/people", s.control(s.putPerson))
	mux.HandleFunc("PATCH /_control/people/{id}", s.control(s.patchPerson))
	mux.HandleFunc("DELETE /_control/people/{id}", s.control(s.removePerson))
	mux.HandleFunc("GET /_control/deleted", s.control(s.listBin))
	mux.HandleFunc("DELETE /_control/deleted/{id}", s.control(s.erasePerson))
	mux.HandleFunc("POST /_control/deleted/{id}/restore", s.control(s.restorePerson))
	mux.HandleFunc("GET /_control/groups", s.control(s.listAllGroups))
	mux.HandleFunc("POST /_control/groups", s.control(s.putGroup))
	mux.HandleFunc("DELETE /_control/groups/{id}", s.control(s.removeGroup))
	mux.HandleFunc("GET /_control/groups/{id}/members", s.control(s.getMembers))
	mux.HandleFunc("PUT /_control/groups/{id}/members", s.control(s.setMembers))
	mux.HandleFunc("PUT /_control/secrets", s.control(s.putSecrets))
	mux.HandleFunc("GET /_control/requests", s.control(s.listRequests))
	mux.HandleFunc("DELETE /_control/requests", s.control(s.clearRequests))
	mux.HandleFunc("POST /_control/reset", s.control(s.reset))
}

// control requires the key.
func (s *Server) control(handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get(ControlKeyHeader)), []byte(s.ControlKey)) != 1 {
			writeControlError(w, http.StatusForbidden, "the header "+ControlKeyHeader+" is missing or wrong")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxControlBytes)
		handler(w, r)
	}
}

func writeControlError(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"error": message})
}

func (s *Server) listFaults(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"faults": s.Faults.List()})
}

func (s *Server) setFault(w http.ResponseWriter, r *http.Request) {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	var fault Fault
	if err := decoder.Decode(&fault); err != nil {
		writeControlError(w, http.StatusBadRequest, "reading the fault: "+err.Error())
		return
	}
	set, err := s.Faults.set(fault)
	if err != nil {
		writeControlError(w, http.StatusBadRequest, err.Error())
		return
	}
	writeJSON(w, http.StatusCreated, set)
}

func (s *Server) clearFaults(w http.ResponseWriter, _ *http.Request) {
	s.Faults.Clear()
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) removeFault(w http.ResponseWriter, r *http.Request) {
	if !s.Faults.Remove(r.PathValue("id")) {
		writeControlError(w, http.StatusNotFound, "there is no such fault")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) listRequests(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"requests": s.Requests()})
}

func (s *Server) clearRequests(w http.ResponseWriter, _ *http.Request) {
	s.requests.clear()
	w.WriteHeader(http.StatusNoContent)
}

// Reset restores the users, groups, and secret that the tenant started with, removes all faults, and clears the
// request log. Tokens stay valid, including those of delta queries.
func (s *Server) Reset() error {
	s.Faults.Clear()
	s.requests.clear()
	s.members.replace(s.started.Members)
	s.SetSecrets(s.ownSecret())
	return errors.Join(s.users.replace(s.started.People), s.groups.replace(s.started.Groups))
}

func (s *Server) reset(w http.ResponseWriter, _ *http.Request) {
	if err := s.Reset(); err != nil {
		writeControlError(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
