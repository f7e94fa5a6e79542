package job

import (
	"context"
	"fmt"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// pruneAtMost bounds how many rows of old history one run removes.
const pruneAtMost = 50_000

// follow does what comes after a run. None of it can change how the run ended; failures are logged only.
func (e *execution) follow(run store.Run) {
	steps := []struct {
		name string
		do   func(context.Context, store.Run) error
	}{
		{"post the result to the webhook", e.postResult},
		{"tell the administrators", e.tellAdmins},
		{"remove old history", e.prune},
	}
	for _, step := range steps {
		if e.life.Err() != nil {
			return // the plugin is ending
		}
		if err := protect(e.life, run, step.do); err != nil {
			e.Log.Warn("Failed to "+step.name, "run_id", run.ID, "error", err.Error())
		}
	}
}

// protect turns a panic into an error.
func protect(ctx context.Context, run store.Run, do func(context.Context, store.Run) error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return do(ctx, run)
}

func (e *execution) postResult(ctx context.Context, run store.Run) error {
	if e.settings.WebhookURL == "" {
		return nil
	}
	var message struct {
		Body string `json:"body"`
	}
	if err := e.Engine.Call(ctx, "webhook_body", nil, map[string]any{"run": run}, &message); err != nil {
		return err
	}
	return e.webhook.send(ctx, e.settings.WebhookURL, e.settings.WebhookSecret, []byte(message.Body))
}

// tellAdmins sends each administrator a direct message about a failed run in his or her language.
func (e *execution) tellAdmins(ctx context.Context, run store.Run) error {
	if run.State != "failed" {
		return nil
	}
	admins, err := e.Messages.Admins()
	if err != nil {
		return err
	}
	texts := map[string]string{}
	for _, admin := range admins {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if _, known := texts[admin.Locale]; !known {
			if texts[admin.Locale], err = e.notice(ctx, run, admin); err != nil {
				return err
			}
		}
		if err := e.Messages.DirectMessage(admin.ID, texts[admin.Locale]); err != nil {
			e.Log.Warn("Failed to send a direct message", "user_id", admin.ID, "error", err.Error())
		}
	}
	return nil
}

func (e *execution) notice(ctx context.Context, run store.Run, admin mattermost.Admin) (string, error) {
	var message struct {
		Text string `json:"text"`
	}
	input := map[string]any{"locale": admin.Locale, "run": run, "console_url": e.Messages.ConsoleURL()}
	err := e.Engine.Call(ctx, "notice", nil, input, &message)
	return message.Text, err
}

func (e *execution) prune(ctx context.Context, _ store.Run) error {
	ctx, cancel := context.WithTimeout(ctx, 2*storeTimeout)
	defer cancel()
	_, err := e.Store.Prune(ctx, time.Duration(e.settings.KeepDays)*24*time.Hour, pruneAtMost)
	return err
}
