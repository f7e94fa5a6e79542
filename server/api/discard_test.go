package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestGivingUpAllAndSome(t *testing.T) {
	w := newWorld(t)
	all := w.asAdmin(http.MethodPost, "/runs/known/discard", "")
	assert.Equal(t, http.StatusOK, all.Code)
	assert.Equal(t, "known", decode(t, all)["id"])
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodPost, "/runs/known/discard", `{"changes":[3,5]}`).Code)
	assert.Equal(t, []StartRequest{
		{Approves: "known", ActorID: "admin", Trigger: "api"},
		{Approves: "known", ActorID: "admin", Trigger: "api", Changes: []int{3, 5}},
	}, w.jobs.discarded)
	for _, body := range []string{`{"changes":[]}`, `{"changes":[0]}`, `{"changes":[2147483648]}`, `{"changes":["1"]}`, `{"all":true}`, `[1]`,
		`null`, ` null `, `{"changes":null}`, `{"Changes":null}`, `{"changes":[3],"changes":null}`, `{"changes":[3],"CHANGES":null}`} {
		for _, route := range []string{"/runs/known/discard", "/runs/known/approve"} {
			assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodPost, route, body).Code, body)
		}
	}
	assert.Len(t, w.jobs.discarded, 2)
	assert.Empty(t, w.jobs.started)
}

func TestAsManyChangesAsAreAllowedFitIntoABody(t *testing.T) {
	w := newWorld(t)
	list := func(count int) string {
		return `{"changes": [` + strings.TrimSuffix(strings.Repeat("2147483647, ", count), ", ") + `]}`
	}
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodPost, "/runs/known/discard", list(maxApproved)).Code)
	assert.Equal(t, http.StatusAccepted, w.asAdmin(http.MethodPost, "/runs/known/approve", list(maxApproved)).Code)
	assert.Len(t, w.jobs.discarded[0].Changes, maxApproved)
	assert.Len(t, w.jobs.started[0].Changes, maxApproved)
	for _, route := range []string{"/runs/known/discard", "/runs/known/approve"} {
		assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodPost, route, list(maxApproved+1)).Code)
		assert.Equal(t, http.StatusRequestEntityTooLarge, w.asAdmin(http.MethodPost, route, strings.Repeat(" ", maxListBody+1)).Code)
	}
}

func TestGivingUpWhatCannotBeGivenUp(t *testing.T) {
	w := newWorld(t)
	w.jobs.err = fmt.Errorf("wrapped: %w", store.ErrNotFound)
	assert.Equal(t, "run_not_found", decode(t, w.asAdmin(http.MethodPost, "/runs/other/discard", ""))["code"])
	w.jobs.err = refusedJob("nothing_held")
	assert.Equal(t, http.StatusConflict, w.asAdmin(http.MethodPost, "/runs/known/discard", "").Code)
	w.jobs.err = &store.RunningError{Current: store.Run{ID: "approval"}}
	assert.Equal(t, "run_in_progress", decode(t, w.asAdmin(http.MethodPost, "/runs/known/discard", ""))["code"])
}
