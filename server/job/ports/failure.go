package ports

import (
	"errors"

	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// HostError is a failure that the host itself names by one of the sync logic's error codes.
type HostError struct {
	Code  string
	Cause error
}

func (e *HostError) Error() string {
	if e.Cause == nil {
		return e.Code
	}
	return e.Code + ": " + e.Cause.Error()
}

func (e *HostError) Unwrap() error { return e.Cause }

// Facts implements engine.FactsError.
func (e *HostError) Facts() any {
	return mattermost.Facts{Origin: "host", Code: e.Code}
}

// storeFailure names a failure of the store; nil stays nil.
func storeFailure(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrLockLost):
		return &HostError{Code: "lock_lost", Cause: err}
	}
	return &HostError{Code: "database_failed", Cause: err}
}
