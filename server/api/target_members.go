package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/gorilla/mux"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// exportPage is how many members a piece of an export has: each piece compares the whole team again.
const exportPage = 10_000

// MemberFilter selects members of a team or channel, and users who are missing there. After is the last username of the previous piece.
type MemberFilter struct {
	TargetID string
	Query    string
	Standing string
	After    string
	Page     int
	PerPage  int
}

// TargetMembers is a page of TargetMemberList (docs/openapi.yaml).
type TargetMembers struct {
	Target    json.RawMessage `json:"target"`
	RunID     string          `json:"run_id"`
	AsOf      int64           `json:"as_of"`
	Notes     json.RawMessage `json:"notes"`
	Total     int             `json:"total"`
	Standings json.RawMessage `json:"standings"`
	Members   json.RawMessage `json:"members"`
}

// listTargetMembers returns who is in a team or channel, why, and who is missing.
func (a *API) listTargetMembers(w http.ResponseWriter, r *http.Request) error {
	filter, err := memberFilter(r)
	if err != nil {
		return err
	}
	if filter.Page, filter.PerPage, err = paging(r); err != nil {
		return err
	}
	page, err := a.Questions.TargetMembers(r.Context(), a.locale(r), filter)
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, struct {
		TargetMembers
		Page    int `json:"page"`
		PerPage int `json:"per_page"`
	}{page, filter.Page, filter.PerPage})
	return nil
}

// exportTargetMembers streams the same as CSV, piece by piece.
func (a *API) exportTargetMembers(w http.ResponseWriter, r *http.Request) error {
	filter, err := memberFilter(r)
	if err != nil {
		return err
	}
	for filter.PerPage = exportPage; ; {
		text, next, err := a.Questions.MembersTable(r.Context(), a.locale(r), filter)
		if err != nil && filter.After != "" {
			// The answer has started, so it can no longer become an error. The server's log says why it is incomplete.
			a.Log.Error("An export ended early", "target_id", filter.TargetID, "error", err.Error())
			return nil
		}
		if err != nil {
			return err
		}
		if filter.After == "" {
			w.Header().Set("Content-Type", "text/csv; charset=utf-8")
			w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="entrasync-members-%s.csv"`, filter.TargetID))
		}
		//nolint:gosec // It is a file for a download, and no browser sniffs its type.
		if _, err = w.Write([]byte(text)); err != nil || next == "" {
			return err
		}
		filter.After = next
	}
}

func memberFilter(r *http.Request) (filter MemberFilter, err error) {
	if filter.TargetID = mux.Vars(r)["id"]; !model.IsValidId(filter.TargetID) {
		return filter, fail(http.StatusNotFound, fault.NotFound)
	}
	if filter.Standing, err = choice(r, "standing", names.Standings); err != nil {
		return filter, err
	}
	if filter.Query = r.URL.Query().Get("q"); isLonger(filter.Query, maxQuery) {
		return filter, invalid("q")
	}
	return filter, nil
}
