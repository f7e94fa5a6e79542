package ports

import (
	"errors"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// storeFailure gives a failure of the store its code. nil stays nil.
func storeFailure(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrLockLost):
		return &fault.Error{Code: fault.LockLost, Cause: err}
	}
	return &fault.Error{Code: fault.DatabaseFailed, Cause: err}
}
