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
	// lookAgainEvery bounds a wait, so that a clock that was set wrong or stood still does no lasting harm.
	lookAgainEvery = time.Hour

	// makeUpFor is how long ago a due time may be that passed while no node was up, for the run still to be made up for.
	makeUpFor = time.Hour

	// makeRoom is how near an incremental run may come to a run of the schedule, which does its work as well.
	makeRoom = time.Minute

	// lookForEnd is how often a run of the schedule looks whether the incremental one before it has ended.
	lookForEnd = 2 * time.Second
)

// Reconfigure follows the settings as they are now; call it after every change of them.
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

// startFull begins the run of the schedule that is due. While another one is going there is nothing to do: it does the same work;
// but an incremental one, which does less, is waited for.
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

// startIncremental begins the incremental run that is due, unless the schedule starts a run at about this time or one is going.
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

// startScheduled begins a run that nobody has asked for, and returns the one that is in its way, if there is one.
// A schedule whose runs have failed waits.
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

// plan says when runs are due: next is the first time due after a time, zero for never.
type plan interface {
	next(after time.Time) time.Time
}

// interval is the plan of runs that follow each other with a pause between them.
type interval time.Duration

// newInterval makes no plan of 0 minutes.
func newInterval(minutes int) plan {
	if minutes <= 0 {
		return nil
	}
	return interval(time.Duration(minutes) * time.Minute)
}

func (i interval) next(after time.Time) time.Time {
	return after.Add(time.Duration(i))
}

// scheduler starts runs when they are due, on one node only. Schedulers with one key share the work of one plan.
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

// configure follows another plan, or none. The same spec changes nothing.
func (s *scheduler) configure(times plan, spec string) {
	if times == nil {
		spec = ""
	}
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
	job, err := cluster.Schedule(s.api, s.key, wait(times, from, time.Now()), func() { s.due(active) })
	if err != nil {
		s.log.Error("Failed to follow the schedule", "error", err.Error())
		s.spec = ""
		return
	}
	s.job, s.active = job, active
}

// wait tells cluster.Schedule how long it is until the next run, 0 when one is due. The last run anywhere in the
// cluster counts, and nothing that was due before `from`. On a new installation no run is made up for.
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

// due starts a run unless the plan has been replaced since. It must not panic: nothing above it recovers.
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

// end gives up the present plan. Closing waits for the cluster's lock, so nobody waits for it.
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
