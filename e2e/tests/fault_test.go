package tests

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// soon makes the retries of a lasting fault follow immediately, so that the test does not wait for them.
const soon = "0.05"

func TestAReadThatFailsEndsTheRunWithItsReasonAndTouchesNoAccount(t *testing.T) {
	cases := map[string]struct {
		fault tenant.Fault
		code  string
	}{
		"wrong secret":           {tenant.Fault{Match: tenant.MatchToken, Kind: tenant.WrongSecret}, "secret_wrong"},
		"expired secret":         {tenant.Fault{Match: tenant.MatchToken, Kind: tenant.ExpiredSecret}, "secret_expired"},
		"unknown application":    {tenant.Fault{Match: tenant.MatchToken, Kind: tenant.ApplicationNotFound}, "app_not_found"},
		"disabled application":   {tenant.Fault{Match: tenant.MatchToken, Kind: tenant.ApplicationDisabled}, "app_disabled"},
		"unknown tenant":         {tenant.Fault{Match: tenant.MatchToken, Kind: tenant.TenantNotFound}, "tenant_not_found"},
		"tenant in other cloud":  {tenant.Fault{Match: tenant.MatchToken, Kind: tenant.AnotherCloud}, "tenant_in_other_cloud"},
		"conditional access":     {tenant.Fault{Match: tenant.MatchToken, Kind: tenant.ConditionalAccess}, "conditional_access"},
		"missing consent":        {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ConsentMissing}, "consent_missing"},
		"throttled for good":     {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.Throttled, RetryAfter: soon}, "throttled"},
		"500 for good":           {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.InternalError, RetryAfter: soon}, "directory_unavailable"},
		"503 for good":           {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.Unavailable, RetryAfter: soon}, "directory_unavailable"},
		"504 for good":           {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.GatewayTimeout, RetryAfter: soon}, "timeout"},
		"a token that is no use": {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ExpiredToken}, "token_rejected"},
		"an endless next link":   {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.EndlessNextLink}, "directory_answer_invalid"},
		"an endless renamed one": {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.RepeatedPage}, "directory_incomplete"},
		"a next link elsewhere":  {tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ForeignNextLink}, "foreign_link"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := begin(t, plain, policy(allow("Kim")))
			require.NoError(t, s.Tenant.Faults.Set(c.fault))
			s.checkFailure(t, c.code)
		})
	}
}

// checkFailure expects the next run to fail with the code and its texts, and to leave Mattermost unchanged.
func (s *scene) checkFailure(t *testing.T, code string) {
	t.Helper()
	accounts, links := s.fingerprint(t, "users"), s.fingerprint(t, "entrasync_links")
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "failed", run.State)
	if assert.NotNil(t, run.Error, "%s", run.Raw) {
		assert.Equal(t, code, run.Error.Code, "%s", run.Raw)
		assert.NotEmpty(t, run.Error.Message)
		assert.NotEmpty(t, run.Error.Hint)
	}
	assert.Equal(t, accounts, s.fingerprint(t, "users"))
	assert.Equal(t, links, s.fingerprint(t, "entrasync_links"))
}

func TestASecretThatIsReallyWrongIsRefusedWithMicrosoftsCodeBesideOurs(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")), map[string]any{"ClientSecret": "not-the-secret~0123456789"})
	run := s.sync(t, stage.ModeApply)
	var told struct {
		Error struct {
			Code string `json:"code"`
			Raw  struct {
				Code    string `json:"code"`
				TraceID string `json:"trace_id"`
			} `json:"raw"`
		} `json:"error"`
	}
	require.NoError(t, json.Unmarshal(run.Raw, &told))
	assert.Equal(t, "secret_wrong", told.Error.Code)
	assert.Equal(t, "AADSTS7000215", told.Error.Raw.Code)
	assert.NotEmpty(t, told.Error.Raw.TraceID)
}

