package entra

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// thief is another https host. It counts its requests.
func thief(t *testing.T) (*httptest.Server, *atomic.Int32) {
	var visits atomic.Int32
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		visits.Add(1)
		writeJSON(w, http.StatusOK, `{"value":[]}`)
	}))
	t.Cleanup(server.Close)
	return server, &visits
}

func TestForeignLinksNeverGetTheToken(t *testing.T) {
	other, visits := thief(t)
	f := newFake(t, nil)
	host := strings.TrimPrefix(f.URL, "https://")
	for name, link := range map[string]string{
		"another host":             other.URL + "/v1.0/users",
		"another scheme":           "http://" + host + "/v1.0/users",
		"another port":             "https://127.0.0.1:1/v1.0/users",
		"another version":          f.URL + "/beta/users",
		"a way out of the version": f.URL + "/v1.0/../beta/users",
		"the same, escaped":        f.URL + "/v1.0/%2e%2e/beta/users",
		"a user name first":        "https://graph@" + host + "/v1.0/users",
		"the host as a user":       "https://" + host + "@" + strings.TrimPrefix(other.URL, "https://") + "/v1.0/users",
		"a relative link":          "/v1.0/users?$skiptoken=x",
		"no address at all":        "://",
	} {
		t.Run(name, func(t *testing.T) {
			f.graph = answer(http.StatusOK, fmt.Sprintf(`{"value":[],"@odata.nextLink":%q}`, link))
			client := f.client(t)
			_, err := firstPage(client)
			assert.Equal(t, "foreign_link", factsOf(t, err).Code, "as a next link")

			before := len(f.graphRequests())
			_, err = client.ReadUsers(context.Background(), Query{Cursor: link})
			assert.Equal(t, "foreign_link", factsOf(t, err).Code, "as a cursor")
			assert.Len(t, f.graphRequests(), before)
		})
	}
	assert.Zero(t, visits.Load())
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	other, visits := thief(t)
	redirect := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/v1.0/users", http.StatusTemporaryRedirect)
	}

	f := newFake(t, redirect)
	_, err := firstPage(f.client(t))
	assert.Equal(t, fault.Facts{Origin: "graph", Status: 307, Message: "Temporary Redirect"}, factsOf(t, err))

	f = newFake(t, answer(http.StatusOK, onePerson))
	f.token = redirect
	_, err = firstPage(f.client(t))
	assert.Equal(t, "token", factsOf(t, err).Origin)
	assert.Zero(t, visits.Load())
}

func TestDiscoveryCannotSendTheSecretElsewhere(t *testing.T) {
	other, visits := thief(t)
	f := newFake(t, answer(http.StatusOK, onePerson))
	f.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, fmt.Sprintf(`{"authorization_endpoint":"%[1]s/a","token_endpoint":"%[1]s/t","issuer":"https://%[2]s/"}`,
			other.URL, r.Host))
	})
	_, err := firstPage(f.client(t))
	assert.Equal(t, "foreign_link", factsOf(t, err).Code)
	assert.Zero(t, visits.Load())
}

func TestHugeAnswersAreRefusedOnce(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
		chunk := []byte(strings.Repeat(" ", 1<<20))
		for range maxAnswerBytes>>20 + 1 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	_, err := firstPage(f.client(t))
	assert.Equal(t, fault.Facts{Origin: "host", Code: "directory_answer_invalid", Message: "the answer is too large"}, factsOf(t, err))
	assert.Len(t, f.graphRequests(), 1)
}

func TestNoErrorRepeatsASecret(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusBadRequest, fmt.Sprintf(
			`{"error":{"code":"x","message":"you sent %s"}}`, r.Header.Get("Authorization")))
	}
	f := newFake(t, echo)
	_, err := firstPage(f.client(t))
	require.Error(t, err)
	assert.Contains(t, err.Error(), "you sent Bearer ***")

	f = newFake(t, echo)
	f.token = func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusUnauthorized, fmt.Sprintf(`{"error":"invalid_client","error_description":"you sent %s"}`,
			r.PostForm.Get("client_secret")))
	}
	_, err = firstPage(f.client(t))
	require.Error(t, err)
	assert.Contains(t, err.Error(), "you sent ***")
	assert.NotContains(t, fmt.Sprintf("%+v %v", err, factsOf(t, err)), testSecret)
}

func TestASecretIsHiddenHoweverTheRemoteSystemWritesIt(t *testing.T) {
	const secret = `a+b/c&d "e"`
	for name, text := range map[string]string{
		"as it is":           secret,
		"as in a form":       "a%2Bb%2Fc%26d+%22e%22",
		"as in an address":   "a+b%2Fc&d%20%22e%22",
		"as in a page":       "a+b/c&amp;d &#34;e&#34;",
		"with spaces around": "  " + secret + " ",
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, "sent ***, no", clean("sent "+strings.TrimSpace(text)+", no", " "+secret))
		})
	}
}

func TestCleanKeepsMessagesHarmless(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"first line only", "AADSTS7000222: expired.\r\nTrace ID: 1", "AADSTS7000222: expired."},
		{"proxy passwords", "proxyconnect http://joe:pw@proxy:3128 refused", "proxyconnect http://***@proxy:3128 refused"},
		{"control characters", "a\x1b[31mb", "a [31mb"},
		{"broken UTF-8", "a\xffb", "a\uFFFDb"},
		{"long text", strings.Repeat("가", maxMessageRunes+1), strings.Repeat("가", maxMessageRunes) + "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, clean(test.text))
		})
	}
}
