// Package command answers /entrasync.
//
// It decides nothing: the sync logic reads the words, names the requests to the plugin's own HTTP API and writes the reply.
// This package makes the requests on behalf of the user who typed the command, so a command may do exactly what that user may
// do over HTTP.
package command

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// Trigger is the word after the slash.
const Trigger = "entrasync"

// timeout limits a command. The server shows nothing to the user before it returns.
const timeout = 25 * time.Second

// brokenReply is used if not even the sync logic, which has all texts, can answer.
const brokenReply = "Entra Sync could not answer. The server's log says why."

// Engine runs functions of the sync logic.
type Engine interface {
	Call(ctx context.Context, function string, ports engine.Ports, input, output any) error
}

// People returns the languages and time zones of the callers. UTCOffset is in minutes.
type People interface {
	Locale(userID string) string
	UTCOffset(userID string) int
}

// Bot shows replies as posts of the plugin's bot that only one user sees. ConsoleURL is the address of the plugin's page.
type Bot interface {
	Ephemeral(userID, channelID, rootID, text string)
	ConsoleURL() string
}

// Log records failures that the user cannot fix.
type Log interface {
	Error(message string, keysAndValues ...any)
}

// Deps are the parts that the command needs. API is the plugin's own HTTP handler.
type Deps struct {
	API    http.Handler
	Engine Engine
	People People
	Bot    Bot
	Log    Log
}

// Command executes /entrasync.
type Command struct {
	Deps
}

// New returns a command that sends its requests to deps.API.
func New(deps Deps) *Command {
	return &Command{Deps: deps}
}

// Execute answers one command with an ephemeral post of the bot: a text in the response would be from "System". A panic fails
// that command, not the plugin.
func (c *Command) Execute(args *model.CommandArgs) *model.CommandResponse {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	text, err := c.safeReply(ctx, args.UserId, args.Command)
	if err != nil {
		c.Log.Error("Failed to answer a command", "error", err.Error())
		text = brokenReply
	}
	c.Bot.Ephemeral(args.UserId, args.ChannelId, args.RootId, text)
	return &model.CommandResponse{}
}

func (c *Command) safeReply(ctx context.Context, userID, text string) (reply string, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in a command: %v", cause)
		}
	}()
	return c.reply(ctx, userID, text)
}

// input is a CommandInput of webapp/src/sync/command.
type input struct {
	Text       string   `json:"text"`
	Locale     string   `json:"locale"`
	UTCOffset  int      `json:"utc_offset_minutes"`
	Now        int64    `json:"now"`
	ConsoleURL string   `json:"console_url"`
	Answers    []answer `json:"answers"`
}

// step is a CommandStep of webapp/src/sync/command: a request to make next or, without one, the reply.
type step struct {
	Request *request `json:"request"`
	Text    string   `json:"text"`
}

// reply makes the requests that the sync logic asks for, one after the other, until it has the reply.
func (c *Command) reply(ctx context.Context, userID, text string) (string, error) {
	typed := time.Now()
	said := input{
		Text: text, Locale: c.People.Locale(userID), UTCOffset: c.People.UTCOffset(userID), Now: typed.UnixMilli(),
		ConsoleURL: c.Bot.ConsoleURL(), Answers: []answer{},
	}
	for {
		var next step
		if err := c.Engine.Call(ctx, "command", nil, said, &next); err != nil {
			return "", err
		}
		if next.Request == nil {
			return next.Text, nil
		}
		answered, err := c.ask(ctx, userID, *next.Request)
		if err != nil {
			return "", err
		}
		answered.AtMS = time.Since(typed).Milliseconds()
		said.Answers = append(said.Answers, answered)
	}
}
