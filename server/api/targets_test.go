package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestTargetsOfARun(t *testing.T) {
	w := newWorld(t)
	answer := w.asAdmin(http.MethodGet, "/runs/known/targets?q=sal&page=1&per_page=5", "")
	assert.Equal(t, http.StatusOK, answer.Code)
	body := decode(t, answer)
	assert.Equal(t, []any{float64(1), float64(1), float64(5)}, []any{body["total"], body["page"], body["per_page"]})
	assert.Equal(t, "t1", body["targets"].([]any)[0].(map[string]any)["target"])
	assert.Equal(t, store.TargetFilter{Query: "sal", Page: 1, PerPage: 5}, w.history.targets)

	assert.Equal(t, http.StatusNotFound, w.asAdmin(http.MethodGet, "/runs/nothing/targets", "").Code)
	assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodGet, "/runs/known/targets?q="+strings.Repeat("x", maxQuery+1), "").Code)
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodGet, "/runs/known/changes?target=none", "").Code)
	assert.Equal(t, store.NoTarget, w.history.filter.Target)
	assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodGet, "/runs/known/changes?target="+strings.Repeat("x", maxTarget+1), "").Code)
}
