package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOnlySystemAdministratorsGetIn(t *testing.T) {
	w := newWorld(t)
	for _, route := range routes {
		t.Run(route.method+" "+route.path, func(t *testing.T) {
			anonymous := w.ask(route.method, route.path, "")
			assert.Equal(t, http.StatusUnauthorized, anonymous.Code)
			assert.Equal(t, "not_signed_in", decode(t, anonymous)["code"])

			ordinary := w.ask(route.method, route.path, "", userHeader, "somebody")
			assert.Equal(t, http.StatusForbidden, ordinary.Code)
			assert.Equal(t, "forbidden", decode(t, ordinary)["code"])

			admin := w.asAdmin(route.method, route.path, `{"mode":"preview"}`)
			assert.NotContains(t, []int{http.StatusUnauthorized, http.StatusForbidden}, admin.Code)
		})
	}
}

func TestACallerWhoCannotBeCheckedIsToldThatTheDatabaseFailed(t *testing.T) {
	w := newWorld(t)
	for _, route := range routes {
		answer := w.ask(route.method, route.path, "", userHeader, "unreadable")
		assert.Equal(t, http.StatusInternalServerError, answer.Code, route.path)
		assert.Equal(t, "database_failed", decode(t, answer)["code"], route.path)
	}
}

func TestTheTriggerTokenOpensTwoRoutes(t *testing.T) {
	w := newWorld(t)
	for _, route := range routes {
		for _, header := range [][]string{{"Authorization", "Bearer " + triggerToken}, {tokenHeader, triggerToken}} {
			answer := w.ask(route.method, route.path, `{"mode":"preview"}`, header...)
			if route.takesToken {
				assert.Less(t, answer.Code, 300, route.path)
			} else {
				assert.Equal(t, http.StatusUnauthorized, answer.Code, route.path)
			}
		}
	}
	assert.Equal(t, "api", w.jobs.started[0].Trigger)
	assert.Empty(t, w.jobs.started[0].ActorID)
}

func TestAWrongTokenIsRefused(t *testing.T) {
	w := newWorld(t)
	for _, token := range []string{"wrong", triggerToken + "x", triggerToken[1:]} {
		answer := w.ask(http.MethodPost, "/runs", `{"mode":"apply"}`, tokenHeader, token)
		assert.Equal(t, http.StatusUnauthorized, answer.Code)
		assert.Equal(t, "token_wrong", decode(t, answer)["code"])
	}
	basic := w.ask(http.MethodPost, "/runs", `{"mode":"apply"}`, "Authorization", "Basic "+triggerToken)
	assert.Equal(t, "not_signed_in", decode(t, basic)["code"])
	assert.Empty(t, w.jobs.started)
}

func TestNoTokenConfiguredMatchesNothing(t *testing.T) {
	w := newWorld(t)
	w.api.TriggerToken = func() string { return "" }
	for _, header := range [][]string{{tokenHeader, ""}, {"Authorization", "Bearer "}, {"Authorization", "Bearer"}, {tokenHeader, " "}} {
		assert.Equal(t, http.StatusUnauthorized, w.ask(http.MethodPost, "/runs", `{"mode":"apply"}`, header...).Code)
	}
	assert.Empty(t, w.jobs.started)
}

func TestAnOrdinaryUserIsNotLetInByTheToken(t *testing.T) {
	w := newWorld(t)
	answer := w.ask(http.MethodPost, "/runs", `{"mode":"apply"}`, userHeader, "somebody", tokenHeader, triggerToken)
	assert.Equal(t, http.StatusForbidden, answer.Code)
}
