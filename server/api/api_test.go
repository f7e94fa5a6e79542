package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestARequestThatIsWrongIsRefusedWithThePartThatIs(t *testing.T) {
	w := newWorld(t)
	for _, one := range []struct{ method, path, body, at string }{
		{http.MethodPost, "/runs", ``, "body"},
		{http.MethodPost, "/runs", `[]`, "body"},
		{http.MethodPost, "/runs", `{"mode":"apply"} {}`, "body"},
		{http.MethodPost, "/runs", `{"mode":"apply","force":true}`, "body"},
		{http.MethodPost, "/runs", `{}`, "mode"},
		{http.MethodPost, "/runs", `{"mode":"destroy"}`, "mode"},
		{http.MethodPost, "/runs", `{"mode":"apply","user":"` + strings.Repeat("x", 321) + `"}`, "user"},
		{http.MethodPost, "/runs", `{"mode":"apply","reading":"person"}`, "reading"},
		{http.MethodGet, "/runs?page=-1", "", "page"},
		{http.MethodGet, "/runs?per_page=0", "", "per_page"},
		{http.MethodGet, "/runs?per_page=1001", "", "per_page"},
		{http.MethodGet, "/directory?page=one", "", "page"},
		{http.MethodGet, "/runs/known/changes?action=explode", "", "action"},
		{http.MethodGet, "/runs/known/changes?status=odd", "", "status"},
		{http.MethodGet, "/runs/known/changes?q=" + strings.Repeat("x", 257), "", "q"},
	} {
		t.Run(one.path+" "+one.at, func(t *testing.T) {
			answer := w.asAdmin(one.method, one.path, one.body)
			assert.Equal(t, http.StatusBadRequest, answer.Code)
			body := decode(t, answer)
			assert.Equal(t, "request_invalid", body["code"])
			assert.Equal(t, one.at, body["path"])
			assert.NotEmpty(t, body["message"])
		})
	}
	assert.Empty(t, w.jobs.started)
}

func TestALargeBodyIsRefused(t *testing.T) {
	answer := newWorld(t).asAdmin(http.MethodPost, "/runs", `{"mode":"apply","user":"`+strings.Repeat("x", maxBody)+`"}`)
	assert.Equal(t, http.StatusRequestEntityTooLarge, answer.Code)
	assert.Equal(t, "request_too_large", decode(t, answer)["code"])
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	w := newWorld(t)
	assert.Equal(t, "not_found", decode(t, w.asAdmin(http.MethodGet, "/nowhere", ""))["code"])
	assert.Equal(t, "method_not_allowed", decode(t, w.asAdmin(http.MethodDelete, "/runs", ""))["code"])
	for _, path := range []string{"/runs/other", "/runs/other/changes", "/runs/other/changes.csv"} {
		answer := w.asAdmin(http.MethodGet, path, "")
		assert.Equal(t, http.StatusNotFound, answer.Code)
		assert.Equal(t, "run_not_found", decode(t, answer)["code"])
	}
}

func TestTheTriggerSaysHowARunWasAskedFor(t *testing.T) {
	w := newWorld(t)
	w.asAdmin(http.MethodPost, "/runs", `{"mode":"apply"}`)
	w.ask(http.MethodPost, "/runs", `{"mode":"apply"}`, userHeader, "admin", "X-Requested-With", "XMLHttpRequest")
	w.ask(http.MethodPost, "/runs", `{"mode":"apply"}`, userHeader, "admin", commandHeader, "entrasync")
	var triggers []string
	for _, request := range w.jobs.started {
		assert.Equal(t, "admin", request.ActorID)
		triggers = append(triggers, request.Trigger)
	}
	assert.Equal(t, []string{"api", "console", "command"}, triggers)
}

func TestARunMayBeAskedToFollowChanges(t *testing.T) {
	w := newWorld(t)
	for _, body := range []string{`{"mode":"apply"}`, `{"mode":"apply","reading":"full"}`, `{"mode":"preview","reading":"incremental"}`} {
		assert.Equal(t, http.StatusAccepted, w.asAdmin(http.MethodPost, "/runs", body).Code)
	}
	var readings []string
	for _, request := range w.jobs.started {
		readings = append(readings, request.Reading)
	}
	assert.Equal(t, []string{"", "full", "incremental"}, readings)
}

