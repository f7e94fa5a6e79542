package job

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// receiver answers with each status in turn, and repeats the last one. It keeps what it was sent.
type receiver struct {
	mu         sync.Mutex
	statuses   []int
	bodies     []string
	signatures []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies = append(r.bodies, string(body))
	r.signatures = append(r.signatures, request.Header.Get(signatureHeader))
	if r.statuses[0] == http.StatusFound {
		w.Header().Set("Location", "/elsewhere")
	}
	w.WriteHeader(r.statuses[0])
	if len(r.statuses) > 1 {
		r.statuses = r.statuses[1:]
	}
}

// send posts a body to a receiver and returns the result.
func send(t *testing.T, secret string, statuses ...int) (*receiver, error) {
	t.Helper()
	other := &receiver{statuses: statuses}
	server := httptest.NewServer(other)
	defer server.Close()
	hook := newWebhook()
	hook.client.RetryWaitMin, hook.client.RetryWaitMax = time.Millisecond, time.Millisecond
	return other, hook.send(context.Background(), server.URL+"/hooks/known-to-few", secret, []byte(`{"status":"success"}`))
}

func TestWebhookIsSigned(t *testing.T) {
	other, err := send(t, "key", 204)
	require.NoError(t, err)
	assert.Equal(t, []string{`{"status":"success"}`}, other.bodies)
	// echo -n '{"status":"success"}' | openssl dgst -sha256 -hmac key
	assert.Equal(t, []string{"sha256=d5129b75beed9c4efb7a2df524795371137c09f5524c6ca7cc8a79feeafcefb3"}, other.signatures)

	other, err = send(t, "", 200)
	require.NoError(t, err)
	assert.Equal(t, []string{""}, other.signatures)
}

func TestWebhookTriesAgain(t *testing.T) {
	cases := map[string]struct {
		statuses []int
		tries    int
		wrong    string
	}{
		"after a failure that passes":         {[]int{503, 429, 200}, 3, ""},
		"not for ever":                        {[]int{500}, webhookTries, "the webhook answered 500"},
		"not when the other side refuses":     {[]int{403}, 1, "the webhook answered 403"},
		"and follows no redirect":             {[]int{302, 200}, 1, "the webhook answered 302"},
		"with the same body and no second go": {[]int{502, 201}, 2, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			other, err := send(t, "key", c.statuses...)
			assert.Len(t, other.bodies, c.tries)
			for _, body := range other.bodies {
				assert.Equal(t, `{"status":"success"}`, body)
			}
			if c.wrong == "" {
				assert.NoError(t, err)
			} else {
				assert.EqualError(t, err, c.wrong)
			}
		})
	}
}

func TestWebhookErrorsNameNoAddress(t *testing.T) {
	hook := newWebhook()
	hook.client.RetryMax = 0
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, address := range []string{closed.URL + "/hooks/known-to-few", "http://known-to-few\x7f", "mailto:known-to-few", "https://[known-to-few"} {
		err := hook.send(context.Background(), address, "key", nil)
		require.Error(t, err)
		assert.False(t, strings.Contains(err.Error(), "known-to-few"), "%v", err)
	}
}

func TestRunPostsItsResult(t *testing.T) {
	t.Parallel()
	other := &receiver{statuses: []int{200}}
	server := httptest.NewServer(other)
	defer server.Close()
	n := newTestNode(t, openStore(t), "a", succeed)
	n.config.set(Settings{WebhookURL: server.URL})
	n.ended(t, n.start(t).ID)
	assert.Equal(t, []string{`{"status":"success"}`}, other.bodies)
}

func TestFailingWebhookChangesNothing(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", succeed)
	n.config.set(Settings{WebhookURL: "http://127.0.0.1:1/refused"})
	n.webhook.client.RetryMax = 0
	assert.Equal(t, "succeeded", n.ended(t, n.start(t).ID).State)
}