func TestAReadThatFailsForAWhileIsTriedAgainAndSucceeds(t *testing.T) {
	cases := map[string]tenant.Fault{
		"throttled for whole seconds":       {Kind: tenant.Throttled, Times: 2, RetryAfter: "1"},
		"throttled for part of a second":    {Kind: tenant.Throttled, Times: 2, RetryAfter: "0.25"},
		"throttled without saying how long": {Kind: tenant.Throttled, Times: 1},
		"500 once":                          {Kind: tenant.InternalError, Times: 1},
		"503 twice":                         {Kind: tenant.Unavailable, Times: 2, RetryAfter: "0.1"},
		"504 once":                          {Kind: tenant.GatewayTimeout, Times: 1},
		"a proxy's page":                    {Kind: tenant.ProxyPage, Times: 1},
		"a cut connection":                  {Kind: tenant.CutConnection, Times: 1},
		"half of the JSON":                  {Kind: tenant.TruncatedJSON, Times: 1},
		"broken JSON":                       {Kind: tenant.InvalidJSON, Times: 1},
		"a token that expires midway":       {Kind: tenant.ExpiredToken, Times: 1, Skip: 1},
		"a page that comes twice":           {Kind: tenant.RepeatedPage, Times: 1, Skip: 1},
		"a slow answer":                     {Kind: tenant.Slow, Times: 1, DelayMS: 1500},
	}
	s := beginWithThreePages(t)
	for name, fault := range cases {
		t.Run(name, func(t *testing.T) {
			s.configure(t) // sign in again
			s.Tenant.Faults.Clear()
			fault.Match = tenant.MatchUsers
			require.NoError(t, s.Tenant.Faults.Set(fault))
			run := s.apply(t)
			assert.Equal(t, threePages, run.Counts["directory"])
			assert.Equal(t, 2, run.Counts["unchanged"])
			assert.NotZero(t, s.Tenant.Faults.List()[0].Struck, "the fault never struck")
		})
	}
}

// threePages of at most 999 users.
const threePages = 2100

// beginWithThreePages has two users in scope with accounts, one on the first page and one on the second.
func beginWithThreePages(t *testing.T) *scene {
	t.Helper()
	people := company.Many(threePages)
	s := begin(t, licensed, policy(allow(displayName(t, people[3]), displayName(t, people[1500])), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(people))
	require.Equal(t, 2, s.apply(t).Counts["created"])
	return s
}

func displayName(t *testing.T, person json.RawMessage) string {
	t.Helper()
	var attributes struct {
		DisplayName string `json:"displayName"`
	}
	require.NoError(t, json.Unmarshal(person, &attributes))
	return attributes.DisplayName
}

func TestAMissingPageTakesNothingFromAnybody(t *testing.T) {
	s := beginWithThreePages(t)
	before := s.fingerprint(t, "users")
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.MissingPage, Times: 1}))
	run := s.sync(t, stage.ModeApply)
	assert.Less(t, run.Counts["directory"], threePages, "the page is missing")
	assert.Zero(t, run.Counts["deactivated"])
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

func TestANextLinkToAnotherHostIsNeverFollowed(t *testing.T) {
	var connections atomic.Int32
	elsewhere := httptest.NewUnstartedServer(http.NotFoundHandler())
	elsewhere.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	elsewhere.StartTLS()
	defer elsewhere.Close()

	s := begin(t, plain, policy(allow("Kim")))
	host := strings.TrimPrefix(elsewhere.URL, "https://")
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ForeignNextLink, Host: host}))
	s.checkFailure(t, "foreign_link")
	assert.Zero(t, connections.Load(), "another host was asked")
}

func TestARunThatWaitsForASlowAnswerCanBeCancelledAtOnce(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	s.holdUp(t)
	run := s.startRun(t, stage.ModeApply)
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs/"+run.ID+"/cancel", nil, nil))
	ended := s.awaitEnd(t, run.ID)
	assert.Equal(t, "cancelled", ended.State)
	assert.Nil(t, ended.Error)
	assert.Zero(t, s.countAccounts(t))

	s.Tenant.Faults.Clear()
	assert.Equal(t, 10, s.apply(t).Counts["created"], "the next run does the work")
}

// The retries of a response that stays broken take a minute, because Microsoft does not say how long to wait.
func TestAPageThatStaysTruncatedEndsTheRun(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	s := beginAlone(t, plain, policy(allow("Kim")))
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.TruncatedJSON}))
	s.checkFailure(t, "directory_incomplete")
}