func TestASecondRunIsAConflictThatShowsTheFirst(t *testing.T) {
	w := newWorld(t)
	w.jobs.err = fmt.Errorf("wrapped: %w", &store.RunningError{Current: store.Run{ID: "first", State: "running"}})
	answer := w.asAdmin(http.MethodPost, "/runs", `{"mode":"apply"}`)
	assert.Equal(t, http.StatusConflict, answer.Code)
	body := decode(t, answer)
	assert.Equal(t, "run_in_progress", body["code"])
	assert.Equal(t, "first", body["run"].(map[string]any)["id"])
}

// refusal is an error that carries a fault, as job.Refusal does.
type refusal struct{}

func (refusal) Error() string          { return "refused" }
func (refusal) Fault() json.RawMessage { return json.RawMessage(`{"code":"not_configured"}`) }

// outage is an error that carries only facts, as entra.Error does.
type outage struct{}

func (outage) Error() string { return "no such host" }
func (outage) Facts() any    { return map[string]string{"origin": "network", "kind": "dns"} }

func TestFailuresOfOtherPartsKeepTheirFault(t *testing.T) {
	w := newWorld(t)
	w.jobs.err = refusal{}
	refused := w.asAdmin(http.MethodPost, "/runs", `{"mode":"apply"}`)
	assert.Equal(t, http.StatusBadRequest, refused.Code)
	assert.Equal(t, "not_configured", decode(t, refused)["code"])

	w.jobs.err = outage{}
	broken := w.asAdmin(http.MethodGet, "/status", "")
	assert.Equal(t, http.StatusBadGateway, broken.Code, "the other side has failed")
	assert.Equal(t, "network", decode(t, broken)["code"])

	w.jobs.err = fmt.Errorf("password=hunter2")
	internal := w.asAdmin(http.MethodGet, "/status", "")
	assert.NotContains(t, internal.Body.String(), "hunter2", "the cause is for the log")
	assert.Equal(t, "internal", decode(t, internal)["code"])
}

func TestAPanicIsOneRequestsFailure(t *testing.T) {
	w := newWorld(t)
	w.jobs.burst = true
	answer := w.asAdmin(http.MethodGet, "/status", "")
	assert.Equal(t, http.StatusInternalServerError, answer.Code)
	assert.NotEmpty(t, w.log.errors)
}

func TestErrorsComeInTheCallersLanguage(t *testing.T) {
	w := newWorld(t)
	english := decode(t, w.asAdmin(http.MethodGet, "/runs/known", ""))["error"].(map[string]any)
	korean := decode(t, w.ask(http.MethodGet, "/runs/known", "", userHeader, "korean"))["error"].(map[string]any)
	token := decode(t, w.ask(http.MethodGet, "/runs/known", "", tokenHeader, triggerToken, "Accept-Language", "ko-KR"))["error"].(map[string]any)
	assert.Equal(t, english["code"], korean["code"])
	assert.NotEqual(t, english["message"], korean["message"])
	assert.Equal(t, korean["message"], token["message"])
	assert.NotEmpty(t, english["hint"])
}

func TestEachRunOfAListHasItsOwnError(t *testing.T) {
	w := newWorld(t)
	one := decode(t, w.asAdmin(http.MethodGet, "/runs/known", ""))
	runs := decode(t, w.asAdmin(http.MethodGet, "/runs", ""))["runs"].([]any)
	require.Len(t, runs, 2)
	assert.Nil(t, runs[0].(map[string]any)["error"])
	assert.Equal(t, one["error"], runs[1].(map[string]any)["error"])
}

