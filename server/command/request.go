package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// pollEvery is how often a command that waits for a run looks at it; waitAtMost is how long it waits.
const (
	pollEvery  = 100 * time.Millisecond
	waitAtMost = 15 * time.Second
)

// session makes requests to the plugin's own API in the name of one person.
type session struct {
	ctx    context.Context
	api    http.Handler
	userID string
}

// outcome is what a request left: the answer's JSON, or the fault when it was refused.
type outcome struct {
	data  json.RawMessage
	fault json.RawMessage
}

func (o outcome) failed() bool { return o.fault != nil }

// perform does what a word stands for. The words are those of webapp/src/sync/command.
func (s *session) perform(command parsed) (outcome, error) {
	switch command.Word {
	case "status":
		return s.request(http.MethodGet, "/status", nil)
	case "preview":
		return s.request(http.MethodPost, "/runs", map[string]any{"mode": "preview"})
	case "sync":
		return s.request(http.MethodPost, "/runs", map[string]any{"mode": "apply"})
	case "user":
		return s.syncOne(command.User)
	case "history":
		return s.request(http.MethodGet, "/runs?per_page=10", nil)
	case "test":
		return s.request(http.MethodPost, "/connection/test", nil)
	case "cancel":
		return s.cancel()
	case "approve":
		return s.approve()
	}
	// What is left, such as help, needs only the permission that every word needs.
	return s.request(http.MethodGet, "/status", nil)
}

// syncOne starts a run for one person and waits for its end.
func (s *session) syncOne(user string) (outcome, error) {
	started, err := s.request(http.MethodPost, "/runs", map[string]any{"mode": "apply", "user": user})
	if err != nil || started.failed() {
		return started, err
	}
	finished, id, err := s.awaitRun(started)
	if err != nil || finished.failed() {
		return finished, err
	}
	changes, err := s.request(http.MethodGet, "/runs/"+id+"/changes?per_page=10", nil)
	if err != nil || changes.failed() {
		return changes, err
	}
	data, err := json.Marshal(map[string]json.RawMessage{"run": finished.data, "changes": changes.data})
	return outcome{data: data}, err
}

func (s *session) awaitRun(started outcome) (outcome, string, error) {
	deadline := time.Now().Add(waitAtMost)
	current := started
	for {
		var run struct {
			ID    string `json:"id"`
			State string `json:"state"`
		}
		if err := json.Unmarshal(current.data, &run); err != nil {
			return outcome{}, "", fmt.Errorf("decode a run: %w", err)
		}
		if run.State != "running" || time.Now().After(deadline) {
			return current, run.ID, nil
		}
		select {
		case <-s.ctx.Done():
			return current, run.ID, nil
		case <-time.After(pollEvery):
		}
		next, err := s.request(http.MethodGet, "/runs/"+run.ID, nil)
		if err != nil || next.failed() {
			return next, run.ID, err
		}
		current = next
	}
}

// approve lets through what is held, and says how many changes that are.
func (s *session) approve() (outcome, error) {
	id, refused, err := s.runOf("held_run", fault.NothingHeld)
	if err != nil || id == "" {
		return refused, err
	}
	held, err := s.request(http.MethodGet, "/runs/"+id+"/changes?status=held&per_page=1", nil)
	if err != nil || held.failed() {
		return held, err
	}
	var list struct {
		Total int `json:"total"`
	}
	if err := json.Unmarshal(held.data, &list); err != nil {
		return outcome{}, fmt.Errorf("decode held changes: %w", err)
	}
	approved, err := s.request(http.MethodPost, "/runs/"+id+"/approve", nil)
	if err != nil || approved.failed() {
		return approved, err
	}
	data, err := json.Marshal(map[string]any{"run": approved.data, "held": list.Total})
	return outcome{data: data}, err
}

// cancel stops the run that is going on.
func (s *session) cancel() (outcome, error) {
	id, refused, err := s.runOf("current_run", fault.NoRun)
	if err != nil || id == "" {
		return refused, err
	}
	return s.request(http.MethodPost, "/runs/"+id+"/cancel", nil)
}

// runOf returns the id of the run that the status names under key. Without one, the outcome has the code, or why nobody could say.
func (s *session) runOf(key string, otherwise fault.Code) (string, outcome, error) {
	status, err := s.request(http.MethodGet, "/status", nil)
	if err != nil || status.failed() {
		return "", status, err
	}
	var runs map[string]json.RawMessage
	if err := json.Unmarshal(status.data, &runs); err != nil {
		return "", outcome{}, fmt.Errorf("decode the status: %w", err)
	}
	var run struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(runs[key], &run); err != nil || run.ID == "" {
		return "", outcome{fault: fault.Of(otherwise).JSON()}, nil
	}
	return run.ID, outcome{}, nil
}

// request calls the API. A refused request is an outcome with a fault; an error means that the API answered no JSON.
func (s *session) request(method, path string, body any) (outcome, error) {
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return outcome{}, err
		}
	}
	r, err := http.NewRequestWithContext(s.ctx, method, "/api/v1"+path, bytes.NewReader(content))
	if err != nil {
		return outcome{}, err
	}
	r.Header.Set("Mattermost-User-Id", s.userID)
	r.Header.Set("X-Entrasync-Command", Trigger)
	recorder := &recorder{header: http.Header{}, status: http.StatusOK}
	s.api.ServeHTTP(recorder, r)
	answer := recorder.body.Bytes()
	if !json.Valid(answer) {
		return outcome{}, fmt.Errorf("%s %s answered %d without JSON", method, path, recorder.status)
	}
	if recorder.status >= http.StatusBadRequest {
		return outcome{fault: answer}, nil
	}
	return outcome{data: answer}, nil
}

// recorder keeps an answer of the API.
type recorder struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(content []byte) (int, error) { return r.body.Write(content) }
