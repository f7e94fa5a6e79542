package mattermost

import (
	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func databaseFailed(cause error) error {
	return &fault.Error{Code: fault.DatabaseFailed, Cause: cause}
}

// factsOf leaves out the error's details: they may hold an e-mail address.
func factsOf(err *model.AppError) *fault.Facts {
	return &fault.Facts{Origin: fault.OriginMattermost, Status: err.StatusCode, Code: err.Id, Message: err.Message}
}
