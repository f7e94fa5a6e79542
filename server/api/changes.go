package api

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/gorilla/mux"

	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const (
	defaultPerPage = 60
	maxPerPage     = 1000
	maxPage        = 1_000_000
	maxQuery       = 256

	// maxTarget limits the ID of a team or channel, or the place of one that a run would create.
	maxTarget = 512
)

func (a *API) listChanges(w http.ResponseWriter, r *http.Request) error {
	filter, err := changeFilter(r)
	if err != nil {
		return err
	}
	runID := mux.Vars(r)["id"]
	if _, err := a.History.GetRun(r.Context(), runID); err != nil {
		return err
	}
	raw, total, err := a.History.ListChanges(r.Context(), runID, filter)
	if err != nil {
		return err
	}
	answer := map[string]any{"page": filter.Page, "per_page": filter.PerPage}
	if filter.After == 0 {
		answer["total"] = total
	}
	return a.writeChanges(w, r, raw, answer)
}

// writeChanges answers one page of changes, with their errors in the caller's language. answer holds what else belongs to the
// page.
func (a *API) writeChanges(w http.ResponseWriter, r *http.Request, raw json.RawMessage, answer map[string]any) error {
	changes, err := a.describedChanges(r, raw)
	if err != nil {
		return err
	}
	answer["changes"] = changes
	a.writeJSON(w, http.StatusOK, answer)
	return nil
}

// describedChanges writes the errors of changes in the caller's language and leaves everything else as it is.
func (a *API) describedChanges(r *http.Request, raw json.RawMessage) ([]map[string]json.RawMessage, error) {
	var changes []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &changes); err != nil {
		return nil, fmt.Errorf("decode changes: %w", err)
	}
	faults, owners := []json.RawMessage{}, []int{}
	for i, change := range changes {
		if !isNull(change["error"]) {
			faults, owners = append(faults, change["error"]), append(owners, i)
		}
	}
	for i, described := range a.describe(r, faults) {
		changes[owners[i]]["error"] = described
	}
	return changes, nil
}

// exportChanges streams the changes as CSV, one page at a time, so that a large run needs little memory. Each page begins after
// the last change of the previous one: when a change no longer matches the filter, as planned ones do during an approval, no
// other change must be skipped.
func (a *API) exportChanges(w http.ResponseWriter, r *http.Request) error {
	filter, err := changeFilter(r)
	if err != nil {
		return err
	}
	runID := mux.Vars(r)["id"]
	run, err := a.History.GetRun(r.Context(), runID)
	if err != nil {
		return err
	}
	filter.Page, filter.PerPage, filter.After = 0, maxPerPage, 0
	for {
		last, err := a.writeCSV(w, r, runID, filter)
		if err != nil && filter.After > 0 {
			// The answer has started, so it can no longer become an error. The server's log says why it is incomplete.
			a.Log.Error("An export ended early", "run_id", run.ID, "error", err.Error())
			return nil
		}
		if err != nil || last == 0 {
			return err
		}
		filter.After = last
	}
}

// writeCSV writes one page of changes and returns the seq of its last one, 0 if no page follows.
func (a *API) writeCSV(w http.ResponseWriter, r *http.Request, runID string, filter store.ChangeFilter) (int, error) {
	changes, _, err := a.History.ListChanges(r.Context(), runID, filter)
	if err != nil {
		return 0, err
	}
	var listed []struct {
		Seq int `json:"seq"`
	}
	if err := json.Unmarshal(changes, &listed); err != nil {
		return 0, fmt.Errorf("decode changes: %w", err)
	}
	input := map[string]any{"locale": a.locale(r), "header": filter.After == 0, "changes": changes}
	var answer struct {
		Text string `json:"text"`
	}
	if err := a.Engine.Call(r.Context(), "changes_csv", nil, input, &answer); err != nil {
		return 0, err
	}
	if filter.After == 0 {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="entrasync-%s.csv"`, runID))
	}
	if _, err = w.Write([]byte(answer.Text)); err != nil || len(listed) < filter.PerPage {
		return 0, err
	}
	return listed[len(listed)-1].Seq, nil
}

func changeFilter(r *http.Request) (filter store.ChangeFilter, err error) {
	if filter.Page, filter.PerPage, err = paging(r); err != nil {
		return filter, err
	}
	if filter.Action, err = choice(r, "action", names.Actions); err != nil {
		return filter, err
	}
	if filter.Status, err = choice(r, "status", names.ChangeStatuses); err != nil {
		return filter, err
	}
	if filter.OwnApproval, err = choice(r, "own_approval", []string{"true", "false"}); err != nil {
		return filter, err
	}
	if filter.Query = r.URL.Query().Get("q"); isLonger(filter.Query, maxQuery) {
		return filter, invalid("q")
	}
	if filter.Target = r.URL.Query().Get("target"); isLonger(filter.Target, maxTarget) {
		return filter, invalid("target")
	}
	filter.After, err = number(r, "after", 0, 0, math.MaxInt32)
	return filter, err
}

// isLonger reports whether a text has more characters than docs/openapi.yaml allows. It counts characters, not bytes: a Korean
// one has three bytes.
func isLonger(text string, limit int) bool {
	return utf8.RuneCountInString(text) > limit
}

// choice reads a value of a closed list, or "" if there is none.
func choice(r *http.Request, name string, words []string) (string, error) {
	word := r.URL.Query().Get(name)
	if word != "" && !slices.Contains(words, word) {
		return "", invalid(name)
	}
	return word, nil
}

// paging reads page (from 0) and per_page (1 to 1,000).
func paging(r *http.Request) (page, perPage int, err error) {
	if page, err = number(r, "page", 0, 0, maxPage); err != nil {
		return 0, 0, err
	}
	perPage, err = number(r, "per_page", defaultPerPage, 1, maxPerPage)
	return page, perPage, err
}

func number(r *http.Request, name string, fallback, low, high int) (int, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return fallback, nil
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < low || value > high {
		return 0, invalid(name)
	}
	return value, nil
}
