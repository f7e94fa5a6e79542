package mattermost

import (
	"github.com/mattermost/mattermost/server/public/model"
)

// Facts say what failed, for the sync logic to put a code on (Facts in webapp/src/sync/faults).
type Facts struct {
	// Origin is "mattermost" for a refusal of the server, "host" when Code is one of our own error codes.
	Origin string `json:"origin"`
	Status int    `json:"status,omitempty"`

	// Code is the id of the server's error, such as app.user.save.email_exists.app_error.
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
}

// Error is a failed read of Mattermost's tables.
type Error struct {
	facts Facts
	cause error
}

func (e *Error) Error() string { return e.facts.Code + ": " + e.cause.Error() }
func (e *Error) Unwrap() error { return e.cause }

// Facts implements engine.FactsError.
func (e *Error) Facts() any { return e.facts }

func databaseFailed(cause error) error {
	return &Error{facts: hostFacts("database_failed"), cause: cause}
}

func hostFacts(code string) Facts {
	return Facts{Origin: "host", Code: code}
}

// factsOf leaves out the error's details: they may hold an e-mail address.
func factsOf(err *model.AppError) *Facts {
	return &Facts{Origin: "mattermost", Status: err.StatusCode, Code: err.Id, Message: err.Message}
}
