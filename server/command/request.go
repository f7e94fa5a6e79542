package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// request is an ApiRequest of webapp/src/sync/command: a request to the plugin's own HTTP API, made after a pause.
type request struct {
	Method  string          `json:"method"`
	Path    string          `json:"path"`
	Body    json.RawMessage `json:"body,omitempty"`
	AfterMS int             `json:"after_ms"`
}

// answer is an ApiAnswer of webapp/src/sync/command. AtMS is the time from the command to the answer.
type answer struct {
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body"`
	AtMS   int64           `json:"at_ms"`
}

// ask makes the request on behalf of the user. A refused request has an answer as well. An error means that the API did not
// answer with JSON.
func (c *Command) ask(ctx context.Context, userID string, request request) (answer, error) {
	select {
	case <-ctx.Done():
		return answer{}, ctx.Err()
	case <-time.After(time.Duration(request.AfterMS) * time.Millisecond):
	}
	r, err := http.NewRequestWithContext(ctx, request.Method, "/api/v1"+request.Path, bytes.NewReader(request.Body))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Mattermost-User-Id", userID)
	r.Header.Set("X-Entrasync-Command", Trigger)
	recorder := &recorder{header: http.Header{}, status: http.StatusOK}
	c.API.ServeHTTP(recorder, r)
	body := recorder.body.Bytes()
	if !json.Valid(body) {
		return answer{}, fmt.Errorf("%s %s answered %d without JSON", request.Method, request.Path, recorder.status)
	}
	return answer{Status: recorder.status, Body: body}, nil
}

// recorder records an answer of the API.
type recorder struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(content []byte) (int, error) { return r.body.Write(content) }
