package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// failure is an answer that is not a success: a status and a fault. cause is for the log only.
type failure struct {
	status int
	fault  fault.Fault
	cause  error
}

func (f *failure) Error() string {
	if f.cause != nil {
		return string(f.fault.Code) + ": " + f.cause.Error()
	}
	return string(f.fault.Code)
}

func (f *failure) Unwrap() error { return f.cause }

func fail(status int, code fault.Code) *failure {
	return &failure{status: status, fault: fault.Of(code)}
}

// invalid returns the failure for an invalid part of a request.
func invalid(path string) *failure {
	return &failure{status: http.StatusBadRequest, fault: fault.At(fault.RequestInvalid, path)}
}

// faultCarrier is an error of another part that already has its fault as JSON, such as a refused start.
type faultCarrier interface {
	error
	Fault() json.RawMessage
}

// statusOfCode has the statuses of faults whose code determines the status.
var statusOfCode = map[fault.Code]int{
	fault.RequestInvalid:  http.StatusBadRequest,
	fault.NotFound:        http.StatusNotFound,
	fault.PersonNotFound:  http.StatusNotFound,
	fault.NothingHeld:     http.StatusConflict,
	fault.ApprovalExpired: http.StatusConflict,
	fault.ApprovalUnnamed: http.StatusConflict,
	fault.NothingPlanned:  http.StatusConflict,
	fault.PlanUnfinished:  http.StatusConflict,
	fault.PlanExpired:     http.StatusConflict,
	fault.Internal:        http.StatusInternalServerError,
	fault.DatabaseFailed:  http.StatusInternalServerError,
}

// statusOf returns the status of a fault, or fallback if its code does not determine one.
func statusOf(code fault.Code, fallback int) int {
	if status, known := statusOfCode[code]; known {
		return status
	}
	return fallback
}

// failureOf returns the answer for any error that a handler returns.
func (a *API) failureOf(ctx context.Context, err error) *failure {
	var known *failure
	var tooLarge *http.MaxBytesError
	var carrier faultCarrier
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &tooLarge):
		return fail(http.StatusRequestEntityTooLarge, fault.RequestTooLarge)
	case errors.Is(err, store.ErrNotFound):
		return fail(http.StatusNotFound, fault.RunNotFound)
	case errors.As(err, &carrier):
		refused := &failure{status: http.StatusBadRequest, cause: err}
		if json.Unmarshal(carrier.Fault(), &refused.fault) == nil {
			refused.status = statusOf(refused.fault.Code, refused.status)
			return refused
		}
	}
	return a.classified(ctx, err)
}

// classified lets the sync logic name a failure of which only facts are known. If neither the database nor this plugin failed,
// Microsoft or the network did.
func (a *API) classified(ctx context.Context, err error) *failure {
	result := &failure{status: http.StatusInternalServerError, fault: fault.Of(fault.Internal), cause: err}
	var facts engine.FactsError
	if errors.As(err, &facts) {
		if callErr := a.Engine.Call(ctx, "classify", nil, facts.Facts(), &result.fault); callErr != nil {
			a.Log.Error("Failed to classify an error", "error", callErr)
		}
		result.status = statusOf(result.fault.Code, http.StatusBadGateway)
	}
	return result
}

// writeFailure answers with the fault in the caller's language. A 409 also shows the conflicting run.
func (a *API) writeFailure(w http.ResponseWriter, r *http.Request, err error) {
	ctx := r.Context()
	var running *store.RunningError
	if errors.As(err, &running) {
		a.writeRunning(w, r, running.Current)
		return
	}
	failed := a.failureOf(ctx, err)
	switch failed.status {
	case http.StatusInternalServerError:
		a.Log.Error("A request failed", "path", r.URL.Path, "error", err.Error())
	case http.StatusBadGateway:
		a.Log.Warn("A request failed", "path", r.URL.Path, "error", err.Error())
	}
	a.writeJSON(w, failed.status, a.describeOne(r, failed.fault))
}

func (a *API) writeRunning(w http.ResponseWriter, r *http.Request, current store.Run) {
	body := map[string]any{}
	if err := json.Unmarshal(a.describeOne(r, fault.Of(fault.RunInProgress)), &body); err != nil {
		a.Log.Error("Failed to describe a running run", "error", err.Error())
	}
	body["run"] = a.describedRun(r, current)
	a.writeJSON(w, http.StatusConflict, body)
}
