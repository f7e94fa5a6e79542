package tenant_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// graphFailure is the body of a Graph error.
type graphFailure struct {
	Error struct {
		Code       string            `json:"code"`
		Message    string            `json:"message"`
		InnerError map[string]string `json:"innerError"`
	} `json:"error"`
}

func wantGraphError(t *testing.T, err error, status int, code, message string) {
	t.Helper()
	failure := responseError(t, err)
	if failure.StatusCode != status || failure.ErrorCode != code || !strings.Contains(failure.Error(), message) {
		t.Errorf("got %d %s, want %d %s %q in\n%v", failure.StatusCode, failure.ErrorCode, status, code, message, failure)
	}
	for _, name := range []string{"request-id", "client-request-id"} {
		if failure.RawResponse.Header.Get(name) == "" {
			t.Errorf("the header %s is missing", name)
		}
	}
	for _, name := range []string{"innerError", "date", "request-id", "client-request-id"} {
		if !strings.Contains(failure.Error(), name) {
			t.Errorf("the body has no %s", name)
		}
	}
}

func TestGraphRefusesQueriesInItsOwnWords(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	tests := map[string]struct {
		path          string
		status        int
		code, message string
	}{
		"a page of 1000":      {"/v1.0/users?$top=1000", 400, "Request_UnsupportedQuery", "Must be between 1 and 999 inclusive."},
		"a page of none":      {"/v1.0/users?$top=0", 400, "Request_UnsupportedQuery", "Invalid page size specified: '0'"},
		"a page of words":     {"/v1.0/users?$top=all", 400, "BadRequest", "$top query option"},
		"skip":                {"/v1.0/users?$skip=10", 400, "Request_BadRequest", "'$skip' is not supported by the service."},
		"unknown property":    {"/v1.0/users?$select=id,shoeSize", 400, "BadRequest", "Could not find a property named 'shoeSize' on type 'microsoft.graph.user'."},
		"property not listed": {"/v1.0/users?$select=aboutMe", 501, "NotImplemented", ""},
		"filter on a name":    {"/v1.0/users?$filter=" + url.QueryEscape("jobTitle eq 'x'"), 400, "Request_UnsupportedQuery", "specified for property 'jobTitle' of resource 'User'."},
		"filter without end":  {"/v1.0/users?$filter=" + url.QueryEscape("mail eq 'x"), 400, "BadRequest", "Invalid filter clause"},
		"group filter on mail": {"/v1.0/groups?$filter=" + url.QueryEscape("startswith(mail,'x')"), 400, "Request_UnsupportedQuery",
			"specified for property 'mail' of resource 'Group'."},
		"expand":            {"/v1.0/users?$expand=manager", 400, "Request_UnsupportedQuery", "$expand"},
		"made-up option":    {"/v1.0/users?$limit=3", 400, "BadRequest", "$limit"},
		"made-up skiptoken": {"/v1.0/users?$skiptoken=abc", 400, "Directory_ExpiredPageToken", "page token"},
		"unknown user":      {"/v1.0/users/" + unknownID, 404, "Request_ResourceNotFound", "Resource '" + unknownID + "' does not exist or one of its queried reference-property objects are not present."},
		"unknown segment":   {"/v1.0/planets", 400, "BadRequest", "Resource not found for the segment 'planets'."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := graph.get(server.URL() + test.path)
			wantGraphError(t, err, test.status, test.code, test.message)
		})
	}
}

func TestGraphWantsAToken(t *testing.T) {
	server := start(t, tenant.Options{})
	tests := map[string]struct{ authorization, message string }{
		"none":            {"", "Access token is empty."},
		"not a JWT":       {"Bearer abc", "JWT is not well formed"},
		"of someone else": {"Bearer eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjk5OTk5OTk5OTl9.AAAA", "Access token validation failure."},
		"basic":           {"Basic abc", "Access token is empty."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL()+"/v1.0/users", http.NoBody)
			must(t, err)
			request.Header.Set("Authorization", test.authorization)
			request.Header.Set("client-request-id", unknownID)
			response, err := server.Client().Do(request)
			must(t, err)
			var failure graphFailure
			readJSON(t, response, &failure)
			isRight := response.StatusCode == http.StatusUnauthorized && failure.Error.Code == "InvalidAuthenticationToken" &&
				strings.Contains(failure.Error.Message, test.message) && failure.Error.InnerError["client-request-id"] == unknownID &&
				strings.HasPrefix(response.Header.Get("WWW-Authenticate"), "Bearer realm=")
			if !isRight {
				t.Errorf("got %d %+v", response.StatusCode, failure)
			}
		})
	}
}

