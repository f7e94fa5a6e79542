// Package command answers /entrasync.
//
// It has no rule of its own: the sync logic parses the words and writes the reply, and what happens in between is
// a request to the plugin's own HTTP API in the name of the person who typed. So a command may do exactly what the
// same person may do over HTTP.
package command

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// Trigger is the word behind the slash.
const Trigger = "entrasync"

// timeout bounds a command; the server shows nothing to the person before it returns.
const timeout = 25 * time.Second

// brokenReply stands in where not even the sync logic, which has all the words, can be asked.
const brokenReply = "Entra Sync could not answer. The server's log says why."

// Engine runs functions of the sync logic.
type Engine interface {
	Call(ctx context.Context, function string, ports engine.Ports, input, output any) error
}

// People knows the languages and clocks of the callers; UTCOffset is in minutes.
type People interface {
	Locale(userID string) string
	UTCOffset(userID string) int
}

// Log takes failures that the person cannot mend.
type Log interface {
	Error(message string, keysAndValues ...any)
}

// Deps are the parts that the command needs. API is the plugin's own HTTP handler.
type Deps struct {
	API    http.Handler
	Engine Engine
	People People
	Log    Log
}

// Command executes /entrasync.
type Command struct {
	Deps
}

// New returns a command that asks deps.API.
func New(deps Deps) *Command {
	return &Command{Deps: deps}
}

// parsed is what the sync logic understood.
type parsed struct {
	Word  string          `json:"word"`
	User  string          `json:"user"`
	Fault json.RawMessage `json:"fault"`
}

// Execute answers one command with an ephemeral post. A panic is that command's failure, not the plugin's.
func (c *Command) Execute(args *model.CommandArgs) *model.CommandResponse {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	text, err := c.safeReply(ctx, args.UserId, args.Command)
	if err != nil {
		c.Log.Error("Failed to answer a command", "error", err.Error())
		text = brokenReply
	}
	return &model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, Text: text}
}

func (c *Command) safeReply(ctx context.Context, userID, text string) (reply string, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in a command: %v", cause)
		}
	}()
	return c.reply(ctx, userID, text)
}

func (c *Command) reply(ctx context.Context, userID, text string) (string, error) {
	var command parsed
	if err := c.Engine.Call(ctx, "parse_command", nil, map[string]any{"text": text}, &command); err != nil {
		return "", err
	}
	session := &session{ctx: ctx, api: c.API, userID: userID}
	outcome := outcome{fault: command.Fault}
	if len(command.Fault) == 0 || string(command.Fault) == "null" {
		var err error
		if outcome, err = session.perform(command); err != nil {
			return "", err
		}
	}
	var answer struct {
		Text string `json:"text"`
	}
	input := map[string]any{
		"locale": c.People.Locale(userID), "utc_offset_minutes": c.People.UTCOffset(userID),
		"word": command.Word, "user": command.User, "data": outcome.data, "fault": outcome.fault,
	}
	err := c.Engine.Call(ctx, "reply", nil, input, &answer)
	return answer.Text, err
}
