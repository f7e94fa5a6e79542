package tests

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// neverGiven are documented responses that this test does not request.
var neverGiven = map[string]string{
	"discardHeld 200":         "TestPageGivesHeldChangesUp has a run that holds changes back",
	"listTargetMembers 200":   "TestAnAuditorSeesWhoIsInAChannelByRuleByHandAndWhoLeft has a channel",
	"exportTargetMembers 200": "TestAnAuditorSeesWhoIsInAChannelByRuleByHandAndWhoLeft has a channel",
	"explainMemberships 200":  "TestWhyAUserIsInAChannelNamesTheRuleAndThePathOfNestedGroups has a user",
}

// The contract checks that responses match the documentation, for the requests of all tests.
func TestEveryDocumentedAnswerIsGivenByTheRunningPlugin(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	for _, each := range s.routes(t) {
		s.ask(t, each.by(s.Mattermost.Admin))
		s.awaitQuiet(t)
		s.ask(t, each.asks)
	}
	s.removeAccounts(t)
	s.removeHistory(t)
	planned := asks{method: http.MethodPost, route: "/runs/" + s.sync(t, stage.ModePreview).ID + "/approve"}.by(s.Mattermost.Admin)
	assert.Equal(t, http.StatusAccepted, s.ask(t, planned).status)
	s.awaitEndOfRuns(t)
	assert.Equal(t, http.StatusConflict, s.ask(t, planned).status)
	s.holdUp(t)
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "preview"}}.by(s.Mattermost.Admin)
	var run stage.Run
	s.ask(t, start).decode(t, &run)
	assert.Equal(t, http.StatusConflict, s.ask(t, start).status)
	cancel := asks{method: http.MethodPost, route: "/runs/" + run.ID + "/cancel"}.by(s.Mattermost.Admin)
	assert.Equal(t, http.StatusAccepted, s.ask(t, cancel).status)

	for path, item := range theContract.doc.Paths.Map() {
		for _, operation := range item.Operations() {
			for status := range operation.Responses.Map() {
				name := operation.OperationID + " " + status
				if neverGiven[name] == "" {
					assert.True(t, sawDocumented(operation.OperationID, status), "%s: %s was never given", path, name)
				}
			}
		}
	}
}

// sawDocumented reports whether a response was seen. "default" is any error.
func sawDocumented(operation, status string) bool {
	if number, err := strconv.Atoi(status); err == nil {
		return theContract.saw(operation, number)
	}
	return theContract.saw(operation, http.StatusUnauthorized)
}

// holdUp makes the tenant so slow that a run stays in its first step until it is canceled.
func (s *scene) holdUp(t *testing.T) {
	t.Helper()
	const longerThanAnyTest = 10 * 60 * 1000
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.Slow, DelayMS: longerThanAnyTest}))
}

