package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestConflictsAreAcknowledgedAndThatIsTakenBack(t *testing.T) {
	w := newWorld(t)
	answer := w.asAdmin(http.MethodPost, "/runs/known/acknowledge", `{"changes":[3,5]}`)
	assert.Equal(t, http.StatusOK, answer.Code)
	assert.InDelta(t, 2, decode(t, answer)["count"], 0)
	assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodPost, "/runs/known/acknowledge", `{"changes":[3],"acknowledged":false}`).Code)
	for _, body := range []string{``, `{}`, `{"changes":[]}`, `{"changes":[0]}`, `{"changes":null}`, `{"changes":[1],"acknowledged":null}`, `{"changes":[1],"all":true}`} {
		assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodPost, "/runs/known/acknowledge", body).Code, body)
	}
	assert.Equal(t, []string{"known [3 5] true admin", "known [3] false admin"}, w.history.acknowledged)
	assert.Equal(t, "run_not_found", decode(t, w.asAdmin(http.MethodPost, "/runs/other/acknowledge", `{"changes":[3]}`))["code"])
}
