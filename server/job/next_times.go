package job

import (
	"context"
	"encoding/json"
	"time"
)

// shownTimes is how many of the next times a person gets to see.
const shownTimes = 5

// NextTimes says when a schedule would start runs after now, in ms; nothing is saved. It returns *Refusal for a schedule or a time
// zone that could not be saved either.
func (m *Manager) NextTimes(ctx context.Context, schedule, zone string, now time.Time) ([]int64, error) {
	facts := map[string]string{
		"schedule": schedule, "schedule_error": CheckSchedule(schedule), "time_zone": zone, "time_zone_error": CheckTimeZone(zone),
	}
	var checked struct {
		Faults []json.RawMessage `json:"faults"`
	}
	if err := m.Engine.Call(ctx, "check_schedule", nil, facts, &checked); err != nil {
		return nil, err
	}
	if len(checked.Faults) > 0 {
		return nil, &Refusal{fault: checked.Faults[0]}
	}
	table, err := newTimetable(schedule, zone)
	if err != nil {
		return nil, err
	}
	times := []int64{}
	for at := table.next(now); !at.IsZero() && len(times) < shownTimes; at = table.next(at) {
		times = append(times, at.UnixMilli())
	}
	return times, nil
}
