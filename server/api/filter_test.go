package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestFiltersReachTheHistory(t *testing.T) {
	w := newWorld(t)
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodGet, "/runs?mode=apply&state=held&trigger=schedule&page=2&per_page=7", "").Code)
	assert.Equal(t, store.RunFilter{Mode: "apply", State: "held", Trigger: "schedule", Page: 2, PerPage: 7}, w.history.runs)
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodGet, "/runs?mode=&state=", "").Code)
	assert.Equal(t, store.RunFilter{PerPage: 60}, w.history.runs)

	later := w.asAdmin(http.MethodGet, "/runs/known/changes?after=1000&per_page=1000&status=discarded", "")
	assert.Equal(t, http.StatusOK, later.Code)
	assert.NotContains(t, decode(t, later), "total", "nothing was counted")
	assert.Equal(t, store.ChangeFilter{After: 1000, Status: "discarded", PerPage: 1000}, w.history.filter)
	first := w.asAdmin(http.MethodGet, "/runs/known/changes?after=0", "")
	assert.Contains(t, decode(t, first), "total")
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodGet, "/runs/known/changes.csv?after=1000", "").Code)
	assert.Zero(t, w.history.filter.After, "an export has all")
}

func TestThePersonsHistory(t *testing.T) {
	w := newWorld(t)
	answer := w.asAdmin(http.MethodGet, "/changes?object_id=o1&page=1&per_page=5", "")
	assert.Equal(t, http.StatusOK, answer.Code)
	body := decode(t, answer)
	assert.Equal(t, []any{float64(1), float64(1), float64(5)}, []any{body["total"], body["page"], body["per_page"]})
	line := body["changes"].([]any)[0].(map[string]any)
	assert.Equal(t, "known", line["run_id"])
	assert.NotEmpty(t, line["error"].(map[string]any)["message"])
	assert.Equal(t, store.PersonFilter{ObjectID: "o1", Page: 1, PerPage: 5}, w.history.person)
	assert.Zero(t, w.history.people)

	found := decode(t, w.asAdmin(http.MethodGet, "/changes?q=%ED%95%9C", ""))
	assert.Equal(t, float64(2), found["changes"].([]any)[0].(map[string]any)["seq"])
	assert.Equal(t, store.PeopleFilter{Query: "한", PerPage: 60}, w.history.people)
}

func TestTextsAreMeasuredInCharacters(t *testing.T) {
	w := newWorld(t)
	hangul := func(count int) string { return url.QueryEscape(strings.Repeat("한", count)) }
	for path, limit := range map[string]int{"/runs/known/changes?q=": maxQuery, "/changes?q=": maxQuery, "/changes?object_id=": maxObjectID, "/groups?q=": maxQuery, "/targets?kind=team&q=": maxQuery} {
		assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodGet, path+hangul(limit), "").Code, path)
		assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodGet, path+hangul(limit+1), "").Code, path)
	}
	start := func(count int) int {
		return w.asAdmin(http.MethodPost, "/runs", `{"mode":"preview","user":"`+strings.Repeat("한", count)+`"}`).Code
	}
	assert.Equal(t, []int{http.StatusAccepted, http.StatusBadRequest}, []int{start(maxUser), start(maxUser + 1)})
}

func TestFiltersThatAreWrong(t *testing.T) {
	w := newWorld(t)
	for path, at := range map[string]string{
		"/runs?mode=both":                        "mode",
		"/runs?state=done":                       "state",
		"/runs?trigger=cron":                     "trigger",
		"/changes":                               "object_id",
		"/changes?q=":                            "object_id",
		"/changes?q=" + strings.Repeat("x", 257): "q",
		"/changes?object_id=" + strings.Repeat("x", 65): "object_id",
		"/changes?q=a&page=-1":                          "page",
		"/changes?q=a&object_id=o1":                     "q",
		"/runs/known/changes?after=-1":                  "after",
		"/runs/known/changes?after=2147483648":          "after",
		"/runs/known/changes?after=first":               "after",
		"/runs/known/changes.csv?status=undone":         "status",
	} {
		answer := w.asAdmin(http.MethodGet, path, "")
		assert.Equal(t, http.StatusBadRequest, answer.Code, path)
		assert.Equal(t, at, decode(t, answer)["path"], path)
	}
}
