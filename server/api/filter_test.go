package api

import (
	"net/http"
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

	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodGet, "/runs/known/changes?after=1000&per_page=1000&status=discarded", "").Code)
	assert.Equal(t, store.ChangeFilter{After: 1000, Status: "discarded", PerPage: 1000}, w.history.filter)
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodGet, "/runs/known/changes.csv?after=1000", "").Code)
	assert.Zero(t, w.history.filter.After, "an export has all")
}

func TestFiltersThatAreWrong(t *testing.T) {
	w := newWorld(t)
	for path, at := range map[string]string{
		"/runs?mode=both":                       "mode",
		"/runs?state=done":                      "state",
		"/runs?trigger=cron":                    "trigger",
		"/runs/known/changes?after=-1":          "after",
		"/runs/known/changes?after=2147483648":  "after",
		"/runs/known/changes?after=first":       "after",
		"/runs/known/changes.csv?status=undone": "status",
	} {
		answer := w.asAdmin(http.MethodGet, path, "")
		assert.Equal(t, http.StatusBadRequest, answer.Code, path)
		assert.Equal(t, at, decode(t, answer)["path"], path)
	}
}
