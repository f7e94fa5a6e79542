package job

import (
	"testing"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	// lookedThrough is the span in which the fuzzer checks every minute.
	lookedThrough = 5 * 24 * time.Hour

	// The fuzzer starts between the years 2000 and 2100, in which clocks differ from UTC by whole minutes.
	earliest, latest = 946_684_800, 4_102_444_800
)

// isDue checks one minute by the local clock.
func isDue(spec *cron.SpecSchedule, at time.Time) bool {
	const star = 1 << 63
	in := func(bits uint64, value int) bool { return bits>>value&1 == 1 }
	day, weekday := in(spec.Dom, at.Day()), in(spec.Dow, int(at.Weekday()))
	dayFits := day || weekday
	if (spec.Dom|spec.Dow)&star != 0 {
		dayFits = day && weekday
	}
	return dayFits && in(spec.Month, int(at.Month())) && in(spec.Hour, at.Hour()) && in(spec.Minute, at.Minute())
}

// FuzzTimetable checks arbitrary schedules in arbitrary time zones from arbitrary times. The next run is the first later minute
// that matches the expression on the local clock, however that clock changes.
func FuzzTimetable(f *testing.F) {
	for _, seed := range []struct{ expression, zone, after string }{
		{"0 3 * * *", "Asia/Seoul", "2026-11-22T00:00:00Z"},
		{"30 2 * * *", "America/New_York", "2026-03-08T05:00:00Z"},
		{"*/7 1-2 * * *", "Europe/Berlin", "2026-10-24T23:59:59Z"},
		{"0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00Z"},
		{"30 0 24 4 *", "Africa/Cairo", "2026-04-20T12:00:00Z"},
		{"15 0 8 3 *", "America/Havana", "2026-03-05T00:00:00Z"},
		{"0 3 * * *", "Australia/Lord_Howe", "2026-10-03T10:00:00Z"},
		{"0 1 * * *", "Australia/Lord_Howe", "2026-04-04T10:00:00Z"},
		{"0 12 30 12 *", "Pacific/Apia", "2011-12-29T00:00:00Z"},
		{"0 0 29 2 *", "UTC", "2097-01-01T00:00:00Z"},
		{"5 1 * * *", "America/St_Johns", "2010-03-14T00:00:00Z"},
		{"@hourly", "Asia/Kathmandu", "2001-12-31T18:00:00Z"},
		{"0 0 1,15 * 3", "", "2026-01-01T00:00:00Z"},
		{"? ? ? JAN-MAR/2 sun", "Local", "2026-01-01T00:00:00Z"},
		{"0-59/18446744073709551615 * * * *", "Etc/GMT+12", "2026-01-01T00:00:00Z"},
		{"@every 1h", "zone.tab", "2026-01-01T00:00:00Z"},
		{"TZ=", "../../etc/passwd", "2026-01-01T00:00:00Z"},
		{"* * * * * *", "\x00", "2026-01-01T00:00:00Z"},
		{"*/0 9-5 32 13 8", "Europe", "2026-01-01T00:00:00Z"},
	} {
		after, err := time.Parse(time.RFC3339, seed.after)
		require.NoError(f, err)
		f.Add(seed.expression, seed.zone, after.Unix())
	}
	f.Fuzz(func(t *testing.T, expression, zone string, seconds int64) {
		times, err := newTimetable(expression, zone)
		if err != nil {
			assert.NotEmpty(t, CheckSchedule(expression)+CheckTimeZone(zone))
			return
		}
		assert.Empty(t, CheckTimeZone(zone))
		if seconds < earliest || seconds > latest {
			t.Skip("too early or too late")
		}
		after := time.Unix(seconds, 0)
		next := times.next(after)
		if next.IsZero() {
			return
		}
		assert.True(t, next.After(after))
		assert.True(t, isDue(times.schedule, next), "%s does not fit", next)
		assert.Zero(t, next.Unix()%60)
		minute := after.Truncate(time.Minute).Add(time.Minute).In(times.location)
		for minute.Before(next) && minute.Sub(after) < lookedThrough {
			require.False(t, isDue(times.schedule, minute), "%s would have been due before %s", minute, next)
			minute = minute.Add(time.Minute)
		}
	})
}
