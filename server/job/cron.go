package job

import (
	"errors"
	"strings"
	"time"
	_ "time/tzdata" // for servers without zone files, such as Windows

	"github.com/robfig/cron/v3"
)

// maxSchedule bounds the length of a cron expression.
const maxSchedule = 200

var (
	errScheduleZone  = errors.New("the time zone has a setting of its own")
	errScheduleWords = errors.New("expected five fields, or one of @hourly, @daily, @weekly, @monthly, @yearly")
	errScheduleNever = errors.New("it never comes due")
	errTimeZone      = errors.New("unknown time zone")
)

// timetable says when scheduled runs are due.
//
// Clocks that are put forward skip a time of day: a run due then is left out that day. Clocks that are put back have an
// hour twice: a run due in it starts both times.
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

// next is the first time due after a time, zero when there is none within five years.
//
// It does without the parser's own search, cron.SpecSchedule.Next of 3.0.1: that one goes on for ever at a day that a
// place leaves out, and misses times where clocks are changed at midnight or by half an hour.
func (t timetable) next(after time.Time) time.Time {
	at := after.Truncate(time.Minute).Add(time.Minute).In(t.location)
	for end := at.AddDate(5, 0, 0); at.Before(end); {
		wait := t.wrongFor(at)
		if wait == 0 {
			return at
		}
		later := at.Add(wait)
		if _, change := at.ZoneBounds(); !change.IsZero() && change.Before(later) {
			later = change.In(t.location) // from then on the clock shows something else
		}
		at = later
	}
	return time.Time{}
}

// isDue tells whether a time is due from one time on until before another.
func (t timetable) isDue(from, until time.Time) bool {
	due := t.next(from.Add(-time.Nanosecond))
	return !due.IsZero() && due.Before(until)
}

// wrongFor is for how long no time fits from `at` on, by a clock that nobody changes; 0 when `at` fits.
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

// fitsDay follows cron's rule for days: with a star in one of the fields, the other one decides; else either does.
func (t timetable) fitsDay(at time.Time) bool {
	const star = 63 // the bit that tells of a star
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

// DueTimes are the next times after now at which a schedule is due, in ms, at most so many.
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

// CheckSchedule says what is wrong with a cron expression, nothing when it is fine.
func CheckSchedule(expression string) string {
	times, err := newTimetable(expression, "")
	if err == nil && times.next(time.Now()).IsZero() {
		err = errScheduleNever
	}
	return textOf(err)
}

// CheckTimeZone says what is wrong with the name of a time zone, nothing when it is fine.
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

// parseSchedule takes five fields or a word such as @daily. It refuses what the parser would take beyond that: a time
// zone within the expression (which makes the parser panic when it is cut short), and @every, which is no timetable.
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

// loadLocation takes an IANA name; an empty one is the server's own time zone.
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