func TestStepsOfTheConnectionTestCarryTheirFaultInWords(t *testing.T) {
	w := newWorld(t)
	w.jobs.report = ConnectionReport{Steps: []ConnectionStep{
		{Step: "token", OK: true, Detail: "fine", Fault: json.RawMessage("null")},
		{Step: "users", Fault: json.RawMessage(`{"code":"consent_missing","raw":{"status":403}}`)},
	}}
	steps := decode(t, w.asAdmin(http.MethodPost, "/connection/test", ""))["steps"].([]any)
	require.Len(t, steps, 2)
	assert.Equal(t, map[string]any{"step": "token", "ok": true, "detail": "fine"}, steps[0])
	failed := steps[1].(map[string]any)
	assert.Equal(t, "consent_missing", failed["code"])
	assert.NotEmpty(t, failed["message"])
	assert.Equal(t, float64(403), failed["raw"].(map[string]any)["status"])
}

func TestChangesCarryTheirErrorInWords(t *testing.T) {
	w := newWorld(t)
	w.history.changes = []json.RawMessage{
		json.RawMessage(`{"seq":1,"error":null}`), json.RawMessage(`{"seq":2,"error":{"code":"email_taken"}}`),
	}
	changes := decode(t, w.asAdmin(http.MethodGet, "/runs/known/changes?action=create&status=failed&q=kim", ""))["changes"].([]any)
	assert.Nil(t, changes[0].(map[string]any)["error"])
	assert.NotEmpty(t, changes[1].(map[string]any)["error"].(map[string]any)["message"])
	assert.Equal(t, store.ChangeFilter{Action: "create", Status: "failed", Query: "kim", Page: 0, PerPage: 60}, w.history.filter)
}

func manyChanges(count int) []json.RawMessage {
	changes := make([]json.RawMessage, count)
	for i := range changes {
		changes[i] = json.RawMessage(fmt.Sprintf(`{"seq":%d,"object_id":"o","account_id":"","email":"","username":"","display_name":"=1+1",
			"action":"create","status":"done","reason":"new_person","fields":[],"error":null}`, i+1))
	}
	return changes
}

func TestTheExportHasAllPages(t *testing.T) {
	w := newWorld(t)
	w.history.changes = manyChanges(maxPerPage + 1)
	answer := w.asAdmin(http.MethodGet, "/runs/known/changes.csv", "")
	assert.Equal(t, http.StatusOK, answer.Code)
	assert.Equal(t, "text/csv; charset=utf-8", answer.Header().Get("Content-Type"))
	assert.Contains(t, answer.Header().Get("Content-Disposition"), "attachment")
	assert.Equal(t, maxPerPage+2, strings.Count(answer.Body.String(), "\r\n"))
	assert.NotContains(t, answer.Body.String(), `"=1+1"`)
	assert.Equal(t, store.ChangeFilter{After: maxPerPage, PerPage: maxPerPage}, w.history.filter, "a page begins behind the last change of the one before")

	w.history.changes = manyChanges(maxPerPage)
	assert.Equal(t, maxPerPage+1, strings.Count(w.asAdmin(http.MethodGet, "/runs/known/changes.csv", "").Body.String(), "\r\n"))
}

func TestAnExportThatBreaksIsLogged(t *testing.T) {
	w := newWorld(t)
	w.history.changes = manyChanges(maxPerPage + 1)
	w.history.failAfter = maxPerPage
	w.asAdmin(http.MethodGet, "/runs/known/changes.csv", "")
	assert.Contains(t, w.log.errors, "An export ended early")
}

// refusedJob is a refusal of the job with its fault.
type refusedJob string

func (r refusedJob) Error() string          { return string(r) }
func (r refusedJob) Fault() json.RawMessage { return json.RawMessage(`{"code":"` + r + `"}`) }

func TestRefusedApprovalsAreConflicts(t *testing.T) {
	for _, code := range []string{"nothing_held", "approval_expired", "nothing_planned", "plan_unfinished", "plan_expired"} {
		w := newWorld(t)
		w.jobs.err = refusedJob(code)
		answer := w.asAdmin(http.MethodPost, "/runs/known/approve", "")
		assert.Equal(t, http.StatusConflict, answer.Code)
		assert.Equal(t, code, decode(t, answer)["code"])
	}
}

