package entra

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func TestSecretCredentialSignsIn(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	_, err := firstPage(f.client(t))
	require.NoError(t, err)
	form := f.tokenForms()[0]
	assert.Equal(t, testSecret, form.Get("client_secret"))
	assert.Equal(t, testClient, form.Get("client_id"))
	assert.Contains(t, form.Get("scope"), f.URL+"/.default")
	assert.Equal(t, "client_credentials", form.Get("grant_type"))
}

func TestCertificateCredentialSignsAnAssertion(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	pair := newKeyPair(t)
	cfg := f.config()
	cfg.Credential, cfg.ClientCertificate = "certificate", pair.certificate+pair.key
	client, err := newClient(cfg, f.wire())
	require.NoError(t, err)
	_, err = firstPage(client)
	require.NoError(t, err)

	form := f.tokenForms()[0]
	assert.Empty(t, form.Get("client_secret"))
	_, err = jwt.Parse(form.Get("client_assertion"), func(*jwt.Token) (any, error) { return pair.public, nil },
		jwt.WithAudience(f.URL+"/"+testTenant+"/oauth2/v2.0/token"), jwt.WithIssuer(testClient))
	assert.NoError(t, err)
}

func TestWorkloadIdentitySendsItsFile(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	file := filepath.Join(t.TempDir(), "token")
	require.NoError(t, os.WriteFile(file, []byte("pod-assertion"), 0o600))
	t.Setenv("AZURE_FEDERATED_TOKEN_FILE", file)
	cfg := f.config()
	cfg.Credential = "workload_identity"
	client, err := newClient(cfg, f.wire())
	require.NoError(t, err)
	_, err = firstPage(client)
	require.NoError(t, err)
	assert.Equal(t, "pod-assertion", f.tokenForms()[0].Get("client_assertion"))

	require.NoError(t, os.Remove(file))
	client, err = newClient(cfg, f.wire())
	require.NoError(t, err)
	_, err = firstPage(client)
	assert.Equal(t, "token", factsOf(t, err).Origin)
	assert.Contains(t, factsOf(t, err).Message, "no such file")
}

func TestManagedIdentityAsksTheMachine(t *testing.T) {
	machine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Identity-Header") != "invented" || r.URL.Query().Get("client_id") != testClient {
			writeJSON(w, http.StatusBadRequest, `{}`)
			return
		}
		writeJSON(w, http.StatusOK, `{"access_token":"`+fakeToken(1)+`","expires_on":"`+
			time.Now().Add(time.Hour).Format(time.RFC3339)+`","token_type":"Bearer"}`)
	}))
	t.Cleanup(machine.Close)
	t.Setenv("IDENTITY_ENDPOINT", machine.URL)
	t.Setenv("IDENTITY_HEADER", "invented")

	f := newFake(t, answer(http.StatusOK, onePerson))
	cfg := f.config()
	cfg.Credential, cfg.LoginURL, cfg.TenantID = "managed_identity", "", ""
	client, err := newClient(cfg, f.wire())
	require.NoError(t, err)
	_, err = firstPage(client)
	require.NoError(t, err)
	assert.Empty(t, f.tokenForms())
	assert.Equal(t, "Bearer "+fakeToken(1), f.graphRequests()[0].Header.Get("Authorization"))
}

func TestTheServersEnvironmentChoosesNothing(t *testing.T) {
	other, visits := thief(t)
	for name, value := range map[string]string{
		"AZURE_AUTHORITY_HOST": other.URL, "AZURE_TENANT_ID": "other", "AZURE_CLIENT_ID": "other",
		"AZURE_CLIENT_SECRET": "other", "AZURE_REGIONAL_AUTHORITY_NAME": "westeurope",
	} {
		t.Setenv(name, value)
	}
	f := newFake(t, answer(http.StatusOK, onePerson))
	_, err := firstPage(f.client(t))
	require.NoError(t, err)
	assert.Equal(t, testClient, f.tokenForms()[0].Get("client_id"))
	assert.Equal(t, testSecret, f.tokenForms()[0].Get("client_secret"))
	assert.Zero(t, visits.Load())
}

func TestRefusedSignInKeepsMicrosoftsFacts(t *testing.T) {
	refused := answer(http.StatusUnauthorized, `{"error":"invalid_client","error_codes":[7000215],"trace_id":"trace-2",
		"error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: trace-2"}`)
	for _, test := range []struct {
		name    string
		token   http.HandlerFunc
		want    fault.Facts
		signIns int
	}{
		{"wrong secret", refused, fault.Facts{Origin: "token", Status: 401, Code: "invalid_client", Codes: []int{7000215},
			Message: "AADSTS7000215: Invalid client secret provided. Trace ID: trace-2", TraceID: "trace-2"}, 1},
		{"unavailable", answer(http.StatusServiceUnavailable, `<html>no</html>`),
			fault.Facts{Origin: "token", Status: 503, Message: "Service Unavailable"}, 3},
		{"connection cut", hangUp, fault.Facts{Origin: "network", Kind: "reset"}, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, answer(http.StatusOK, onePerson))
			f.token = test.token
			_, err := firstPage(f.client(t))
			facts := factsOf(t, err)
			if facts.Origin == "network" {
				facts.Message = "" // the operating system's words
			}
			assert.Equal(t, test.want, facts)
			assert.Len(t, f.tokenForms(), test.signIns, "one retry layer: attempts do not multiply")
			assert.Empty(t, f.graphRequests())
		})
	}
}

func TestBadConfigurationIsNamed(t *testing.T) {
	good := Config{TenantID: testTenant, ClientID: testClient, ClientSecret: testSecret, Credential: "secret",
		LoginURL: "https://login.example.com", GraphURL: "https://graph.example.com"}
	_, err := New(good)
	require.NoError(t, err)
	for _, test := range []struct {
		name, code string
		change     func(*Config)
	}{
		{"plain http to Graph", "url_not_https", func(c *Config) { c.GraphURL = "http://graph.example.com" }},
		{"plain http to sign-in", "url_not_https", func(c *Config) { c.LoginURL = "http://login.example.com" }},
		{"no Graph", "url_not_https", func(c *Config) { c.GraphURL = "" }},
		{"a query in the root", "setting_invalid", func(c *Config) { c.GraphURL = "https://graph.example.com?x=1" }},
		{"a password in the root", "setting_invalid", func(c *Config) { c.LoginURL = "https://a:b@login.example.com" }},
		{"no tenant", "not_configured", func(c *Config) { c.TenantID = "" }},
		{"a tenant with a path", "setting_invalid", func(c *Config) { c.TenantID = "a/../b" }},
		{"no application", "not_configured", func(c *Config) { c.ClientID = "" }},
		{"no secret", "not_configured", func(c *Config) { c.ClientSecret = "" }},
		{"no certificate", "certificate_invalid", func(c *Config) { c.Credential = "certificate" }},
		{"an unknown credential", "setting_invalid", func(c *Config) { c.Credential = "password" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg := good
			test.change(&cfg)
			_, err := New(cfg)
			assert.Equal(t, test.code, factsOf(t, err).Code)
		})
	}
}

func TestATokenWaitIsCancelled(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	arrived := make(chan struct{})
	f.token = func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := f.client(t).ReadUsers(ctx, Query{Top: 1})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, "cancelled", factsOf(t, err).Code)
}
