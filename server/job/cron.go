package job

import (
	"errors"
	"strings"
	"time"
	_ "time/tzdata" // for servers without zone files, such as Windows

	"github.com/robfig/cron/v3"
)

// maxSchedule limits the length of a cron expression.
const maxSchedule = 200

var (
	errScheduleZone  = errors.New("the time zone has a setting of its own")
	errScheduleWords = errors.New("expected five fields, or one of @hourly, @daily, @weekly, @monthly, @yearly")
	errScheduleNever = errors.New("it never comes due")
	errTimeZone      = errors.New("unknown time zone")
)

// timetable computes when scheduled runs are due.
//
// When clocks are set forward, a time of day is skipped, and a run due then is left out that day. When clocks are set back, an
// hour occurs twice, and a run due in it starts both times.
type timetable struct {
	schedule *cron.SpecSchedule
	location *time.Location
}

func newTimetable(expression, zone string) (timetable, error) {
	location, err := loadLocation(zone)
	if err != nil {
		return timetable{}, err
	}
	schedule, err := parseSchedule(expression)
	if err != nil {
		return timetable{}, err
	}
	return timetable{schedule: schedule, location: location}, nil
}

// next returns the first time due after a time, zero if there is none within five years.
//
// It does not use the parser's own search, cron.SpecSchedule.Next of 3.0.1: that one never ends at a day that a time zone
// leaves out, and misses times where clocks change at midnight or by half an hour.
func (t timetable) next(after time.Time) time.Time {
	at := after.Truncate(time.Minute).Add(time.Minute).In(t.location)
	for end := at.AddDate(5, 0, 0); at.Before(end); {
		wait := t.wrongFor(at)
		if wait == 0 {
			return at
		}
		later := at.Add(wait)
		if _, change := at.ZoneBounds(); !change.IsZero() && change.Before(later) {
			later = change.In(t.location) // from then on the clock has another offset
		}
		at = later
	}
	return time.Time{}
}

// isDue reports whether a time is due in the interval from one time until before another.
func (t timetable) isDue(from, until time.Time) bool {
	due := t.next(from.Add(-time.Nanosecond))
	return !due.IsZero() && due.Before(until)
}

// wrongFor returns for how long no time matches from `at` on, if clocks do not change; 0 if `at` matches.
func (t timetable) wrongFor(at time.Time) time.Duration {
	minute := time.Duration(at.Minute()) * time.Minute
	switch {
	case !t.fitsDay(at):
		return 24*time.Hour - time.Duration(at.Hour())*time.Hour - minute
	case !holds(t.schedule.Hour, at.Hour()):
		return time.Hour - minute
	case !holds(t.schedule.Minute, at.Minute()):
		return time.Minute
	}
	return 0
}

// fitsDay follows cron's rule for days: if one of the two fields is a star, the other one decides; otherwise either may match.
func (t timetable) fitsDay(at time.Time) bool {
	const star = 63 // the bit that marks a star
	day, weekday := holds(t.schedule.Dom, at.Day()), holds(t.schedule.Dow, int(at.Weekday()))
	fits := day || weekday
	if holds(t.schedule.Dom|t.schedule.Dow, star) {
		fits = day && weekday
	}
	return fits && holds(t.schedule.Month, int(at.Month()))
}

func holds(field uint64, value int) bool {
	return field>>value&1 == 1
}

// DueTimes returns the next times after now at which a schedule is due, in ms, limited to a number of them.
func DueTimes(schedule, zone string, now time.Time, most int) ([]int64, error) {
	table, err := newTimetable(schedule, zone)
	if err != nil {
		return nil, err
	}
	times := []int64{}
	for at := table.next(now); !at.IsZero() && len(times) < most; at = table.next(at) {
		times = append(times, at.UnixMilli())
	}
	return times, nil
}

// CheckSchedule says what is wrong with a cron expression, or returns nil if it is valid.
func CheckSchedule(expression string) string {
	times, err := newTimetable(expression, "")
	if err == nil && times.next(time.Now()).IsZero() {
		err = errScheduleNever
	}
	return textOf(err)
}

// CheckTimeZone says what is wrong with the name of a time zone, or returns nil if it is valid.
func CheckTimeZone(zone string) string {
	_, err := loadLocation(zone)
	return textOf(err)
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// parseSchedule accepts five fields or a word such as @daily. It refuses what the parser also accepts: a time zone within the
// expression (the parser panics if it is incomplete), and @every, which is not a timetable.
func parseSchedule(expression string) (*cron.SpecSchedule, error) {
	if strings.Contains(expression, "=") {
		return nil, errScheduleZone
	}
	if len(expression) > maxSchedule {
		return nil, errScheduleWords
	}
	schedule, err := cron.ParseStandard(strings.TrimSpace(expression))
	if err != nil {
		return nil, err
	}
	spec, isSpec := schedule.(*cron.SpecSchedule)
	if !isSpec {
		return nil, errScheduleWords
	}
	return spec, nil
}

// loadLocation reads an IANA name. An empty one is the server's own time zone.
func loadLocation(zone string) (*time.Location, error) {
	zone = strings.TrimSpace(zone)
	if zone == "" {
		return time.Local, nil
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, errTimeZone
	}
	return location, nil
}