func TestAWrongRequestIsRefusedWithAReason(t *testing.T) {
	s := begin(t, plain)
	id := s.sync(t, stage.ModePreview).ID
	cases := map[string]struct {
		asks
		status int
		code   string
	}{
		"an unknown mode":            {asks{method: http.MethodPost, route: "/runs", body: `{"mode":"destroy"}`}, 400, "request_invalid"},
		"no mode":                    {asks{method: http.MethodPost, route: "/runs", body: `{}`}, 400, "request_invalid"},
		"a body that is not JSON":    {asks{method: http.MethodPost, route: "/runs", body: `mode=apply`}, 400, "request_invalid"},
		"two bodies":                 {asks{method: http.MethodPost, route: "/runs", body: `{"mode":"preview"}{}`}, 400, "request_invalid"},
		"an unknown key":             {asks{method: http.MethodPost, route: "/runs", body: `{"mode":"preview","force":true}`}, 400, "request_invalid"},
		"a user of the wrong kind":   {asks{method: http.MethodPost, route: "/runs", body: `{"mode":"preview","user":7}`}, 400, "request_invalid"},
		"a user that is too long":    {asks{method: http.MethodPost, route: "/runs", body: fmt.Sprintf(`{"mode":"preview","user":%q}`, strings.Repeat("x", 321))}, 400, "request_invalid"},
		"a body that is too large":   {asks{method: http.MethodPost, route: "/runs", body: `{"mode":"` + strings.Repeat("x", 65<<10) + `"}`}, 413, "request_too_large"},
		"a page before the first":    {asks{method: http.MethodGet, route: "/runs?page=-1"}, 400, "request_invalid"},
		"too many on a page":         {asks{method: http.MethodGet, route: "/runs?per_page=1001"}, 400, "request_invalid"},
		"no users on a page":         {asks{method: http.MethodGet, route: "/directory?per_page=0"}, 400, "request_invalid"},
		"a page that is no number":   {asks{method: http.MethodGet, route: "/runs?page=one"}, 400, "request_invalid"},
		"an unknown action":          {asks{method: http.MethodGet, route: "/runs/" + id + "/changes?action=explode"}, 400, "request_invalid"},
		"an unknown status":          {asks{method: http.MethodGet, route: "/runs/" + id + "/changes.csv?status=lost"}, 400, "request_invalid"},
		"a search that is too long":  {asks{method: http.MethodGet, route: "/runs/" + id + "/changes?q=" + strings.Repeat("x", 257)}, 400, "request_invalid"},
		"an unknown run":             {asks{method: http.MethodGet, route: "/runs/nothing"}, 404, "run_not_found"},
		"a run named by SQL":         {asks{method: http.MethodGet, route: "/runs/%27%20OR%201=1--"}, 404, "run_not_found"},
		"the changes of no run":      {asks{method: http.MethodGet, route: "/runs/nothing/changes"}, 404, "run_not_found"},
		"the table of no run":        {asks{method: http.MethodGet, route: "/runs/nothing/changes.csv"}, 404, "run_not_found"},
		"to cancel no run":           {asks{method: http.MethodPost, route: "/runs/nothing/cancel"}, 404, "run_not_found"},
		"to approve no run":          {asks{method: http.MethodPost, route: "/runs/nothing/approve"}, 404, "run_not_found"},
		"to cancel what is over":     {asks{method: http.MethodPost, route: "/runs/" + id + "/cancel"}, 400, "no_run"},
		"to apply a plan of nothing": {asks{method: http.MethodPost, route: "/runs/" + id + "/approve"}, 409, "nothing_planned"},
		"to discard without a hold":  {asks{method: http.MethodPost, route: "/runs/" + id + "/discard"}, 409, "nothing_held"},
		"another method":             {asks{method: http.MethodDelete, route: "/status"}, 405, "method_not_allowed"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := s.ask(t, c.by(s.Mattermost.Admin))
			assert.Equal(t, c.status, got.status, "%s", got)
			assert.Equal(t, c.code, got.code())
		})
	}
}

func TestChangesAreListedByPageFilterAndSearch(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	id := s.sync(t, stage.ModePreview).ID
	total := func(query string) int {
		var list struct {
			Changes []change `json:"changes"`
			Total   int      `json:"total"`
		}
		s.get(t, "/runs/"+id+"/changes"+query).decode(t, &list)
		return list.Total
	}
	assert.Equal(t, 116, total(""))
	assert.Equal(t, 111, total("?action=create"))
	assert.Equal(t, 3, total("?action=skip&status=planned"))
	assert.Equal(t, 2, total("?action=conflict"))
	assert.Zero(t, total("?status=failed"))
	assert.Equal(t, 1, total("?q=MINJUN"))
	assert.Equal(t, 1, total("?q=%25"), "a wildcard of SQL only matches itself")

	var first, second struct {
		Changes []change `json:"changes"`
	}
	s.get(t, "/runs/"+id+"/changes?per_page=100").decode(t, &first)
	s.get(t, "/runs/"+id+"/changes?per_page=100&page=1").decode(t, &second)
	assert.Len(t, first.Changes, 100)
	assert.Len(t, second.Changes, 16)
	assert.Equal(t, first.Changes[99].Seq+1, second.Changes[0].Seq)
}

func TestTheDirectoryOfTheNewestReadCanBeLookedThrough(t *testing.T) {
	s := begin(t, plain)
	s.sync(t, stage.ModePreview)
	var list struct {
		Users  []map[string]any `json:"users"`
		Total  int              `json:"total"`
		ReadAt int64            `json:"read_at"`
	}
	s.get(t, "/directory?per_page=50&page=2").decode(t, &list)
	assert.Equal(t, 120, list.Total)
	assert.Len(t, list.Users, 20)
	assert.NotZero(t, list.ReadAt)
}
