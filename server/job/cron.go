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
	schedule cron.Schedule
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
func (t timetable) next(after time.Time) time.Time {
	return t.schedule.Next(after.In(t.location))
}

// CheckSchedule says what is wrong with a cron expression, nothing when it is fine.
func CheckSchedule(expression string) string {
	schedule, err := parseSchedule(expression)
	if err == nil && schedule.Next(time.Now()).IsZero() {
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
func parseSchedule(expression string) (cron.Schedule, error) {
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
	if _, ok := schedule.(*cron.SpecSchedule); !ok {
		return nil, errScheduleWords
	}
	return schedule, nil
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
