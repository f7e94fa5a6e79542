package api

import (
	"net/http"
	"strings"
)

const (
	// idLength is the length of Mattermost's own IDs.
	idLength = 26

	// maxTargets is how many IDs of teams and channels are requested at once.
	maxTargets = 50
)

// TargetSearch says which teams or channels are looked for: those with the IDs, or those of a kind, "team" or "channel", whose name contains
// Text. Channels are those of the team TeamID.
type TargetSearch struct {
	IDs    []string
	Kind   string
	TeamID string
	Text   string
}

// listTargets returns teams, or channels of a team, by name or by ID.
func (a *API) listTargets(w http.ResponseWriter, r *http.Request) error {
	search, err := targetSearch(r)
	if err != nil {
		return err
	}
	found, err := a.Questions.FindTargets(r.Context(), search)
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, found)
	return nil
}

func targetSearch(r *http.Request) (TargetSearch, error) {
	query := r.URL.Query()
	search := TargetSearch{TeamID: query.Get("team"), Text: strings.TrimSpace(query.Get("q"))}
	if ids := query.Get("ids"); ids != "" {
		search.IDs = strings.Split(ids, ",")
		if search.Text != "" || query.Get("kind") != "" || isLonger(ids, maxIDs) || len(search.IDs) > maxTargets {
			return search, invalid("ids")
		}
		return search, nil
	}
	var err error
	if search.Kind, err = choice(r, "kind", []string{"team", "channel"}); err != nil {
		return search, err
	}
	switch {
	case search.Kind == "":
		return search, invalid("kind")
	case (search.Kind == "channel") != (len(search.TeamID) == idLength && !strings.Contains(search.TeamID, "\x00")):
		return search, invalid("team")
	case isLonger(search.Text, maxQuery) || strings.Contains(search.Text, "\x00"): // the database refuses a NUL
		return search, invalid("q")
	}
	return search, nil
}
