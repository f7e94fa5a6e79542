package job

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/pluginapi/cluster"

	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const (
	// lookAgainEvery limits a wait, so that a clock that was wrong or stopped does no lasting harm.
	lookAgainEvery = time.Hour

	// makeUpFor limits how late a run that came due while no node was up can still start.
	makeUpFor = time.Hour

	// makeRoom is the minimum time between an incremental run and a run of the schedule, which does the same work as well.
	makeRoom = time.Minute

	// lookForEnd is how often a run of the schedule checks whether the incremental run before it has ended.
	lookForEnd = 2 * time.Second
)

// Reconfigure applies the current settings. Call it after every change of them.
func (m *Manager) Reconfigure() {
	settings := m.Config.Current()
	var times, pause plan
	if settings.Enabled {
		table, err := newTimetable(settings.Schedule, settings.TimeZone)
		if err != nil {
			m.Log.Warn("The schedule is not active", "error", err.Error())
		} else {
			times = table
			pause = newInterval(settings.IncrementalMinutes)
		}
	}
	m.full.configure(times, settings.Schedule+"\n"+settings.TimeZone)
	m.follower.configure(pause, strconv.Itoa(settings.IncrementalMinutes))
}

// NextRun returns when the schedule starts the next run after now, zero if it starts none. State is its quarantine, or nil.
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

// startFull begins the run of the schedule that is due. If another full run is active, there is nothing to do, because it does
// the same work. But it waits for an incremental run, which does less.
func (m *Manager) startFull() {
	for {
		running := m.startScheduled(names.ReadingFull)
		if running == nil {
			return
		}
		if running.Reading != names.ReadingIncremental {
			m.logLeftOut(running)
			return
		}
		select {
		case <-m.life.Done():
			return
		case <-time.After(lookForEnd):
		}
	}
}

// startIncremental begins the incremental run that is due, unless the schedule starts a run at about this time or a run is
// active.
func (m *Manager) startIncremental() {
	settings := m.Config.Current()
	now := time.Now()
	times, err := newTimetable(settings.Schedule, settings.TimeZone)
	if err != nil || times.isDue(now.Add(-makeRoom), now.Add(makeRoom)) {
		return
	}
	if running := m.startScheduled(names.ReadingIncremental); running != nil {
		m.logLeftOut(running)
	}
}

// startScheduled begins a scheduled run. If another run prevents that, it returns that run. After failed runs, the schedule
// waits.
func (m *Manager) startScheduled(reading string) (running *store.Run) {
	if !m.mayStart(time.Now()) {
		return nil
	}
	_, err := m.Start(m.life, Request{Mode: names.ModeApply, Trigger: names.TriggerSchedule, Reading: reading})
	var inTheWay *store.RunningError
	var refusal *Refusal
	switch {
	case err == nil:
	case errors.As(err, &inTheWay):
		return &inTheWay.Current
	case errors.As(err, &refusal):
		m.Log.Warn("A scheduled run was skipped because the settings are not valid", "fault", string(refusal.Fault()))
	default:
		m.Log.Error("Failed to start a scheduled run", "error", err.Error())
	}
	return nil
}

func (m *Manager) logLeftOut(running *store.Run) {
	m.Log.Info("A scheduled run was skipped because another run is in progress", "run_id", running.ID)
}

// plan computes when runs are due: next is the first time due after a time, zero for never.
type plan interface {
	next(after time.Time) time.Time
}

// interval is the plan of runs with a fixed pause between them.
type interval time.Duration

// newInterval makes no plan if there are 0 minutes.
func newInterval(minutes int) plan {
	if minutes <= 0 {
		return nil
	}
	return interval(time.Duration(minutes) * time.Minute)
}

func (i interval) next(after time.Time) time.Time {
	return after.Add(time.Duration(i))
}

// scheduler starts runs when they are due, on one node only. Schedulers with the same key share the work of one plan.
type scheduler struct {
	key      string
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

// configure sets another plan, or none. The same spec changes nothing.
func (s *scheduler) configure(times plan, spec string) {
	if times == nil {
		spec = ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// Only the settings at the start of the process can make up for missed runs: a change of the settings never makes a run due
	// at once.
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
	job, err := cluster.Schedule(s.api, s.key, wait(times, from, time.Now()), func() { s.due(active) })
	if err != nil {
		s.log.Error("Failed to follow the schedule", "error", err.Error())
		s.spec = ""
		return
	}
	s.job, s.active = job, active
}

// wait tells cluster.Schedule how long it is until the next run, 0 if one is due. The last run on any node counts, and nothing
// that was due before `from`. A new installation does not make up for runs.
func wait(times plan, from, installed time.Time) cluster.NextWaitInterval {
	return func(now time.Time, metadata cluster.JobMetadata) time.Duration {
		last := metadata.LastFinished
		switch {
		case last.IsZero():
			last = installed
		case last.Before(from):
			last = from
		}
		due := times.next(last)
		if due.IsZero() {
			return lookAgainEvery
		}
		return min(max(due.Sub(now), 0), lookAgainEvery)
	}
}

// due starts a run unless the plan has been replaced since. It must not panic, because no caller recovers.
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

// end ends the present plan. It does not wait for that, because closing waits for the cluster's lock.
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
