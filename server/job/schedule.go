package job

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/pluginapi/cluster"

	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const (
	scheduleKey = "schedule"

	// lookAgainEvery bounds a wait, so that a clock that was set wrong or stood still does no lasting harm.
	lookAgainEvery = time.Hour

	// makeUpFor is how long ago a due time may be that passed while no node was up, for the run still to be made up for.
	makeUpFor = time.Hour
)

// Reconfigure follows the settings as they are now; call it after every change of them.
func (m *Manager) Reconfigure() {
	settings := m.Config.Current()
	if !settings.Enabled {
		m.scheduler.configure(nil, "")
		return
	}
	times, err := newTimetable(settings.Schedule, settings.TimeZone)
	if err != nil {
		m.Log.Warn("The schedule is not followed", "error", err.Error())
		m.scheduler.configure(nil, "")
		return
	}
	m.scheduler.configure(&times, settings.Schedule+"\n"+settings.TimeZone)
}

// NextRun is when the schedule starts the next run after now, zero when it starts none. State is its quarantine, nil for none.
func (m *Manager) NextRun(now time.Time, state *store.Quarantine) time.Time {
	settings := m.Config.Current()
	if !settings.Enabled || len(settings.Faults) > 0 {
		return time.Time{}
	}
	times, err := newTimetable(settings.Schedule, settings.TimeZone)
	if err != nil {
		return time.Time{}
	}
	return times.next(after(now, state))
}

// startScheduled begins the run that is due. While another run is going there is nothing to do: it does the same work.
func (m *Manager) startScheduled() {
	if !m.mayStart(time.Now()) {
		return
	}
	_, err := m.Start(m.life, Request{Mode: "apply", Trigger: "schedule"})
	var running *store.RunningError
	var refusal *Refusal
	switch {
	case err == nil:
	case errors.As(err, &running):
		m.Log.Info("A scheduled run was left out: another one is going", "run_id", running.Current.ID)
	case errors.As(err, &refusal):
		m.Log.Warn("A scheduled run was left out: the settings do not allow it", "fault", string(refusal.Fault()))
	default:
		m.Log.Error("Failed to start a scheduled run", "error", err.Error())
	}
}

// scheduler starts runs when they are due, on one node only.
type scheduler struct {
	api      cluster.JobPluginAPI
	log      ports.Log
	start    func()
	openedAt time.Time

	mu         sync.Mutex
	spec       string
	job        *cluster.Job
	active     *atomic.Bool
	configured bool
	closed     bool
}

// configure follows another timetable, or none. The same spec changes nothing.
func (s *scheduler) configure(times *timetable, spec string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Only the settings that the process starts with may look back: a change never makes a run due at once.
	from := time.Now()
	if !s.configured {
		from = s.openedAt.Add(-makeUpFor)
	}
	s.configured = true
	if s.closed || spec == s.spec {
		return
	}
	s.end()
	s.spec = spec
	if times == nil {
		return
	}
	active := &atomic.Bool{}
	active.Store(true)
	job, err := cluster.Schedule(s.api, scheduleKey, times.wait(from, time.Now()), func() { s.due(active) })
	if err != nil {
		s.log.Error("Failed to follow the schedule", "error", err.Error())
		s.spec = ""
		return
	}
	s.job, s.active = job, active
}

// wait tells cluster.Schedule how long it is until the next run, 0 when one is due. The last run anywhere in the
// cluster counts, and nothing that was due before `from`. On a new installation no run is made up for.
func (t timetable) wait(from, installed time.Time) cluster.NextWaitInterval {
	return func(now time.Time, metadata cluster.JobMetadata) time.Duration {
		last := metadata.LastFinished
		switch {
		case last.IsZero():
			last = installed
		case last.Before(from):
			last = from
		}
		due := t.next(last)
		if due.IsZero() {
			return lookAgainEvery
		}
		return min(max(due.Sub(now), 0), lookAgainEvery)
	}
}

// due starts a run unless the timetable has been replaced since. It must not panic: nothing above it recovers.
func (s *scheduler) due(active *atomic.Bool) {
	defer func() {
		if cause := recover(); cause != nil {
			s.log.Error("Starting a scheduled run panicked", "cause", fmt.Sprint(cause))
		}
	}()
	if active.Load() {
		s.start()
	}
}

// end gives up the present timetable. Closing waits for the cluster's lock, so nobody waits for it.
func (s *scheduler) end() {
	if s.job == nil {
		return
	}
	s.active.Store(false)
	go func(job *cluster.Job) { _ = job.Close() }(s.job)
	s.job = nil
}

func (s *scheduler) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.end()
}
