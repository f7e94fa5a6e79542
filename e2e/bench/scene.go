package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// service is how the measured accounts sign in. Accounts with passwords would measure password hashing.
const service = "office365"

// openScene starts a licensed server with the plugin, and a tenant with the given number of users, all in scope.
func openScene(ctx context.Context, people int) (*stage.Stage, error) {
	return stage.Start(ctx, stage.Options{
		People:   company.Many(people),
		Licensed: true,
		Settings: map[string]any{"Policy": map[string]any{
			"version":  1,
			"scope":    map[string]any{"everyone": true},
			"accounts": map[string]any{"sign_in": map[string]string{"method": "single_sign_on", "service": service}},
		}},
	})
}

// sync starts a sync run, and fails unless it counts all users under `count`. The time is measured from the
// start of the run to its end in the history.
func sync(ctx context.Context, scene *stage.Stage, reading, count string, people int) (time.Duration, error) {
	run, err := scene.Mattermost.Admin.SyncReading(ctx, stage.ModeApply, reading)
	if err != nil {
		return 0, err
	}
	if run.State != "succeeded" || run.Counts[count] != people {
		return 0, fmt.Errorf("the run ended as %q with %v, want %d %s", run.State, run.Counts, people, count)
	}
	return duration(run)
}

func duration(run *stage.Run) (time.Duration, error) {
	var times struct {
		StartedAt  int64 `json:"started_at"`
		FinishedAt int64 `json:"finished_at"`
	}
	if err := json.Unmarshal(run.Raw, &times); err != nil {
		return 0, err
	}
	if times.FinishedAt <= times.StartedAt {
		return 0, fmt.Errorf("run %s has no end", run.ID)
	}
	return time.Duration(times.FinishedAt-times.StartedAt) * time.Millisecond, nil
}
