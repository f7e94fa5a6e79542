package entra

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

const (
	testTenant = "11111111-2222-3333-4444-555555555555"
	testClient = "66666666-7777-8888-9999-000000000000"
	testSecret = "invented~secret.value"
	testPerson = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
)

// fakeToken looks like a token of Entra. Its signature is never checked. Each number makes a different token.
func fakeToken(number int) string {
	claims := fmt.Sprintf(`{"tid":%q,"appid":%q,"roles":["User.Read.All"],"n":%d}`, testTenant, testClient, number)
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"RS256"}`)) + "." + encode([]byte(claims)) + "." + encode([]byte("signature"))
}

// fake is a sign-in service and a Graph on one https host. Set graph and token to change what they answer.
type fake struct {
	*httptest.Server
	graph http.HandlerFunc
	token http.HandlerFunc

	mu     sync.Mutex
	forms  []url.Values
	graphs []*http.Request
}

// newFake starts a fake that accepts every sign-in and has no users.
func newFake(t *testing.T, graph http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{graph: graph}
	f.token = func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, fmt.Sprintf(
			`{"token_type":"Bearer","expires_in":3600,"access_token":%q}`, fakeToken(len(f.tokenForms()))))
	}
	router := http.NewServeMux()
	router.HandleFunc("GET /"+testTenant+"/v2.0/.well-known/openid-configuration", f.discovery)
	router.HandleFunc("POST /"+testTenant+"/oauth2/v2.0/token", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		if r.ParseForm() == nil {
			f.forms = append(f.forms, r.PostForm)
		}
		f.mu.Unlock()
		f.token(w, r)
	})
	router.HandleFunc("/v1.0/", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.graphs = append(f.graphs, r)
		f.mu.Unlock()
		f.graph(w, r)
	})
	f.Server = httptest.NewUnstartedServer(router)
	f.Config.ErrorLog = log.New(io.Discard, "", 0) // some tests expect refused handshakes
	f.StartTLS()
	t.Cleanup(f.Close)
	return f
}

func (f *fake) discovery(w http.ResponseWriter, r *http.Request) {
	base := "https://" + r.Host + "/" + testTenant
	writeJSON(w, http.StatusOK, fmt.Sprintf(`{"authorization_endpoint":%q,"token_endpoint":%q,"issuer":%q}`,
		base+"/oauth2/v2.0/authorize", base+"/oauth2/v2.0/token", base+"/v2.0"))
}

// tokenForms are the token requests so far.
func (f *fake) tokenForms() []url.Values {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]url.Values{}, f.forms...)
}

// graphRequests are the requests to Graph so far.
func (f *fake) graphRequests() []*http.Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]*http.Request{}, f.graphs...)
}

func (f *fake) config() Config {
	return Config{TenantID: testTenant, ClientID: testClient, ClientSecret: testSecret, Credential: "secret",
		LoginURL: f.URL, GraphURL: f.URL, UserAgent: "entrasync/test"}
}

// memoryWire calls the fake without a network and waits as long as in production: for tests whose clock is a bubble's.
func (f *fake) memoryWire() wire {
	return wire{retry: retryOptions(), transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		recorder := httptest.NewRecorder()
		r = r.Clone(r.Context())
		r.Host = r.URL.Host
		f.Config.Handler.ServeHTTP(recorder, r)
		response := recorder.Result()
		response.Request = r
		return response, nil
	})}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// wire trusts the fake and never waits long.
func (f *fake) wire() wire {
	w := newWire()
	w.transport.(*http.Transport).TLSClientConfig = f.trust()
	w.retry = policy.RetryOptions{MaxRetries: 2, RetryDelay: time.Microsecond, MaxRetryDelay: 100 * time.Millisecond,
		TryTimeout: 30 * time.Second}
	return w
}

func (f *fake) trust() *tls.Config {
	return f.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
}

func (f *fake) client(t *testing.T) *Client {
	t.Helper()
	client, err := newClient(f.config(), f.wire())
	require.NoError(t, err)
	return client
}

// firstPage reads the first page as a run does.
func firstPage(client *Client) (Page, error) {
	return client.ReadUsers(context.Background(), Query{Select: []string{"id", "displayName"}, Top: 999})
}

func writeJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

// answers uses one handler after the other. The last one repeats.
func answers(handlers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	next := 0
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		handler := handlers[min(next, len(handlers)-1)]
		next++
		mu.Unlock()
		handler(w, r)
	}
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, status, body) }
}

// cut promises more bytes than it sends.
func cut(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)+100))
		_, _ = w.Write([]byte(body))
	}
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = connection.(*tls.Conn).NetConn().(*net.TCPConn).SetLinger(0)
		_ = connection.Close()
	}
}

// factsOf returns the facts of err as JavaScript gets them.
func factsOf(t *testing.T, err error) fault.Facts {
	t.Helper()
	var failure *Error
	require.ErrorAs(t, err, &failure)
	encoded, err := json.Marshal(failure.Facts())
	require.NoError(t, err)
	var facts fault.Facts
	require.NoError(t, json.Unmarshal(encoded, &facts))
	return facts
}

const onePerson = `{"@odata.context":"c","value":[{"id":"` + testPerson + `","displayName":"Kim <b>"}]}`
