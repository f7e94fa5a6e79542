package api

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// maxKeys limits each list of a lookup, and how many links are requested: as many as a run requests at once.
const maxKeys = 10_000

// lookup has all inputs that the lookup ports take (webapp/src/sync/ports.ts). Each port takes some of them.
type lookup struct {
	ObjectIDs   []string          `json:"object_ids,omitempty"`
	Emails      []string          `json:"emails,omitempty"`
	Usernames   []string          `json:"usernames,omitempty"`
	AuthData    []string          `json:"auth_data,omitempty"`
	AuthService string            `json:"auth_service,omitempty"`
	Names       []json.RawMessage `json:"names,omitempty"`
	AccountIDs  []string          `json:"account_ids,omitempty"`
	IDs         []string          `json:"ids,omitempty"`
	Targets     []string          `json:"targets,omitempty"`
	Keep        []string          `json:"keep,omitempty"`
	FieldIDs    []string          `json:"field_ids,omitempty"`
	After       string            `json:"after,omitempty"`
	Limit       int               `json:"limit,omitempty"`
	GroupID     string            `json:"group_id,omitempty"`
	Cursor      string            `json:"cursor,omitempty"`
	Prefix      string            `json:"prefix,omitempty"`
	WithinMS    int64             `json:"within_ms,omitempty"`
	Actions     []string          `json:"actions,omitempty"`
	Reasons     []string          `json:"reasons,omitempty"`

	Filter *store.HeldFilter `json:"filter,omitempty"`
}

// lookUp answers what the port of that name returns in a run.
func (a *API) lookUp(w http.ResponseWriter, r *http.Request) error {
	var input lookup
	if err := readJSON(r, &input); err != nil {
		return err
	}
	if err := input.check(); err != nil {
		return err
	}
	encoded, err := json.Marshal(input)
	if err != nil {
		return err
	}
	answer, err := a.Questions.LookUp(r.Context(), mux.Vars(r)["port"], encoded)
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, answer)
	return nil
}

func (l lookup) check() error {
	for name, count := range map[string]int{
		"object_ids": len(l.ObjectIDs), "emails": len(l.Emails), "usernames": len(l.Usernames), "auth_data": len(l.AuthData), "names": len(l.Names),
		"account_ids": len(l.AccountIDs), "ids": len(l.IDs), "targets": len(l.Targets), "keep": len(l.Keep), "field_ids": len(l.FieldIDs),
		"actions": len(l.Actions), "reasons": len(l.Reasons),
	} {
		if count > maxKeys {
			return invalid(name)
		}
	}
	switch {
	case l.Limit < 0 || l.Limit > maxKeys:
		return invalid("limit")
	case l.WithinMS < 0:
		return invalid("within_ms")
	case strings.Contains(l.AuthService, "\x00"): // the database refuses it
		return invalid("auth_service")
	}
	return nil
}
