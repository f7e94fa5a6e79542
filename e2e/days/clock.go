package days

import (
	"context"
	"math/rand/v2"
	"time"
)

// holidays is how many days pass at most without a run.
const holidays = 4

// sleep lets the time go on to this day: everything that the plugin remembers is a day older. After some nights, the company has
// holidays without runs, so that approvals expire.
func (p *play) sleep(ctx context.Context, rng *rand.Rand) error {
	nights := 1
	if rng.IntN(8) == 0 {
		nights += rng.IntN(holidays)
	}
	if p.oracle.today == 0 {
		nights = 1 // before the first day
	}
	for range nights {
		p.oracle.sleep()
	}
	if nights > 1 {
		p.company.note("%d days have passed", nights)
	}
	for _, statement := range aging {
		if _, err := p.stage.Postgres.DB.ExecContext(ctx, statement, int64(nights)*(24*time.Hour).Milliseconds()); err != nil {
			return err
		}
	}
	return nil
}

// aging moves times into the past. `deactivated_at` is the time of the account's deactivation, and no time that passes.
var aging = []string{
	`UPDATE entrasync_links SET left_at = left_at - $1 WHERE left_at <> 0`,
	`UPDATE entrasync_links SET counted_at = counted_at - $1 WHERE counted_at <> 0`,
	`UPDATE entrasync_runs SET started_at = started_at - $1, finished_at = finished_at - $1, heartbeat_at = heartbeat_at - $1`,
	`UPDATE entrasync_runs SET hold = jsonb_set(hold, '{expires_at}', to_jsonb((hold ->> 'expires_at')::bigint - $1)) WHERE hold IS NOT NULL`,
	`UPDATE entrasync_memberships SET unwanted_since = unwanted_since - $1 WHERE unwanted_since <> 0`,
	`UPDATE entrasync_memberships SET role_unwanted_since = role_unwanted_since - $1 WHERE role_unwanted_since <> 0`,
	`UPDATE entrasync_retries SET retry_at = retry_at - $1`,
}
