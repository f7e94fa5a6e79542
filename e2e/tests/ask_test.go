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

// answer is what a request got.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// code is that of a refusal, "" for a success.
func (a answer) code() string {
	var fault struct {
		Code string `json:"code"`
	}
	_ = decodeJSON(a.body, &fault) // a success need not be JSON
	return fault.Code
}

func (a answer) String() string { return fmt.Sprintf("%d %s", a.status, a.body) }

// decode reads a JSON answer.
func (a answer) decode(t *testing.T, target any) {
	t.Helper()
	require.NoError(t, decodeJSON(a.body, target), "%s", a.body)
}

func decodeJSON(body []byte, target any) error { return json.Unmarshal(body, target) }

// asks is a request to the plugin's API: nobody's, unless a header says whose.
type asks struct {
	method, route string
	body          any
	header        map[string]string
}

// by is the same request of somebody who is logged in.
func (a asks) by(who *stage.Account) asks {
	return a.with("Authorization", "Bearer "+who.Client.AuthToken)
}

// with is the same request with one more header.
func (a asks) with(name, value string) asks {
	header := map[string]string{name: value}
	for other, value := range a.header {
		header[other] = value
	}
	a.header = header
	return a
}

// ask sends a request; a body that is text is sent as it is, any other as JSON.
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

// get asks as the system administrator and wants a success.
func (s *scene) get(t *testing.T, route string) answer {
	t.Helper()
	got := s.ask(t, asks{method: http.MethodGet, route: route}.by(s.Mattermost.Admin))
	require.Equal(t, http.StatusOK, got.status, "%s", got.body)
	return got
}
