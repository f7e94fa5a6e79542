package job

import (
	"encoding/json"
	"errors"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// These are the reasons for which a run's context ends.
var (
	errCancelled   = &fault.Error{Code: fault.Cancelled}
	errInterrupted = &fault.Error{Code: fault.Interrupted}
	errLockLost    = &fault.Error{Code: fault.LockLost}
	errDeadline    = &fault.Error{Code: fault.EngineLimit}
)

// Refusal says why a request is not carried out.
type Refusal struct {
	fault json.RawMessage
}

// Refuse makes a refusal of a Fault of webapp/src/sync/errors.ts.
func Refuse(fault json.RawMessage) *Refusal { return &Refusal{fault: fault} }

func (r *Refusal) Error() string { return "refused: " + string(r.fault) }

// Fault is the reason as a Fault of webapp/src/sync/errors.ts.
func (r *Refusal) Fault() json.RawMessage { return r.fault }

// refusedStart adds a code to errors of the store that have none.
func refusedStart(err error) error {
	var running *store.RunningError
	if errors.As(err, &running) {
		return err
	}
	return &fault.Error{Code: fault.DatabaseFailed, Cause: err}
}

func refusedCancel(err error) error {
	switch {
	case err == nil, errors.Is(err, store.ErrNotFound):
		return err
	case errors.Is(err, store.ErrNotRunning):
		return &Refusal{fault: fault.Of(fault.NoRun).JSON()}
	}
	return &fault.Error{Code: fault.DatabaseFailed, Cause: err}
}

// refusedApproval adds a code to the store's reason for discarding nothing, or for not answering.
func refusedApproval(err error) error {
	var running *store.RunningError
	switch {
	case err == nil, errors.Is(err, store.ErrNotFound), errors.As(err, &running):
		return err
	case errors.Is(err, store.ErrNothingHeld):
		return &Refusal{fault: fault.Of(fault.NothingHeld).JSON()}
	}
	return &fault.Error{Code: fault.DatabaseFailed, Cause: err}
}
