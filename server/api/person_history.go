package api

import (
	"encoding/json"
	"net/http"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// maxObjectID limits the object ID of a user.
const maxObjectID = 64

// listHistory returns what runs did about the user with an object ID, or the newest change of each user whose name or address
// contains a text.
func (a *API) listHistory(w http.ResponseWriter, r *http.Request) error {
	page, perPage, err := paging(r)
	if err != nil {
		return err
	}
	objectID, text := r.URL.Query().Get("object_id"), r.URL.Query().Get("q")
	if isLonger(objectID, maxObjectID) || (objectID == "" && text == "") {
		return invalid("object_id")
	}
	if isLonger(text, maxQuery) || (objectID != "" && text != "") {
		return invalid("q")
	}
	var raw json.RawMessage
	var total int
	if objectID != "" {
		raw, total, err = a.History.ListPersonHistory(r.Context(), store.PersonFilter{ObjectID: objectID, Page: page, PerPage: perPage})
	} else {
		raw, total, err = a.History.FindPeople(r.Context(), store.PeopleFilter{Query: text, Page: page, PerPage: perPage})
	}
	if err != nil {
		return err
	}
	return a.writeChanges(w, r, raw, map[string]any{"total": total, "page": page, "per_page": perPage})
}
