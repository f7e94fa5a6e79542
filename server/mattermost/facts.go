package mattermost

import (
	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func databaseFailed(cause error) error {
	return &fault.Error{Code: fault.DatabaseFailed, Cause: cause}
}

// factsOf leaves out the error's details, because they may contain an email address.
func factsOf(err *model.AppError) *fault.Facts {
	return &fault.Facts{Origin: fault.OriginMattermost, Status: err.StatusCode, Code: err.Id, Message: err.Message}
}
