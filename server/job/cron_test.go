package job

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTimesThatAreDue(t *testing.T) {
	times, err := newTimetable("0 3 * * *", "UTC")
	require.NoError(t, err)
	three := time.Date(2025, 6, 1, 3, 0, 0, 0, time.UTC)
	assert.True(t, times.isDue(three, three.Add(time.Second)))
	assert.True(t, times.isDue(three.Add(-time.Minute), three.Add(time.Minute)))
	assert.False(t, times.isDue(three.Add(-time.Minute), three))
	assert.False(t, times.isDue(three.Add(time.Second), three.Add(time.Hour)))
}

func TestNextTimes(t *testing.T) {
	cases := map[string]struct {
		schedule, zone, after string
		want                  []string
	}{
		"03:00 in Seoul is 18:00 the day before in UTC": {
			"0 3 * * *", "Asia/Seoul", "2026-11-22T00:00:00Z", []string{"2026-11-22T18:00:00Z", "2026-11-23T18:00:00Z"}},
		"the hour of UTC moves when clocks are put forward": {
			"0 3 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", []string{"2026-03-28T02:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z"}},
		"the hour of UTC moves when clocks are put back": {
			"0 3 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z", []string{"2026-10-24T01:00:00Z", "2026-10-25T02:00:00Z"}},
		"a time of day that is skipped is left out that day": {
			"30 2 * * *", "America/New_York", "2026-03-07T00:00:00Z", []string{"2026-03-07T07:30:00Z", "2026-03-09T06:30:00Z"}},
		"an hour that comes twice starts both times": {
			"30 1 * * *", "America/New_York", "2026-11-01T00:00:00Z", []string{"2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-02T06:30:00Z"}},
		"a word": {
			"@daily", "UTC", "2026-11-22T12:00:00Z", []string{"2026-11-23T00:00:00Z"}},
		"working days only": {
			"0 3 * * MON-FRI", "UTC", "2026-11-20T12:00:00Z", []string{"2026-11-23T03:00:00Z"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			times, err := newTimetable(c.schedule, c.zone)
			require.NoError(t, err)
			at, err := time.Parse(time.RFC3339, c.after)
			require.NoError(t, err)
			for _, want := range c.want {
				at = times.next(at)
				assert.Equal(t, want, at.UTC().Format(time.RFC3339))
			}
		})
	}
}

func TestCheckSchedule(t *testing.T) {
	for _, good := range []string{"0 3 * * *", " 0 3 * * * ", "*/15 8-18 * * 1-5", "@daily", "@hourly"} {
		assert.Empty(t, CheckSchedule(good), good)
	}
	bad := []string{
		"", "tomorrow", "0 3 * *", "0 0 3 * * *", "60 3 * * *", "0 3 30 2 *", "@every 1s", "@reboot", "TZ=", "TZ=UTC", "CRON_TZ=UTC 0 3 * * *",
		strings.Repeat("0,", 200) + "0 3 * * *",
	}
	for _, expression := range bad {
		assert.NotEmpty(t, CheckSchedule(expression), expression)
	}
}

func TestCheckTimeZone(t *testing.T) {
	for _, good := range []string{"", "UTC", "Asia/Seoul", "America/New_York"} {
		assert.Empty(t, CheckTimeZone(good), good)
	}
	for _, bad := range []string{"Seoul", "+09:00", "../../etc/passwd", "/etc/localtime"} {
		assert.NotEmpty(t, CheckTimeZone(bad), bad)
	}
}

// The time zone database has days that are left out, clocks that skip midnight and clocks that change by half an hour.
func TestNextTimeOfOddClocks(t *testing.T) {
	for name, c := range map[string]struct{ schedule, zone, after, want string }{
		"a place that leaves out a whole day": {"0 12 30 12 *", "Pacific/Apia", "2011-12-29T00:00:00Z", "2012-12-29T22:00:00Z"},
		"a day that begins at one":            {"30 1 24 4 *", "Africa/Cairo", "2026-04-22T12:00:00Z", "2026-04-23T22:30:00Z"},
		"half an hour that is left out":       {"0 3 * * *", "Australia/Lord_Howe", "2026-10-03T10:00:00Z", "2026-10-03T16:00:00Z"},
		"an hour that is left out at 0:01":    {"5 1 * * *", "America/St_Johns", "2010-03-14T00:00:00Z", "2010-03-14T03:35:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			times, err := newTimetable(c.schedule, c.zone)
			require.NoError(t, err)
			after, err := time.Parse(time.RFC3339, c.after)
			require.NoError(t, err)
			assert.Equal(t, c.want, times.next(after).UTC().Format(time.RFC3339))
		})
	}
}
