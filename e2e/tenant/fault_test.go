package tenant_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

func TestFaultsThatGraphAnswersWithAnError(t *testing.T) {
	server := start(t, tenant.Options{})
	tests := map[string]struct {
		fault      tenant.Fault
		status     int
		code       string
		retryAfter string
	}{
		"throttled":                 {tenant.Fault{Kind: tenant.Throttled}, 429, "TooManyRequests", ""},
		"throttled for seconds":     {tenant.Fault{Kind: tenant.Throttled, RetryAfter: "2"}, 429, "TooManyRequests", "2"},
		"throttled for a fraction":  {tenant.Fault{Kind: tenant.Throttled, RetryAfter: "0.128"}, 429, "TooManyRequests", "0.128"},
		"internal error":            {tenant.Fault{Kind: tenant.InternalError}, 500, "InternalServerError", ""},
		"unavailable":               {tenant.Fault{Kind: tenant.Unavailable}, 503, "ServiceUnavailable", ""},
		"unavailable for a time":    {tenant.Fault{Kind: tenant.Unavailable, RetryAfter: "1"}, 503, "ServiceUnavailable", "1"},
		"gateway timeout":           {tenant.Fault{Kind: tenant.GatewayTimeout}, 504, "GatewayTimeout", ""},
		"consent missing":           {tenant.Fault{Kind: tenant.ConsentMissing}, 403, "Authorization_RequestDenied", ""},
		"expired token":             {tenant.Fault{Kind: tenant.ExpiredToken}, 401, "InvalidAuthenticationToken", ""},
		"forgotten synchronization": {tenant.Fault{Kind: tenant.SyncStateNotFound}, 410, "syncStateNotFound", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server.Faults.Clear()
			test.fault.Match = tenant.MatchUsers
			must(t, server.Faults.Set(test.fault))
			_, err := newGraphClient(server, goodCredential(t, server)).get(server.URL() + "/v1.0/users")
			wantGraphError(t, err, test.status, test.code, "")
			if got := responseError(t, err).RawResponse.Header.Get("Retry-After"); got != test.retryAfter {
				t.Errorf("got Retry-After %q, want %q", got, test.retryAfter)
			}
		})
	}
}

func TestProxyPageIsHTML(t *testing.T) {
	server := start(t, tenant.Options{})
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ProxyPage}))
	_, err := newGraphClient(server, goodCredential(t, server)).get(server.URL() + "/v1.0/users")
	failure := responseError(t, err)
	if failure.StatusCode != http.StatusBadGateway || !strings.HasPrefix(failure.RawResponse.Header.Get("Content-Type"), "text/html") {
		t.Errorf("got %v", failure)
	}
}

func TestFaultsThatSpoilTheBody(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	_, err := graph.get(server.URL() + "/v1.0/users?$top=1") // fetches the token
	must(t, err)
	tests := map[tenant.Kind]func(body []byte, err error) bool{
		tenant.CutConnection: func(_ []byte, err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) },
		tenant.TruncatedJSON: func(body []byte, err error) bool {
			var page userPage
			failure := json.Unmarshal(body, &page)
			return err == nil && failure != nil && strings.Contains(failure.Error(), "unexpected end of JSON input")
		},
		tenant.InvalidJSON: func(body []byte, err error) bool {
			return err == nil && !json.Valid(body) && strings.HasSuffix(string(body), "]}")
		},
	}
	for kind, isRight := range tests {
		t.Run(string(kind), func(t *testing.T) {
			server.Faults.Clear()
			must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: kind}))
			if body, err := graph.get(server.URL() + "/v1.0/users"); !isRight(body, err) {
				t.Errorf("got %q and error %v", body, err)
			}
		})
	}
}

func TestAnExpiredTokenStaysExpired(t *testing.T) {
	server := start(t, tenant.Options{})
	credential := goodCredential(t, server)
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ExpiredToken, Skip: 1, Times: 1}))
	graph := newGraphClient(server, credential)
	ids, err := graph.users(url.Values{"$top": {"50"}}, 10)
	wantGraphError(t, err, 401, "InvalidAuthenticationToken", "the token is expired")
	if len(ids) != 50 {
		t.Errorf("the token expired after %d people, want 50", len(ids))
	}
	_, err = graph.get(server.URL() + "/v1.0/users")
	wantGraphError(t, err, 401, "InvalidAuthenticationToken", "the token is expired")
	ids, err = newGraphClient(server, goodCredential(t, server)).users(url.Values{}, 10)
	must(t, err)
	if len(ids) != company.Headcount {
		t.Errorf("a new token read %d people", len(ids))
	}
}

