package tenant_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// control sends a request like another process and returns the status and the body.
func control(t *testing.T, server *tenant.Server, method, path, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL()+"/_control/"+path, strings.NewReader(body))
	must(t, err)
	request.Header.Set(tenant.ControlKeyHeader, server.ControlKey)
	response, err := server.Client().Do(request)
	must(t, err)
	answer, err := io.ReadAll(response.Body)
	must(t, errors.Join(err, response.Body.Close()))
	return response.StatusCode, string(answer)
}

func wantControl(t *testing.T, server *tenant.Server, method, path, body string, status int) string {
	t.Helper()
	got, answer := control(t, server, method, path, body)
	if got != status {
		t.Fatalf("%s %s: got %d, want %d: %s", method, path, got, status, answer)
	}
	return answer
}

func TestControlNeedsTheKey(t *testing.T) {
	server := start(t, tenant.Options{})
	response, err := server.Client().Get(server.URL() + "/_control/people")
	must(t, err)
	must(t, response.Body.Close())
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("got %d without the key, want 403", response.StatusCode)
	}
}

func TestFaultsAreSwitchedOverHTTP(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	answer := wantControl(t, server, "POST", "faults", `{"match":"users","kind":"throttled","retry_after":"0.5","times":1}`, 201)
	var set tenant.Fault
	must(t, json.Unmarshal([]byte(answer), &set))
	_, err := graph.get(server.URL() + "/v1.0/users")
	wantGraphError(t, err, 429, "TooManyRequests", "")
	_, err = graph.get(server.URL() + "/v1.0/users")
	must(t, err)

	var list struct {
		Faults []tenant.ActiveFault `json:"faults"`
	}
	must(t, json.Unmarshal([]byte(wantControl(t, server, "GET", "faults", "", 200)), &list))
	if len(list.Faults) != 1 || list.Faults[0].Fault != set || list.Faults[0].Struck != 1 || list.Faults[0].Seen != 2 {
		t.Errorf("got %+v", list.Faults)
	}
	wantControl(t, server, "DELETE", "faults/"+set.ID, "", 204)
	wantControl(t, server, "DELETE", "faults/"+set.ID, "", 404)
	wantControl(t, server, "POST", "faults", `{"id":"mine","match":"any","kind":"internal_error"}`, 201)
	wantControl(t, server, "POST", "faults", `{"id":"mine","match":"groups","kind":"internal_error"}`, 201)
	if left := server.Faults.List(); len(left) != 1 || left[0].Match != tenant.MatchGroups {
		t.Errorf("a fault of the same id was not replaced: %+v", left)
	}
	wantControl(t, server, "DELETE", "faults", "", 204)
	if left := server.Faults.List(); len(left) != 0 {
		t.Errorf("faults are left: %+v", left)
	}
}

func TestControlSaysWhatIsWrong(t *testing.T) {
	server := start(t, tenant.Options{})
	tests := map[string]struct{ method, path, body, message string }{
		"unknown kind":        {"POST", "faults", `{"match":"users","kind":"on_fire"}`, "on_fire"},
		"unknown field":       {"POST", "faults", `{"match":"users","kind":"throttled","time":1}`, "time"},
		"person without id":   {"POST", "people", `{"displayName":"Nobody"}`, "no id"},
		"people who are one":  {"PUT", "people", `[{"id":"a"},{"id":"A"}]`, "has the id of"},
		"people who are none": {"PUT", "people", ``, "empty"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if answer := wantControl(t, server, test.method, test.path, test.body, 400); !strings.Contains(answer, test.message) {
				t.Errorf("got %s, want something about %q", answer, test.message)
			}
		})
	}
	if len(server.People()) != company.Headcount {
		t.Error("a refused change changed the people")
	}
}

func TestPeopleAreChangedOverHTTPAndReset(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	count := func() int {
		ids, err := graph.users(url.Values{"$top": {"999"}}, 1)
		must(t, err)
		return len(ids)
	}
	wantControl(t, server, "PUT", "people", `{"value":[{"id":"one"},{"id":"two"}]}`, 204)
	if got := count(); got != 2 {
		t.Errorf("got %d people after a replacement, want 2", got)
	}
	wantControl(t, server, "POST", "people", `{"id":"three"}`, 204)
	wantControl(t, server, "DELETE", "people/one", "", 204)
	wantControl(t, server, "DELETE", "people/one", "", 404)
	if answer := wantControl(t, server, "GET", "people", "", 200); answer != `{"value":[{"id":"two"},{"id":"three"}]}`+"\n" {
		t.Errorf("got %s", answer)
	}
	wantControl(t, server, "POST", "faults", `{"match":"users","kind":"internal_error"}`, 201)
	wantControl(t, server, "POST", "reset", "", 204)
	if got := count(); got != company.Headcount || len(server.Requests()) != 1 {
		t.Errorf("after a reset there are %d people and %d logged requests, want %d and the one just made", got, len(server.Requests()), company.Headcount)
	}
}

func TestTheRequestLogTellsRequestsAndNoSecrets(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.CutConnection, Skip: 1}))
	_, err := graph.get(server.URL() + "/v1.0/users?$top=1")
	must(t, err)
	if _, err = graph.get(server.URL() + "/v1.0/users"); err == nil {
		t.Error("the connection was not cut")
	}
	answer := wantControl(t, server, "GET", "requests", "", 200)
	var log struct {
		Requests []tenant.Request `json:"requests"`
	}
	must(t, json.Unmarshal([]byte(answer), &log))
	if len(log.Requests) != 4 {
		t.Fatalf("got %d requests, want discovery, token and two for users", len(log.Requests))
	}
	first, cut := log.Requests[2], log.Requests[3]
	if first.Path != "/v1.0/users" || first.Query != "$top=1" || first.Status != 200 || !strings.Contains(first.UserAgent, "azsdk-go") {
		t.Errorf("got %+v", first)
	}
	if len(cut.Faults) != 1 || cut.Faults[0] != tenant.CutConnection {
		t.Errorf("got %+v, want the fault that struck", cut)
	}
	if strings.Contains(answer, "Bearer") || strings.Contains(answer, "eyJ") || strings.Contains(answer, server.ClientSecret) {
		t.Errorf("the log tells a secret: %s", answer)
	}
	wantControl(t, server, "DELETE", "requests", "", 204)
	if answer := wantControl(t, server, "GET", "requests", "", 200); !bytes.Contains([]byte(answer), []byte(`"requests":[]`)) {
		t.Errorf("got %s", answer)
	}
}
