package job

import (
	"encoding/json"
	"errors"

	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// Why a run's context ends. The codes are those of webapp/src/sync/errors.ts.
var (
	errCancelled   = &ports.HostError{Code: "cancelled"}
	errInterrupted = &ports.HostError{Code: "interrupted"}
	errLockLost    = &ports.HostError{Code: "lock_lost"}
	errDeadline    = &ports.HostError{Code: "engine_limit"}
)

// Refusal says why something that was asked for is not done.
type Refusal struct {
	fault json.RawMessage
}

func (r *Refusal) Error() string { return "refused: " + string(r.fault) }

// Fault is the reason as a Fault of webapp/src/sync/errors.ts.
func (r *Refusal) Fault() json.RawMessage { return r.fault }

// refusedStart puts a code on what the store does not explain by itself.
func refusedStart(err error) error {
	var running *store.RunningError
	if errors.As(err, &running) {
		return err
	}
	return &ports.HostError{Code: "database_failed", Cause: err}
}

func refusedCancel(err error) error {
	switch {
	case err == nil, errors.Is(err, store.ErrNotFound):
		return err
	case errors.Is(err, store.ErrNotRunning):
		return &Refusal{fault: faultOf("no_run")}
	}
	return &ports.HostError{Code: "database_failed", Cause: err}
}

// refusals are the codes of what the store refuses to let through.
var refusals = []struct {
	reason error
	code   string
}{
	{store.ErrNothingHeld, "nothing_held"}, {store.ErrApprovalExpired, "approval_expired"},
	{store.ErrNothingPlanned, "nothing_planned"}, {store.ErrPlanUnfinished, "plan_unfinished"}, {store.ErrPlanExpired, "plan_expired"},
}

func refusedApproval(err error) error {
	var running *store.RunningError
	if err == nil || errors.Is(err, store.ErrNotFound) || errors.As(err, &running) {
		return err
	}
	for _, refusal := range refusals {
		if errors.Is(err, refusal.reason) {
			return &Refusal{fault: faultOf(refusal.code)}
		}
	}
	return &ports.HostError{Code: "database_failed", Cause: err}
}

// faultOf is a Fault that needs no more than its code.
func faultOf(code string) json.RawMessage {
	return json.RawMessage(`{"code":"` + code + `"}`)
}
