package api

import (
	"net/http"

	"github.com/gorilla/mux"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// listRunTargets returns what the changes of a run are about besides users, with the counts of each.
func (a *API) listRunTargets(w http.ResponseWriter, r *http.Request) (err error) {
	var filter store.TargetFilter
	if filter.Page, filter.PerPage, err = paging(r); err != nil {
		return err
	}
	if filter.Query = r.URL.Query().Get("q"); isLonger(filter.Query, maxQuery) {
		return invalid("q")
	}
	runID := mux.Vars(r)["id"]
	if _, err := a.History.GetRun(r.Context(), runID); err != nil {
		return err
	}
	targets, total, err := a.History.ListRunTargets(r.Context(), runID, filter)
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, map[string]any{"targets": targets, "total": total, "page": filter.Page, "per_page": filter.PerPage})
	return nil
}