func TestATokenMeantForSomethingElseIsRefused(t *testing.T) {
	server, other := start(t, tenant.Options{}), start(t, tenant.Options{})
	tests := map[string]struct {
		issuer            *tenant.Server
		resource, message string
	}{
		"of another tenant":    {other, "https://graph.microsoft.com", "Invalid signature."},
		"for another spelling": {server, server.URL(), "Invalid audience."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			token, err := goodCredential(t, test.issuer).GetToken(t.Context(), policy.TokenRequestOptions{Scopes: []string{test.resource + "/.default"}})
			must(t, err)
			link := strings.Replace(server.URL(), "127.0.0.1", "localhost", 1) + "/v1.0/users"
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, http.NoBody)
			must(t, err)
			request.Header.Set("Authorization", "Bearer "+token.Token)
			response, err := server.Client().Do(request)
			must(t, err)
			var failure graphFailure
			readJSON(t, response, &failure)
			if response.StatusCode != http.StatusUnauthorized || !strings.Contains(failure.Error.Message, test.message) {
				t.Errorf("got %d %+v", response.StatusCode, failure)
			}
		})
	}
}

func TestAPermissionWithoutConsentIsRefused(t *testing.T) {
	server := start(t, tenant.Options{Roles: []string{"User.Read.All"}})
	graph := newGraphClient(server, goodCredential(t, server))
	_, err := graph.get(server.URL() + "/v1.0/users?$top=1")
	must(t, err)
	_, err = graph.get(server.URL() + "/v1.0/groups")
	wantGraphError(t, err, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
}

func TestUsersAreFoundByIdentifiers(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	people := idsOf(t, company.People())
	tests := map[string]struct {
		filter string
		want   int
	}{
		"by id":                {"id eq '" + people[5] + "'", 1},
		"by mail in any case":  {"mail eq 'OLIVIA.brown@hanbit.example'", 1},
		"two on one mail":      {"mail eq 'reception@hanbit.example'", 2},
		"by principal name":    {"userPrincipalName eq 'sora.kim@hanbit.example'", 1},
		"with a quote":         {"userPrincipalName eq 's.o''brien@hanbit.example'", 1},
		"joined":               {"id eq '" + people[0] + "' or mail eq 'yo@hanbit.example' or (id eq '" + people[1] + "')", 3},
		"with or in the value": {"mail eq 'a or b@hanbit.example'", 0},
		"nobody":               {"mail eq ''", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			page, err := graph.page(server.URL() + "/v1.0/users?$filter=" + url.QueryEscape(test.filter))
			must(t, err)
			if len(page.Value) != test.want {
				t.Errorf("got %d people, want %d", len(page.Value), test.want)
			}
		})
	}
}

func TestOneUserIsReadByIDAndByPrincipalName(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	for _, key := range []string{"taeyang.kim_partner.example#EXT#@hanbit.onmicrosoft.example", "SORA.KIM@hanbit.example", idsOf(t, company.People())[0]} {
		body, err := graph.get(server.URL() + "/v1.0/users/" + url.PathEscape(key) + "?$select=id,accountEnabled")
		must(t, err)
		var answer map[string]any
		must(t, json.Unmarshal(body, &answer))
		if len(answer) != 3 || answer["id"] == nil || answer["accountEnabled"] != true || answer["@odata.context"] == nil {
			t.Errorf("%s: got %s", key, body)
		}
	}
}

