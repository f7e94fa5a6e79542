package api

import (
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// callers are all kinds of senders. refused is the status for those that are not allowed, 0 for the others.
var callers = []struct {
	header, value string
	refused       int
}{
	{userHeader, "admin", 0},
	{userHeader, "korean", 0},
	{userHeader, "somebody", http.StatusForbidden},
	{tokenHeader, "wrong", http.StatusUnauthorized},
	{"Accept-Language", "ko", http.StatusUnauthorized},
	{tokenHeader, triggerToken, 0},
}

// FuzzRequests sends arbitrary requests to arbitrary paths. The answer is always JSON (or the export), never a server error or
// a redirect. It contains no secret, and nothing starts unless the request asks for it completely.
func FuzzRequests(f *testing.F) {
	for _, route := range routes {
		for who := range callers {
			f.Add(route.method, route.path, "", `{"mode":"preview"}`, byte(who))
		}
	}
	for _, query := range []string{
		"page=2&per_page=1000", "page=-1", "mode=apply&state=held&trigger=api", "after=2147483648", "page=9223372036854775808", "per_page=+7", "page=%zz", "a;b", "action=create&status=held&q=%25",
		"q=%00%ff", "action=", "page=0x1", "page=1&page=2",
	} {
		f.Add(http.MethodGet, "/runs/known/changes", query, "", byte(0))
		f.Add(http.MethodGet, "/runs/known/changes.csv", query, "", byte(1))
		f.Add(http.MethodGet, "/directory", query, "", byte(0))
		f.Add(http.MethodGet, "/runs", query, "", byte(0))
		f.Add(http.MethodGet, "/groups", query, "", byte(0))
		f.Add(http.MethodGet, "/groups", "ids="+query, "", byte(0))
		f.Add(http.MethodGet, "/changes", query+"&object_id=o1", "", byte(0))
	}
	for _, path := range []string{"//runs", "/runs/../status", "/runs/", "/runs/%2e%2e/changes", "/runs/known%2Fcancel", "/runs/%00", "/runs/한글/changes"} {
		f.Add(http.MethodGet, path, "", "", byte(0))
		f.Add(http.MethodPost, path, "", "", byte(2))
	}
	for _, body := range []string{
		`{"object_ids":["o"],"auth_service":"saml"}`, `{"limit":-1}`, `{"names":[7]}`, `{"after":"\u0000","limit":10000}`, `null`, `{"emails":[]} {}`,
	} {
		f.Add(http.MethodPost, "/lookups/accounts.find", "", body, byte(0))
		f.Add(http.MethodPost, "/lookups/accounts.create", "", body, byte(0))
	}
	for _, body := range []string{`{"changes":[3]}`, `{"changes":[]}`, `{"changes":[-1,99999999999]}`, `{"changes":[1.5]}`, ` `, `null`} {
		f.Add(http.MethodPost, "/runs/known/approve", "", body, byte(0))
		f.Add(http.MethodPost, "/runs/known/discard", "", body, byte(0))
	}
	for _, body := range []string{`{"schedule":"0 3 * * *","time_zone":"Asia/Seoul"}`, `{"schedule":"\u0000"}`, `{"schedule":null}`, `{"schedule":[]}`} {
		f.Add(http.MethodPost, "/schedule/next", "", body, byte(0))
	}
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, method, path, query, body string, who byte) {
		from := callers[int(who)%len(callers)]
		w.api.attempts.end() // wrong tokens are not slowed down here
		r, err := http.NewRequestWithContext(t.Context(), method, "http://mattermost.example/api/v1"+path, strings.NewReader(body))
		if err != nil {
			t.Skip("no server passes this on")
		}
		r.URL.RawQuery = query
		r.Header.Set(from.header, from.value)
		w.jobs.started, w.jobs.discarded = nil, nil
		w.history.filter, w.history.runs = store.ChangeFilter{}, store.RunFilter{}
		w.history.person, w.history.people = store.PersonFilter{}, store.PeopleFilter{}

		answer := httptest.NewRecorder()
		w.api.ServeHTTP(answer, r)

		assertAnswer(t, answer)
		if from.refused != 0 {
			assert.Equal(t, from.refused, answer.Code)
			assert.Empty(t, w.jobs.started)
			assert.Empty(t, w.jobs.discarded)
			assert.Zero(t, w.history.person)
			assert.Zero(t, w.history.people)
		}
		assertAsked(t, w)
	})
}

