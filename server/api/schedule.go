package api

import (
	"net/http"
	"time"
)

const (
	// maxSchedule bounds a cron expression; what is too long to be one is for the job to say.
	maxSchedule = 256

	// maxTimeZone bounds the name of a time zone.
	maxTimeZone = 64
)

// nextTimes says when a schedule would start runs. Nothing is saved.
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