func TestTokensExpireByTime(t *testing.T) {
	server := start(t, tenant.Options{TokenLifetime: time.Nanosecond})
	_, err := newGraphClient(server, goodCredential(t, server)).get(server.URL() + "/v1.0/users")
	wantGraphError(t, err, 401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
}

func TestFaultsThatBendPages(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	all := idsOf(t, company.People())
	tests := map[string]struct {
		fault tenant.Fault
		want  []string
	}{
		"the second page twice":   {tenant.Fault{Kind: tenant.RepeatedPage, Skip: 1, Times: 1}, slices.Concat(all[:100], all[50:])},
		"the last page twice":     {tenant.Fault{Kind: tenant.RepeatedPage, Skip: 2, Times: 1}, slices.Concat(all, all[100:])},
		"without the second page": {tenant.Fault{Kind: tenant.MissingPage, Times: 1}, slices.Concat(all[:50], all[100:])},
		"without the last page":   {tenant.Fault{Kind: tenant.MissingPage, Skip: 1, Times: 1}, all[:100]},
		"the first page for ever": {tenant.Fault{Kind: tenant.EndlessNextLink}, slices.Concat(all[:50], all[:50], all[:50], all[:50], all[:50])},
		"a page that never comes": {tenant.Fault{Kind: tenant.RepeatedPage, Skip: 9}, all},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server.Faults.Clear()
			test.fault.Match = tenant.MatchUsers
			must(t, server.Faults.Set(test.fault))
			ids, err := graph.users(url.Values{"$top": {"50"}}, 5)
			must(t, err)
			if !slices.Equal(ids, test.want) {
				t.Errorf("got %d people, want %d", len(ids), len(test.want))
			}
		})
	}
}

func TestANextLinkLeadsToAnotherHost(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	for host, want := range map[string]string{"": "graph.elsewhere.example", "127.0.0.1:9": "127.0.0.1:9"} {
		server.Faults.Clear()
		must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ForeignNextLink, Host: host}))
		page, err := graph.page(server.URL() + "/v1.0/users?$top=999")
		must(t, err)
		if !strings.HasPrefix(page.NextLink, "https://"+want+"/v1.0/users?") {
			t.Errorf("got %s, want a link to %s", page.NextLink, want)
		}
	}
}

func TestSlowAnswersComeAndAreGivenUp(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.Slow, DelayMS: 1}))
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ConsentMissing, Times: 1}))
	_, err := graph.get(server.URL() + "/v1.0/users")
	wantGraphError(t, err, 403, "Authorization_RequestDenied", "")
	_, err = graph.get(server.URL() + "/v1.0/users")
	must(t, err)

	server.Faults.Clear()
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.Slow, DelayMS: 3_600_000}))
	failed := make(chan error)
	go func() {
		_, err := graph.get(server.URL() + "/v1.0/users")
		failed <- err
	}()
	for server.Faults.List()[0].Struck == 0 {
		time.Sleep(time.Millisecond)
	}
	server.Close()
	if err := <-failed; err == nil {
		t.Error("an answer came from a server that was closed while it waited")
	}
}

// A client that handles these faults correctly succeeds, as Microsoft's own does.
func TestAzureClientRetriesThroughPassingFaults(t *testing.T) {
	server := start(t, tenant.Options{})
	for _, kind := range []tenant.Kind{tenant.Throttled, tenant.InternalError, tenant.Unavailable, tenant.GatewayTimeout, tenant.ProxyPage} {
		must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: kind, Skip: 1, Times: 1}))
	}
	options := clientOptions(server)
	options.Retry = policy.RetryOptions{MaxRetries: 9, RetryDelay: time.Millisecond, MaxRetryDelay: time.Millisecond}
	bearer := runtime.NewBearerTokenPolicy(goodCredential(t, server), []string{server.URL() + "/.default"}, nil)
	graph := &graphClient{server: server, pipeline: runtime.NewPipeline("tenant_test", "v1",
		runtime.PipelineOptions{PerRetry: []policy.Policy{bearer}}, &options)}
	ids, err := graph.users(url.Values{}, 10)
	must(t, err)
	if len(ids) != company.Headcount {
		t.Errorf("got %d people, want %d", len(ids), company.Headcount)
	}
	for _, fault := range server.Faults.List() {
		if fault.Struck != 1 {
			t.Errorf("%s struck %d times, want once", fault.Kind, fault.Struck)
		}
	}
}

func TestFaultsStrikeOnlyWhatTheyMatch(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchGroups, Kind: tenant.InternalError}))
	_, err := graph.get(server.URL() + "/v1.0/users")
	must(t, err)
	_, err = graph.get(server.URL() + "/v1.0/groups")
	wantGraphError(t, err, 500, "InternalServerError", "")

	server.Faults.Clear()
	must(t, server.Faults.Set(tenant.Fault{Kind: tenant.ConsentMissing})) // any request to Graph, because Graph checks the consent
	fresh := newGraphClient(server, goodCredential(t, server))
	for _, path := range []string{"/v1.0/users", "/v1.0/groups", "/v1.0/organization"} {
		_, err = fresh.get(server.URL() + path)
		wantGraphError(t, err, 403, "Authorization_RequestDenied", "")
	}
}

func TestFaultsThatCouldNeverStrikeAreRefused(t *testing.T) {
	server := start(t, tenant.Options{})
	for name, fault := range map[string]tenant.Fault{
		"no kind":               {Match: tenant.MatchUsers},
		"unknown kind":          {Match: tenant.MatchUsers, Kind: "on_fire"},
		"unknown match":         {Match: "planets", Kind: tenant.Throttled},
		"a wrong secret's list": {Match: tenant.MatchUsers, Kind: tenant.WrongSecret},
		"a token's pages":       {Match: tenant.MatchToken, Kind: tenant.RepeatedPage},
		"negative":              {Match: tenant.MatchUsers, Kind: tenant.Throttled, Skip: -1},
		"slow by nothing":       {Match: tenant.MatchUsers, Kind: tenant.Slow},
	} {
		if err := server.Faults.Set(fault); err == nil {
			t.Errorf("%s: was set", name)
		}
	}
	if left := server.Faults.List(); len(left) != 0 {
		t.Errorf("refused faults are on: %+v", left)
	}
}
