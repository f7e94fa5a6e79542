package api

import (
	"net/http"
	"time"
)

const (
	// maxSchedule limits a cron expression. The job refuses what is too long for one.
	maxSchedule = 256

	// maxTimeZone limits the name of a time zone.
	maxTimeZone = 64
)

// nextTimes returns when a schedule would start runs. It saves nothing.
func (a *API) nextTimes(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		Schedule string `json:"schedule"`
		TimeZone string `json:"time_zone"`
	}
	if err := readJSON(r, &body); err != nil {
		return err
	}
	if isLonger(body.Schedule, maxSchedule) {
		return invalid("schedule")
	}
	if isLonger(body.TimeZone, maxTimeZone) {
		return invalid("time_zone")
	}
	times, err := a.Questions.NextTimes(r.Context(), body.Schedule, body.TimeZone, time.Now())
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, map[string]any{"times": times})
	return nil
}