func assertAnswer(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	assert.Less(t, answer.Code, 500)
	assert.NotContains(t, answer.Body.String(), triggerToken)
	assert.False(t, answer.Code >= 300 && answer.Code < 400, "a redirect leads out of the plugin's own path")
	if answer.Header().Get("Content-Type") == "text/csv; charset=utf-8" {
		return
	}
	assert.Equal(t, "application/json", answer.Header().Get("Content-Type"))
	body := decode(t, answer)
	if answer.Code >= 400 {
		assert.NotEmpty(t, body["code"])
		assert.NotEmpty(t, body["message"])
	}
	if page, isPaged := body["page"].(float64); isPaged {
		assert.True(t, page >= 0 && page <= maxPage)
		assert.True(t, body["per_page"].(float64) >= 1 && body["per_page"].(float64) <= maxPerPage)
	}
}

// assertAsked checks what was passed on to the job and to the database.
func assertAsked(t *testing.T, w *world) {
	t.Helper()
	for _, request := range w.jobs.started {
		assert.True(t, (request.Approves == "") == slices.Contains(names.RunModes, request.Mode), "an approval has no mode of its own")
		assert.Contains(t, []string{"api", "console", "command"}, request.Trigger)
		assert.LessOrEqual(t, utf8.RuneCountInString(request.User), maxUser)
	}
	for _, request := range w.jobs.discarded {
		assert.NotEmpty(t, request.Approves)
		assert.NotEmpty(t, request.ActorID, "only administrators give changes up")
		assert.LessOrEqual(t, len(request.Changes), maxApproved)
		for _, seq := range request.Changes {
			assert.True(t, seq >= 1 && seq <= math.MaxInt32)
		}
	}
	assert.Contains(t, append([]string{""}, names.RunModes...), w.history.runs.Mode)
	filter := w.history.filter
	assert.GreaterOrEqual(t, filter.After, 0)
	assert.Contains(t, append([]string{""}, names.Actions...), filter.Action)
	assert.Contains(t, append([]string{""}, names.ChangeStatuses...), filter.Status)
	assert.LessOrEqual(t, utf8.RuneCountInString(filter.Query), maxQuery)
	history, people := w.history.person, w.history.people
	assert.LessOrEqual(t, utf8.RuneCountInString(history.ObjectID), maxObjectID)
	assert.LessOrEqual(t, utf8.RuneCountInString(people.Query), maxQuery)
	assert.True(t, history.ObjectID == "" || people.Query == "", "at most one of the two is requested")
	for _, paged := range [][2]int{{history.Page, history.PerPage}, {people.Page, people.PerPage}} {
		assert.True(t, paged[0] >= 0 && paged[0] <= maxPage && paged[1] >= 0 && paged[1] <= maxPerPage)
	}
	assert.True(t, filter.Page >= 0 && filter.Page <= maxPage && filter.PerPage >= 0 && filter.PerPage <= maxPerPage)
}

// FuzzStart sends an arbitrary body to POST /runs. A run starts for exactly what the body says, and only if the whole body is
// one JSON object of known fields: a typing error must not turn a run for one user into a run for all users.
func FuzzStart(f *testing.F) {
	for _, body := range []string{
		`{"mode":"apply"}`, `{"mode":"preview","user":"lee@example.com"}`, `{"mode":"apply","user":null}`, `{"MODE":"apply"}`, `{"mode":"apply"} `,
		`{"mode":"apply"}{}`, `{"mode":"apply","users":"lee"}`, `{"mode":"apply","user":["lee"]}`, `null`, `"apply"`, `{"mode":"apply","user":"\u0000"}`,
		"\ufeff{\"mode\":\"apply\"}", `{"mode":"apply","user":"lee"`, `{"mode":"apply","mode":"preview"}`,
	} {
		f.Add(body)
	}
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, body string) {
		w.jobs.started = nil
		answer := w.asAdmin(http.MethodPost, "/runs", body)
		assertAnswer(t, answer)
		assert.Equal(t, answer.Code == http.StatusAccepted, len(w.jobs.started) == 1)
		if len(w.jobs.started) == 0 {
			return
		}
		var fields map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(body), &fields))
		said := map[string]bool{}
		for name, value := range fields {
			assert.NotEqual(t, "null", string(value), "null must not mean all users")
			said[strings.ToLower(name)] = string(value) != `""`
		}
		assert.True(t, said["mode"])
		assert.Subset(t, []string{"mode", "user"}, keysOf(said))
		if !said["user"] {
			assert.Empty(t, w.jobs.started[0].User)
		} else if len(fields) == len(said) {
			assert.NotEmpty(t, w.jobs.started[0].User)
		}
	})
}

func keysOf(said map[string]bool) []string {
	var keys []string
	for key := range said {
		keys = append(keys, key)
	}
	return keys
}
