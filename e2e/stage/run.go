package stage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The modes of a run.
const (
	ModePreview = "preview"
	ModeApply   = "apply"
)

// Run is a run as returned by the plugin.
type Run struct {
	ID     string         `json:"id"`
	Mode   string         `json:"mode"`
	State  string         `json:"state"`
	Counts map[string]int `json:"counts"`
	Error  *RunError      `json:"error"`
	// Raw is the whole response.
	Raw json.RawMessage `json:"-"`
}

// RunError says why a run did not succeed.
type RunError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// UnmarshalJSON keeps the whole response in addition to the known fields.
func (r *Run) UnmarshalJSON(data []byte) error {
	type fields Run
	if err := json.Unmarshal(data, (*fields)(r)); err != nil {
		return err
	}
	r.Raw = bytes.Clone(data)
	return nil
}

// StatusError is a response of the plugin that is not a success.
type StatusError struct {
	Status int
	Body   string
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("the plugin answered %d: %s", e.Status, e.Body)
}

// Sync starts a run and waits until it ends, also with a failure.
func (a *Account) Sync(ctx context.Context, mode string) (*Run, error) {
	return a.SyncReading(ctx, mode, "full")
}

// SyncReading is Sync with what to read: "full" for all users, "incremental" for changed users.
func (a *Account) SyncReading(ctx context.Context, mode, reading string) (*Run, error) {
	run := &Run{}
	body := map[string]string{"mode": mode}
	if reading != "full" {
		body["reading"] = reading
	}
	if err := a.CallPlugin(ctx, http.MethodPost, "/runs", body, run); err != nil {
		return nil, fmt.Errorf("start a run: %w", err)
	}
	for run.State == "running" {
		select {
		case <-time.After(pollInterval):
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for run %s: %w", run.ID, ctx.Err())
		}
		id := run.ID
		run = &Run{}
		if err := a.CallPlugin(ctx, http.MethodGet, "/runs/"+id, nil, run); err != nil {
			return nil, fmt.Errorf("look at run %s: %w", id, err)
		}
	}
	return run, nil
}

// CallPlugin sends a request to the plugin's HTTP API with this account's
// session. The route is below /api/v1. A body that is not nil is sent as JSON,
// and the response is decoded unless answer is nil. An error status is a *StatusError.
func (a *Account) CallPlugin(ctx context.Context, method, route string, body, answer any) error {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(encoded)
	}
	url := a.Client.URL + "/plugins/" + PluginID + "/api/v1" + route
	request, err := http.NewRequestWithContext(ctx, method, url, content)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if a.Client.AuthToken != "" {
		request.Header.Set("Authorization", "Bearer "+a.Client.AuthToken)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	received, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= http.StatusBadRequest {
		return &StatusError{Status: response.StatusCode, Body: string(received)}
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(received, answer)
}
