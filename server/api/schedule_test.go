package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNextTimes(t *testing.T) {
	w := newWorld(t)
	answer := w.asAdmin(http.MethodPost, "/schedule/next", `{"schedule":"0 3 * * *","time_zone":"Asia/Seoul"}`)
	assert.Equal(t, http.StatusOK, answer.Code)
	assert.JSONEq(t, `{"times":[1,2,3,4,5]}`, answer.Body.String())
	assert.Equal(t, "0 3 * * * Asia/Seoul", w.jobs.schedule)

	for body, at := range map[string]string{
		``: "body", `{"schedule":5}`: "body", `{"cron":"0 3 * * *"}`: "body",
		`{"schedule":"` + strings.Repeat("*", 257) + `"}`: "schedule",
		`{"time_zone":"` + strings.Repeat("x", 65) + `"}`: "time_zone",
	} {
		refused := w.asAdmin(http.MethodPost, "/schedule/next", body)
		assert.Equal(t, http.StatusBadRequest, refused.Code)
		assert.Equal(t, at, decode(t, refused)["path"])
	}

	w.jobs.err = refused(`{"code":"time_zone_invalid","path":"TimeZone","params":{"value":"Mars"}}`)
	wrong := w.asAdmin(http.MethodPost, "/schedule/next", `{"schedule":"0 3 * * *","time_zone":"Mars"}`)
	assert.Equal(t, http.StatusBadRequest, wrong.Code)
	assert.Equal(t, "TimeZone", decode(t, wrong)["path"])
}
