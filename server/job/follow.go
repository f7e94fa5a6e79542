package job

import (
	"context"
	"fmt"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const (
	// pruneAtMost bounds how many rows of old history one run removes.
	pruneAtMost = 50_000

	// earlierRuns are looked through for whether the administrators know already what a run holds: more than a day's.
	earlierRuns = 200

	// farewellTimeout bounds what still follows a run that ends because the plugin does: less than Close waits.
	farewellTimeout = 3 * time.Second
)

// followUp is what comes after a run, with the settings of that run.
type followUp struct {
	*Manager
	run      store.Run
	settings Settings
}

// do takes all steps. None of them can change how the run ended; failures are logged only.
func (f followUp) do() {
	steps := []struct {
		name string
		take func(context.Context) error
	}{
		{"tell the administrators", f.tellAdmins},
		{"post the result to the webhook", f.postResult},
		{"remove old history", f.prune},
	}
	ctx, cancel := f.patience()
	defer cancel()
	for _, step := range steps {
		if ctx.Err() != nil {
			return // the plugin is ending
		}
		if err := protect(ctx, step.take); err != nil {
			f.Log.Warn("Failed to "+step.name, "run_id", f.run.ID, "error", err.Error())
		}
	}
}

// patience lasts as long as the plugin, or a moment when the plugin is ending already: nobody else will tell of the run.
func (f followUp) patience() (context.Context, context.CancelFunc) {
	if f.life.Err() == nil {
		return context.WithCancel(f.life)
	}
	return context.WithTimeout(context.Background(), farewellTimeout)
}

// protect turns a panic into an error.
func protect(ctx context.Context, take func(context.Context) error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return take(ctx)
}

func (f followUp) postResult(ctx context.Context) error {
	if f.settings.WebhookURL == "" {
		return nil
	}
	var message struct {
		Body string `json:"body"`
	}
	if err := f.Engine.Call(ctx, "webhook_body", nil, map[string]any{"run": f.run}, &message); err != nil {
		return err
	}
	return f.webhook.send(ctx, f.settings.WebhookURL, f.settings.WebhookSecret, []byte(message.Body))
}

// tellAdmins sends each administrator a direct message about a run that could not go on, had to leave something out
// (the server is full) or waits for an approval, in the language and the time zone of each. Failures of single changes are left to the history, and a
// run for one person to whoever asked for it and sees its answer.
//
// Of a schedule that keeps failing they hear when that begins and when it ends, and not each time in between.
func (f followUp) tellAdmins(ctx context.Context) error {
	judged, err := f.judgeSchedule(ctx)
	if err != nil {
		f.Log.Warn("Failed to judge the schedule by a run", "run_id", f.run.ID, "error", err.Error())
	}
	needsWord := (len(f.run.Error) > 0 && !judged.IsKnown) || f.run.State == names.StateHeld
	if (!needsWord || f.run.User != "") && judged.Notice == "" {
		return nil
	}
	if err := f.sendAll(ctx, judged); err != nil {
		return err
	}
	return f.noteTold(ctx, judged)
}

func (f followUp) sendAll(ctx context.Context, judged verdict) error {
	admins, err := f.Messages.Admins()
	if err != nil {
		return err
	}
	earlier, _, err := f.Store.ListRuns(ctx, store.RunFilter{PerPage: earlierRuns})
	if err != nil {
		return err
	}
	texts := map[mattermost.Admin]string{}
	for _, admin := range admins {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		reader := mattermost.Admin{Locale: admin.Locale, UTCOffset: admin.UTCOffset}
		if _, known := texts[reader]; !known {
			if texts[reader], err = f.notice(ctx, reader, earlier, judged); err != nil {
				return err
			}
		}
		if texts[reader] == "" {
			continue // they know
		}
		if err := f.Messages.DirectMessage(admin.ID, texts[reader]); err != nil {
			f.Log.Warn("Failed to send a direct message", "user_id", admin.ID, "error", err.Error())
		}
	}
	return nil
}

// notice is the same for all readers of one language and time zone.
func (f followUp) notice(ctx context.Context, reader mattermost.Admin, earlier []store.Run, judged verdict) (string, error) {
	var message struct {
		Text string `json:"text"`
	}
	input := map[string]any{
		"locale": reader.Locale, "utc_offset_minutes": reader.UTCOffset, "run": f.run, "earlier": earlier, "console_url": f.Messages.ConsoleURL(),
		"schedule": judged.about(),
	}
	err := f.Engine.Call(ctx, "notice", nil, input, &message)
	return message.Text, err
}

func (f followUp) prune(ctx context.Context) error {
	if f.life.Err() != nil {
		return nil // the next run does it
	}
	ctx, cancel := context.WithTimeout(ctx, 2*storeTimeout)
	defer cancel()
	_, err := f.Store.Prune(ctx, time.Duration(f.settings.KeepDays)*24*time.Hour, pruneAtMost)
	return err
}
