package api

import (
	"net/http"
	"strings"
)

const (
	// maxGroupIDs limits how many groups are requested at once. Each is a request to the directory.
	maxGroupIDs = 100

	// maxIDs limits the length of the ID list.
	maxIDs = 4000
)

// listGroups returns groups by name or by object ID.
func (a *API) listGroups(w http.ResponseWriter, r *http.Request) error {
	text, ids := r.URL.Query().Get("q"), r.URL.Query().Get("ids")
	var groups []Group
	var err error
	if ids != "" {
		list := strings.Split(ids, ",")
		if text != "" || isLonger(ids, maxIDs) || len(list) > maxGroupIDs {
			return invalid("ids")
		}
		groups, err = a.Questions.GetGroups(r.Context(), list)
	} else {
		if strings.TrimSpace(text) == "" || isLonger(text, maxQuery) {
			return invalid("q")
		}
		groups, err = a.Questions.FindGroups(r.Context(), text)
	}
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, map[string]any{"groups": groups})
	return nil
}
