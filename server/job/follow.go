package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const (
	// pruneAtMost limits how many rows of old history one run removes.
	pruneAtMost = 50_000

	// farewellTimeout limits the work after a run that ends because the plugin stops. It is less than Close waits.
	farewellTimeout = 3 * time.Second
)

// followUp is the work after a run, with the settings of that run.
type followUp struct {
	*Manager
	run      store.Run
	settings Settings
}

// do takes all steps. None of them can change how the run ended; failures are only logged.
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
			return // the plugin is stopping
		}
		if err := protect(ctx, step.take); err != nil {
			f.Log.Warn("Failed to "+step.name, "run_id", f.run.ID, "error", err.Error())
		}
	}
}

// patience lasts as long as the plugin, or for a short time if the plugin is already stopping, because no other node will
// report the run.
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

// consequences are a FollowUp of webapp/src/sync/report: what a run means for the schedule, and what administrators are told.
type consequences struct {
	Quarantine *store.Quarantine `json:"quarantine"`

	// News is nil if there is nothing to tell. Told is the quarantine after it was reported, nil for no change.
	News *news             `json:"news"`
	Told *store.Quarantine `json:"told"`
}

type news struct {
	Schedule    json.RawMessage `json:"schedule"`
	EarlierRuns int             `json:"earlier_runs"`
}

// tellAdmins stores what the run means for the schedule and sends the messages about it. The sync logic decides both.
func (f followUp) tellAdmins(ctx context.Context) error {
	found, err := f.judge(ctx)
	if err != nil || found.News == nil {
		return err
	}
	if err := f.send(ctx, *found.News); err != nil || found.Told == nil {
		return err
	}
	return f.Store.SaveQuarantine(ctx, found.Told)
}

// judge asks the sync logic what follows from the run. A quarantine that cannot be read or stored does not stop the messages.
func (f followUp) judge(ctx context.Context) (found consequences, err error) {
	input := map[string]any{"run": f.run, "now": time.Now().UnixMilli()}
	previous, err := f.Store.Quarantine(ctx)
	if err == nil {
		input["previous"] = previous
	} else {
		f.Log.Warn("Failed to read the state of the schedule", "run_id", f.run.ID, "error", err.Error())
	}
	if err := f.Engine.Call(ctx, "follow_up", nil, input, &found); err != nil {
		return found, err
	}
	if previous == nil && found.Quarantine == nil {
		return found, nil
	}
	if err := f.Store.SaveQuarantine(ctx, found.Quarantine); err != nil {
		f.Log.Warn("Failed to store the state of the schedule", "run_id", f.run.ID, "error", err.Error())
	}
	return found, nil
}

func (f followUp) send(ctx context.Context, told news) error {
	admins, err := f.Messages.Admins()
	if err != nil {
		return err
	}
	earlier := []store.Run{}
	if told.EarlierRuns > 0 {
		if earlier, _, err = f.Store.ListRuns(ctx, store.RunFilter{PerPage: told.EarlierRuns}); err != nil {
			return err
		}
	}
	var notices struct {
		Messages []struct {
			UserID string `json:"user_id"`
			Text   string `json:"text"`
		} `json:"messages"`
	}
	input := map[string]any{"run": f.run, "news": told, "earlier": earlier, "admins": admins, "console_url": f.Messages.ConsoleURL()}
	if err := f.Engine.Call(ctx, "notices", nil, input, &notices); err != nil {
		return err
	}
	for _, message := range notices.Messages {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := f.Messages.DirectMessage(message.UserID, message.Text); err != nil {
			f.Log.Warn("Failed to send a direct message", "user_id", message.UserID, "error", err.Error())
		}
	}
	return nil
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
