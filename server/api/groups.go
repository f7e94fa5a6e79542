package api

import (
	"net/http"
	"strings"
)

const (
	// maxGroupIDs bounds how many groups are asked for at once; each is a request to the directory.
	maxGroupIDs = 100

	// maxIDs bounds the text that lists them.
	maxIDs = 4000
)

// listGroups answers groups by name or by object id.
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
