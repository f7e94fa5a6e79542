package tenant_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

const unknownID = "00000000-1111-4222-8333-444444444444"

// loginFailure is the body of a token endpoint error.
type loginFailure struct {
	Error         string `json:"error"`
	Description   string `json:"error_description"`
	Codes         []int  `json:"error_codes"`
	Timestamp     string `json:"timestamp"`
	TraceID       string `json:"trace_id"`
	CorrelationID string `json:"correlation_id"`
	URI           string `json:"error_uri"`
}

func getToken(credential azcore.TokenCredential, resource string) error {
	_, err := credential.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{resource + "/.default"}})
	return err
}

// wantLoginError checks that azidentity recognized the error and kept all parts of Entra's response.
func wantLoginError(t *testing.T, err error, status, code int, name string) loginFailure {
	t.Helper()
	var failed *azidentity.AuthenticationFailedError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v, want an *azidentity.AuthenticationFailedError", err)
	}
	if failed.RawResponse == nil {
		t.Fatalf("azidentity has no raw response: %v", err)
	}
	body, err := io.ReadAll(failed.RawResponse.Body)
	must(t, err)
	var failure loginFailure
	must(t, json.Unmarshal(body, &failure))
	if failed.RawResponse.StatusCode != status || failure.Error != name || len(failure.Codes) != 1 || failure.Codes[0] != code {
		t.Errorf("got %d %s %v, want %d %s [%d]", failed.RawResponse.StatusCode, failure.Error, failure.Codes, status, name, code)
	}
	isWhole := strings.HasPrefix(failure.Description, "AADSTS") && strings.Contains(failure.Description, "\r\nTrace ID: "+failure.TraceID) &&
		failure.CorrelationID != "" && failure.Timestamp != "" && strings.Contains(failure.URI, "/error?code=")
	if !isWhole {
		t.Errorf("parts are missing: %+v", failure)
	}
	return failure
}

func TestAzureIdentityReportsWhatEntraRefuses(t *testing.T) {
	server := start(t, tenant.Options{})
	tests := map[string]struct {
		tenantID, clientID, secret, resource string
		status, code                         int
		name                                 string
	}{
		"unknown tenant":      {tenantID: unknownID, status: 400, code: 90002, name: "invalid_tenant"},
		"unknown application": {clientID: unknownID, status: 400, code: 700016, name: "unauthorized_client"},
		"wrong secret":        {secret: unknownID, status: 401, code: 7000215, name: "invalid_client"},
		"unknown resource":    {resource: "https://vault.hanbit.example", status: 400, code: 500011, name: "invalid_resource"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			credential := secretCredential(t, server, or(test.tenantID, server.TenantID), or(test.clientID, server.ClientID), or(test.secret, server.ClientSecret))
			failure := wantLoginError(t, getToken(credential, or(test.resource, server.URL())), test.status, test.code, test.name)
			if strings.Contains(failure.Description, server.ClientSecret) {
				t.Error("the error tells the secret")
			}
		})
	}
}

func TestAzureIdentityReportsLoginFaults(t *testing.T) {
	tests := map[tenant.Kind]struct {
		status, code int
		name         string
	}{
		tenant.TenantNotFound:      {400, 90002, "invalid_request"},
		tenant.ApplicationNotFound: {400, 700016, "unauthorized_client"},
		tenant.ApplicationDisabled: {400, 7000112, "unauthorized_client"},
		tenant.WrongSecret:         {401, 7000215, "invalid_client"},
		tenant.ExpiredSecret:       {401, 7000222, "invalid_client"},
		tenant.WrongCertificate:    {401, 700027, "invalid_client"},
		tenant.ConditionalAccess:   {400, 53003, "invalid_grant"},
		tenant.AnotherCloud:        {400, 900382, "invalid_request"},
		tenant.ResourceNotFound:    {400, 500011, "invalid_resource"},
		tenant.Throttled:           {429, 90055, "temporarily_unavailable"},
		tenant.Unavailable:         {503, 90033, "temporarily_unavailable"},
	}
	server := start(t, tenant.Options{})
	for kind, test := range tests {
		t.Run(string(kind), func(t *testing.T) {
			server.Faults.Clear()
			must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchToken, Kind: kind}))
			wantLoginError(t, getToken(goodCredential(t, server), server.URL()), test.status, test.code, test.name)
		})
	}
}

func TestTokenRequestsWithoutTheirPartsAreRefused(t *testing.T) {
	server := start(t, tenant.Options{})
	whole := url.Values{"grant_type": {"client_credentials"}, "client_id": {server.ClientID}, "client_secret": {server.ClientSecret},
		"scope": {"https://graph.microsoft.com/.default"}}
	tests := map[string]struct {
		parameter, value string // one invalid value
		status, code     int
	}{
		"nothing missing":    {"", "", 200, 0},
		"no grant type":      {"grant_type", "", 400, 900144},
		"another grant":      {"grant_type", "password", 400, 70003},
		"no client":          {"client_id", "", 400, 900144},
		"no credential":      {"client_secret", "", 401, 7000216},
		"no scope":           {"scope", "", 400, 900144},
		"a delegated scope":  {"scope", "https://graph.microsoft.com/User.Read", 400, 1002012},
		"two resources":      {"scope", "https://a.example/.default https://b.example/.default", 400, 1002012},
		"a resource unheard": {"scope", "https://a.example/.default", 400, 500011},
		"a malformed JWT":    {"client_assertion", "abc", 400, 900144},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			form := url.Values{}
			for key, values := range whole {
				form[key] = values
			}
			if test.parameter != "" {
				form.Set(test.parameter, test.value)
			}
			wantTokenAnswer(t, server, form, test.status, test.code)
		})
	}
}

// wantTokenAnswer posts a token request manually. code is 0 for a request that must succeed.
func wantTokenAnswer(t *testing.T, server *tenant.Server, form url.Values, status, code int) {
	t.Helper()
	response, err := server.Client().PostForm(server.URL()+"/"+server.TenantID+"/oauth2/v2.0/token", form)
	must(t, err)
	var failure loginFailure
	readJSON(t, response, &failure)
	if response.StatusCode != status || code != 0 && !slices.Equal(failure.Codes, []int{code}) {
		t.Errorf("got %d %v, want %d %d", response.StatusCode, failure.Codes, status, code)
	}
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

func TestInstanceDiscoveryNamesThisServer(t *testing.T) {
	server := start(t, tenant.Options{})
	response, err := server.Client().Get(server.URL() + "/common/discovery/instance?api-version=1.1")
	must(t, err)
	var answer struct {
		Endpoint string `json:"tenant_discovery_endpoint"`
	}
	readJSON(t, response, &answer)
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Endpoint, server.URL()+"/"+server.TenantID) {
		t.Errorf("got %d %s", response.StatusCode, answer.Endpoint)
	}
}
