package questions

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
)

func TestNextTimesAreThoseAtWhichRunsStart(t *testing.T) {
	t.Parallel()
	logic, err := engine.New()
	require.NoError(t, err)
	n := newAsked(t, numbers{}, logic)
	now := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)

	times, err := n.NextTimes(t.Context(), "30 2 * * *", "Europe/Berlin", now)
	require.NoError(t, err)
	var shown []string
	for _, ms := range times {
		shown = append(shown, time.UnixMilli(ms).UTC().Format("01-02 15:04"))
	}
	assert.Equal(t, []string{"03-30 00:30", "03-31 00:30", "04-01 00:30", "04-02 00:30", "04-03 00:30"}, shown, "clocks are put forward on the 29th")

	leap, err := n.NextTimes(t.Context(), "0 0 29 2 *", "UTC", now)
	require.NoError(t, err)
	assert.Equal(t, time.Date(2028, 2, 29, 0, 0, 0, 0, time.UTC).UnixMilli(), leap[0])

	for _, c := range []struct{ schedule, zone, code, path string }{
		{"", "", "setting_missing", "Schedule"},
		{"often", "", "schedule_invalid", "Schedule"},
		{"TZ=", "", "schedule_invalid", "Schedule"},
		{"0 0 30 2 *", "", "schedule_invalid", "Schedule"},
		{"0 3 * * *", "Mars/Base", "time_zone_invalid", "TimeZone"},
		{"0 3 * * *", "../etc/passwd", "time_zone_invalid", "TimeZone"},
	} {
		_, err := n.NextTimes(t.Context(), c.schedule, c.zone, now)
		var refusal *job.Refusal
		require.ErrorAs(t, err, &refusal, c.schedule)
		var fault struct{ Code, Path string }
		require.NoError(t, json.Unmarshal(refusal.Fault(), &fault))
		assert.Equal(t, []string{c.code, c.path}, []string{fault.Code, fault.Path})
	}
}
