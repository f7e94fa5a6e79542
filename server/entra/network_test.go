package entra

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func TestNetworkFailuresAreNamed(t *testing.T) {
	closed := httptest.NewTLSServer(nil)
	closed.Close()
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	t.Cleanup(refusing.Close)
	for _, test := range []struct {
		name, kind string
		change     func(*fake, *Config, *http.Transport)
	}{
		{"no service listens", "refused", func(_ *fake, c *Config, _ *http.Transport) { c.LoginURL = closed.URL }},
		{"an unknown authority", "tls", func(_ *fake, _ *Config, tr *http.Transport) { tr.TLSClientConfig.RootCAs = nil }},
		{"another's certificate", "tls", func(_ *fake, _ *Config, tr *http.Transport) { tr.TLSClientConfig.ServerName = "other.test" }},
		{"a name that does not exist", "dns", func(_ *fake, _ *Config, tr *http.Transport) {
			tr.DialContext = func(context.Context, string, string) (net.Conn, error) {
				return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "login.test", IsNotFound: true}}
			}
		}},
		{"a reset connection", "reset", func(f *fake, _ *Config, _ *http.Transport) { f.token = hangUp }},
		{"a proxy that is not there", "proxy", func(_ *fake, _ *Config, tr *http.Transport) {
			tr.Proxy = fixedProxy("http://" + closed.Listener.Addr().String())
		}},
		{"a proxy that wants a password", "proxy", func(_ *fake, _ *Config, tr *http.Transport) {
			tr.Proxy = fixedProxy(refusing.URL)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, answer(http.StatusOK, onePerson))
			cfg, wire := f.config(), f.wire()
			test.change(f, &cfg, wire.transport.(*http.Transport))
			client, err := newClient(cfg, wire)
			require.NoError(t, err)
			_, err = firstPage(client)
			facts := factsOf(t, err)
			assert.Equal(t, "network", facts.Origin)
			assert.Equal(t, test.kind, facts.Kind, facts.Message)
			assert.False(t, facts.Timeout)
			assert.NotContains(t, facts.Message, "$select", "no address in the message")
		})
	}
}

func fixedProxy(address string) func(*http.Request) (*url.URL, error) {
	return func(*http.Request) (*url.URL, error) { return url.Parse(address) }
}

func TestTimeoutsAreNamed(t *testing.T) {
	f := newFake(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	wire := f.wire()
	wire.retry.TryTimeout = 1 // ns
	client, err := newClient(f.config(), wire)
	require.NoError(t, err)
	_, err = firstPage(client)
	facts := factsOf(t, err)
	assert.Equal(t, "network", facts.Origin)
	assert.True(t, facts.Timeout)

	ctx, cancel := context.WithTimeout(t.Context(), 1)
	defer cancel()
	_, err = f.client(t).ReadUsers(ctx, Query{Top: 1})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.True(t, factsOf(t, err).Timeout)
}

// tunnel is a proxy that connects every name to one address.
func tunnel(t *testing.T, target string) (string, *atomic.Int32) {
	var tunnels atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		far, err := net.Dial("tcp", target)
		if r.Method != http.MethodConnect || err != nil {
			http.Error(w, "no tunnel", http.StatusBadGateway)
			return
		}
		tunnels.Add(1)
		near, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			_ = far.Close()
			return
		}
		_, _ = io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
		go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
	}))
	t.Cleanup(server.Close)
	return server.URL, &tunnels
}

func TestTheEnvironmentsProxyIsUsed(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	proxy, tunnels := tunnel(t, f.Listener.Addr().String())
	t.Setenv("HTTPS_PROXY", proxy)
	t.Setenv("NO_PROXY", "")
	cfg := f.config() // the fake's certificate is for example.com, which only the proxy can reach
	cfg.LoginURL, cfg.GraphURL = "https://example.com", "https://example.com"
	client, err := newClient(cfg, f.wire())
	require.NoError(t, err)
	_, err = firstPage(client)
	require.NoError(t, err)
	assert.Equal(t, int32(1), tunnels.Load(), "sign-in and Graph share the one connection to their host")
}

func TestErrorTextIsOneShortLine(t *testing.T) {
	err := &Error{facts: fault.Facts{Origin: "graph", Status: 403, Code: "Authorization_RequestDenied", Message: "No.", TraceID: "t"}}
	assert.Equal(t, "entra: graph Authorization_RequestDenied 403: No. (trace t)", err.Error())
	err = &Error{facts: networkFacts(&url.Error{Op: "Get", URL: "https://x/?secret", Err: errors.New("broken")})}
	assert.Equal(t, "entra: network: broken", err.Error())
	assert.False(t, strings.Contains(err.Error(), "secret"))
}