func TestPropertiesAreTheDefaultsOrTheSelected(t *testing.T) {
	raw := json.RawMessage(`{"id":"` + unknownID + `","userPrincipalName":"a@hanbit.example","accountEnabled":false,"extension_x_team":"A & <B>",` +
		`"department":null,"madeUp":{"n":1.50},"displayName":"\ud83d\ude80"}`)
	server := start(t, tenant.Options{People: []json.RawMessage{raw}})
	graph := newGraphClient(server, goodCredential(t, server))
	tests := map[string]string{
		"": `{"businessPhones":[],"displayName":"\ud83d\ude80","givenName":null,"jobTitle":null,"mail":null,"mobilePhone":null,"officeLocation":null,` +
			`"preferredLanguage":null,"surname":null,"userPrincipalName":"a@hanbit.example","id":"` + unknownID + `","madeUp":{"n":1.50}}`,
		"?$select=accountEnabled,id,department,otherMails,extension_x_team": `{"accountEnabled":false,"id":"` + unknownID +
			`","department":null,"otherMails":[],"extension_x_team":"A & <B>"}`,
	}
	for query, want := range tests {
		body, err := graph.get(server.URL() + "/v1.0/users" + query)
		must(t, err)
		var page struct {
			Value []json.RawMessage `json:"value"`
		}
		must(t, json.Unmarshal(body, &page))
		if got := string(page.Value[0]); got != want {
			t.Errorf("%q: got  %s\nwant %s", query, got, want)
		}
	}
}

func TestACountNeedsTheConsistencyLevel(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	link := server.URL() + "/v1.0/users?$count=true&$top=5"
	silent, err := graph.page(link)
	must(t, err)
	counted, err := graph.page(link, "ConsistencyLevel", "eventual")
	must(t, err)
	second, err := graph.page(counted.NextLink, "ConsistencyLevel", "eventual")
	must(t, err)
	if silent.Count != nil || counted.Count == nil || *counted.Count != company.Headcount || second.Count != nil {
		t.Errorf("got counts %v, %v, %v; want none, %d, none", silent.Count, counted.Count, second.Count, company.Headcount)
	}
}

func TestGroupsAndTheOrganizationAreRead(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	groups, err := graph.page(server.URL() + "/v1.0/groups?$top=2&$select=id,displayName&$filter=" + url.QueryEscape("startswith(displayName,'des')"))
	must(t, err)
	if len(groups.Value) != 1 || *groups.Value[0].DisplayName != "Design" {
		t.Errorf("got %+v, want the group Design", groups.Value)
	}
	body, err := graph.get(server.URL() + "/v1.0/organization")
	must(t, err)
	var answer struct {
		Value []struct {
			ID              string `json:"id"`
			DisplayName     string `json:"displayName"`
			VerifiedDomains []struct {
				Name string `json:"name"`
			} `json:"verifiedDomains"`
		} `json:"value"`
	}
	must(t, json.Unmarshal(body, &answer))
	if len(answer.Value) != 1 || answer.Value[0].ID != server.TenantID || answer.Value[0].VerifiedDomains[0].Name != tenant.DefaultDomain {
		t.Errorf("got %s", body)
	}
}

func TestNextLinksAreAbsoluteAndCarryTheQuery(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	page, err := graph.page(server.URL() + "/v1.0/users?$select=id,displayName&$top=3")
	must(t, err)
	link, err := url.Parse(page.NextLink)
	must(t, err)
	query := link.Query()
	isWhole := strings.HasPrefix(page.NextLink, server.URL()+"/v1.0/users?") && query.Get("$select") == "id,displayName" &&
		query.Get("$top") == "3" && query.Get("$skiptoken") != "" && strings.Contains(page.NextLink, "&$skiptoken=")
	if !isWhole {
		t.Errorf("got %s", page.NextLink)
	}
}

func TestPeopleChangeWhileTheTenantRuns(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	before := idsOf(t, company.People())
	must(t, server.PutPerson(json.RawMessage(`{"id":"`+unknownID+`","userPrincipalName":"new@hanbit.example"}`)))
	must(t, server.PutPerson(json.RawMessage(`{"id":"`+strings.ToUpper(before[1])+`","userPrincipalName":"changed@hanbit.example"}`)))
	if !server.RemovePerson(before[0]) || server.RemovePerson(before[0]) {
		t.Error("a person was not removed exactly once")
	}
	after, err := graph.users(url.Values{"$top": {"999"}}, 1)
	must(t, err)
	want := append(slices.Clone(before[1:]), unknownID)
	want[0] = strings.ToUpper(want[0])
	if !slices.Equal(after, want) {
		t.Errorf("got %d people, want %d in order", len(after), len(want))
	}
	if err := server.PutPerson(json.RawMessage(`{"displayName":"Nobody"}`)); err == nil {
		t.Error("a person without an id was taken")
	}
}
