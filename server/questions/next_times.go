package questions

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
)

// shownTimes is how many of the next times the page shows.
const shownTimes = 5

// NextTimes returns when a schedule would start runs after now, in ms. It saves nothing. It returns *job.Refusal for a schedule
// or a time zone that could not be saved either.
func (q *Questions) NextTimes(ctx context.Context, schedule, zone string, now time.Time) ([]int64, error) {
	facts := map[string]string{
		"schedule": schedule, "schedule_error": job.CheckSchedule(schedule), "time_zone": zone, "time_zone_error": job.CheckTimeZone(zone),
	}
	var checked struct {
		Faults []json.RawMessage `json:"faults"`
	}
	if err := q.Engine.Call(ctx, "check_schedule", nil, facts, &checked); err != nil {
		return nil, err
	}
	if len(checked.Faults) > 0 {
		return nil, job.Refuse(checked.Faults[0])
	}
	return job.DueTimes(schedule, zone, now, shownTimes)
}
