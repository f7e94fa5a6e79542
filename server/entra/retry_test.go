package entra

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// throttled answers 429 with a Retry-After header.
func throttled(after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		writeJSON(w, http.StatusTooManyRequests, `{"error":{"code":"TooManyRequests","message":"Slow down."}}`)
	}
}

// These tests run on a bubble's clock, which advances only when all goroutines wait: the durations are exact.
func TestRetryAfterIsObeyed(t *testing.T) {
	for _, test := range []struct {
		name, header string
		want         time.Duration
	}{
		{"whole seconds", "7", 7 * time.Second},
		{"fractional seconds", "2.128", 2128 * time.Millisecond},
		{"a fraction finer than milliseconds rounds up", "0.0001", time.Millisecond},
		{"the longest accepted wait", "120", 2 * time.Minute},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, answers(throttled(test.header), answer(http.StatusOK, onePerson)))
			synctest.Test(t, func(t *testing.T) {
				client, err := newClient(f.config(), f.memoryWire())
				require.NoError(t, err)
				start := time.Now()
				_, err = firstPage(client)
				require.NoError(t, err)
				assert.Equal(t, test.want, time.Since(start))
			})
		})
	}
}

func TestALongRetryAfterEndsTheCallAtOnce(t *testing.T) {
	f := newFake(t, throttled("3600"))
	synctest.Test(t, func(t *testing.T) {
		client, err := newClient(f.config(), f.memoryWire())
		require.NoError(t, err)
		start := time.Now()
		_, err = firstPage(client)
		assert.Equal(t, fault.Facts{Origin: "graph", Status: 429, Code: "TooManyRequests", Message: "Slow down."}, factsOf(t, err))
		assert.Zero(t, time.Since(start))
	})
}

func TestAnUselessRetryAfterMeansBackOff(t *testing.T) {
	for _, header := range []string{"", "soon", "-1.5", "NaN", "Inf", "1e300"} {
		t.Run(header, func(t *testing.T) {
			f := newFake(t, answers(throttled(header), answer(http.StatusOK, onePerson)))
			synctest.Test(t, func(t *testing.T) {
				client, err := newClient(f.config(), f.memoryWire())
				require.NoError(t, err)
				_, err = firstPage(client)
				require.NoError(t, err)
				assert.Len(t, f.graphRequests(), 2)
			})
		})
	}
}

func TestCancellingEndsAWait(t *testing.T) {
	f := newFake(t, throttled("100.5"))
	synctest.Test(t, func(t *testing.T) {
		client, err := newClient(f.config(), f.memoryWire())
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		start := time.Now()
		time.AfterFunc(3*time.Second, cancel)
		_, err = client.ReadUsers(ctx, Query{Top: 1})
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, "cancelled", factsOf(t, err).Code)
		assert.Equal(t, 3*time.Second, time.Since(start))
	})
}

func TestTransientFailuresAreTriedAgain(t *testing.T) {
	for name, failure := range map[string]http.HandlerFunc{
		"429":                              throttled("0.002"),
		"500":                              answer(http.StatusInternalServerError, `{}`),
		"502 with a proxy's page":          answer(http.StatusBadGateway, `<html>bad gateway</html>`),
		"503":                              answer(http.StatusServiceUnavailable, `{}`),
		"504":                              answer(http.StatusGatewayTimeout, `{}`),
		"a connection cut before the body": hangUp,
		"a connection cut in the body":     cut(onePerson[:30]),
		"JSON that ends too early":         answer(http.StatusOK, onePerson[:30]),
		"an empty answer":                  answer(http.StatusOK, ``),
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, answers(failure, answer(http.StatusOK, onePerson)))
			page, err := firstPage(f.client(t))
			require.NoError(t, err)
			assert.Contains(t, string(page.Users), testPerson)
			assert.Len(t, f.graphRequests(), 2)
		})
	}
}

func TestLastingFailuresAreNamed(t *testing.T) {
	const attempts = 3 // the fake's wire: one and two more
	for _, test := range []struct {
		name     string
		failure  http.HandlerFunc
		requests int
		want     fault.Facts
	}{
		{"missing consent", answer(http.StatusForbidden, `{"error":{"code":"Authorization_RequestDenied",
			"message":"Insufficient privileges to complete the operation.","innerError":{"request-id":"trace-1"}}}`), 1,
			fault.Facts{Origin: "graph", Status: 403, Code: "Authorization_RequestDenied",
				Message: "Insufficient privileges to complete the operation.", TraceID: "trace-1"}},
		{"unavailable", answer(http.StatusServiceUnavailable, `<html>maintenance</html>`), attempts,
			fault.Facts{Origin: "graph", Status: 503, Message: "Service Unavailable"}},
		{"gone", answer(http.StatusGone, `{"error":{"code":"resyncRequired"}}`), 1,
			fault.Facts{Origin: "graph", Status: 410, Code: "resyncRequired"}},
		{"always cut", cut(onePerson[:30]), attempts,
			fault.Facts{Origin: "network", Kind: "truncated", Message: errTruncated.Error()}},
		{"always broken JSON", answer(http.StatusOK, onePerson[:30]), attempts,
			fault.Facts{Origin: "network", Kind: "truncated", Message: errTruncated.Error()}},
		{"a portal's page", answer(http.StatusOK, `<html>sign in to the hotel</html>`), 1,
			fault.Facts{Origin: "host", Code: "directory_answer_invalid", Message: "the answer is not JSON"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, test.failure)
			_, err := firstPage(f.client(t))
			assert.Equal(t, test.want, factsOf(t, err))
			assert.Len(t, f.graphRequests(), test.requests)
		})
	}
}

func TestARefusedTokenIsReplacedOnce(t *testing.T) {
	refused := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="", client_id="00000003-0000-0000-c000-000000000000"`)
		writeJSON(w, http.StatusUnauthorized, `{"error":{"code":"InvalidAuthenticationToken"}}`)
	}
	f := newFake(t, answers(refused, answer(http.StatusOK, onePerson)))
	_, err := firstPage(f.client(t))
	require.NoError(t, err)
	assert.Equal(t, "Bearer "+fakeToken(2), f.graphRequests()[1].Header.Get("Authorization"))

	f = newFake(t, refused)
	_, err = firstPage(f.client(t))
	assert.Equal(t, fault.Facts{Origin: "graph", Status: 401, Code: "InvalidAuthenticationToken"}, factsOf(t, err))
	assert.Len(t, f.tokenForms(), 2)
}

func TestAStreamResetInTheBodyIsTruncation(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(onePerson[:30]))
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	server := httptest.NewUnstartedServer(f.Config.Handler)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	f.Server = server

	_, err := firstPage(f.client(t))
	assert.Equal(t, "truncated", factsOf(t, err).Kind)
	require.NotEmpty(t, f.graphRequests())
	assert.Equal(t, "HTTP/2.0", f.graphRequests()[0].Proto)
}
