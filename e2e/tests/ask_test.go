package tests

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// answer is the response to a request.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// code is the error code, or "" for a success.
func (a answer) code() string {
	var fault struct {
		Code string `json:"code"`
	}
	_ = decodeJSON(a.body, &fault) // a success is not always JSON
	return fault.Code
}

func (a answer) String() string { return fmt.Sprintf("%d %s", a.status, a.body) }

// decode decodes a JSON response.
func (a answer) decode(t *testing.T, target any) {
	t.Helper()
	require.NoError(t, decodeJSON(a.body, target), "%s", a.body)
}

func decodeJSON(body []byte, target any) error { return json.Unmarshal(body, target) }

// asks is a request to the plugin's API. Without a header, it has no user.
type asks struct {
	method, route string
	body          any
	header        map[string]string
}

// by is the same request of a signed-in account.
func (a asks) by(who *stage.Account) asks {
	return a.with("Authorization", "Bearer "+who.Client.AuthToken)
}

// with is the same request with another header.
func (a asks) with(name, value string) asks {
	header := map[string]string{name: value}
	for other, value := range a.header {
		header[other] = value
	}
	a.header = header
	return a
}

// ask sends a request. A text body is sent unchanged, any other as JSON.
func (s *scene) ask(t *testing.T, request asks) answer {
	t.Helper()
	var content []byte
	switch body := request.body.(type) {
	case nil:
	case string:
		content = []byte(body)
	default:
		var err error
		content, err = json.Marshal(body)
		require.NoError(t, err)
	}
	sent, err := http.NewRequestWithContext(waiting(t), request.method, s.Mattermost.URL+apiRoot+request.route, bytes.NewReader(content))
	require.NoError(t, err)
	sent.Header.Set("Content-Type", "application/json")
	for name, value := range request.header {
		sent.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(sent)
	require.NoError(t, err)
	defer response.Body.Close()
	received, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return answer{status: response.StatusCode, header: response.Header, body: received}
}

// get sends a request as the system administrator and expects a success.
func (s *scene) get(t *testing.T, route string) answer {
	t.Helper()
	got := s.ask(t, asks{method: http.MethodGet, route: route}.by(s.Mattermost.Admin))
	require.Equal(t, http.StatusOK, got.status, "%s", got.body)
	return got
}