func TestApprovalOfAllAndOfSome(t *testing.T) {
	w := newWorld(t)
	assert.Equal(t, http.StatusAccepted, w.asAdmin(http.MethodPost, "/runs/known/approve", "").Code)
	assert.Equal(t, http.StatusAccepted, w.asAdmin(http.MethodPost, "/runs/known/approve", `{"changes":[3,5]}`).Code)
	assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodPost, "/runs/known/approve", `{"changes":"all"}`).Code)
	assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodPost, "/runs/known/approve", `{"changes":[]}`).Code, "none is not all")
	assert.Equal(t, []StartRequest{
		{Approves: "known", ActorID: "admin", Trigger: "api"},
		{Approves: "known", ActorID: "admin", Trigger: "api", Changes: []int{3, 5}},
	}, w.jobs.started)
}

func TestAnswersAreNotKeptByCaches(t *testing.T) {
	answer := newWorld(t).asAdmin(http.MethodGet, "/directory", "")
	assert.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
	assert.Equal(t, "nosniff", answer.Header().Get("X-Content-Type-Options"))
	assert.Equal(t, float64(7), decode(t, answer)["read_at"])
}

func TestLookups(t *testing.T) {
	w := newWorld(t)
	found := w.asAdmin(http.MethodPost, "/lookups/accounts.find", `{"object_ids":["o1"],"emails":[],"auth_service":"saml"}`)
	assert.Equal(t, http.StatusOK, found.Code)
	assert.JSONEq(t, `{"accounts":[]}`, found.Body.String())
	assert.Equal(t, []string{`accounts.find {"object_ids":["o1"],"auth_service":"saml"}`}, w.jobs.looked)

	// What the live preview asks about earlier runs (webapp/src/sync/run/planning/earlier.ts).
	for _, input := range []string{
		`{"within_ms":86400000,"actions":["create"],"reasons":["left"]}`,
		`{"filter":{"state":"held","replaced_by":{"mode":"apply","reading":"full","states":["succeeded"],"distrusted":"directory_shrunk"}}}`,
	} {
		assert.Equal(t, http.StatusOK, w.asAdmin(http.MethodPost, "/lookups/accounts.find", input).Code, input)
		assert.Equal(t, "accounts.find "+input, w.jobs.looked[len(w.jobs.looked)-1])
	}

	for _, port := range []string{"accounts.create", "links.save", "state.read", "nothing", "accounts.find "} {
		missing := w.asAdmin(http.MethodPost, "/lookups/"+url.PathEscape(port), `{}`)
		assert.Equal(t, http.StatusNotFound, missing.Code, port)
		assert.Equal(t, "not_found", decode(t, missing)["code"])
	}
	many := `{"emails":["` + strings.Repeat(`","`, maxKeys) + `"]}`
	for _, one := range []struct{ body, at string }{
		{``, "body"}, {`[]`, "body"}, {`{"accounts":[]}`, "body"}, {`{"limit":-1}`, "limit"}, {`{"limit":10001}`, "limit"}, {many, "emails"},
		{`{"within_ms":-1}`, "within_ms"}, {`{"object_ids":null}`, "object_ids"},
		{`{"auth_service":"\u0000"}`, "auth_service"}, {`{"object_ids":"o1"}`, "body"},
	} {
		refused := w.asAdmin(http.MethodPost, "/lookups/accounts.find", one.body)
		assert.Equal(t, http.StatusBadRequest, refused.Code)
		assert.Equal(t, one.at, decode(t, refused)["path"])
	}
	assert.Len(t, w.jobs.looked, 3)
}

func TestALookupMayBeLongerThanOtherRequests(t *testing.T) {
	w := newWorld(t)
	long := func(size int) int {
		return w.asAdmin(http.MethodPost, "/lookups/accounts.find", `{"emails":["`+strings.Repeat("x", size)+`"]}`).Code
	}
	assert.Equal(t, http.StatusOK, long(maxListBody-100))
	assert.Equal(t, http.StatusRequestEntityTooLarge, long(maxListBody))
}
