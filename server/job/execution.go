package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// deadline limits a run. A first import of 100,000 users takes a few hours.
const deadline = 6 * time.Hour

// execution is one run while it is running on this node.
type execution struct {
	*Manager
	run      store.Run
	settings Settings

	// approvedChanges are the seqs of the held or planned changes to apply; none means all.
	approvedChanges []int

	// ctx ends when nothing more may be written: lost lock, closing plugin, deadline. Its cause says which.
	ctx  context.Context
	stop context.CancelCauseFunc

	// reading ends earlier, when an administrator cancels the run.
	reading     context.Context
	stopReading context.CancelCauseFunc

	progress progress
	activity activity

	// cancelling starts the watch over the script once.
	cancelling sync.Once
}

func newExecution(m *Manager, run store.Run, settings Settings) *execution {
	e := &execution{Manager: m, run: run, settings: settings, activity: activity{since: time.Now()}}
	e.ctx, e.stop = context.WithCancelCause(context.Background())
	e.reading, e.stopReading = context.WithCancelCause(e.ctx)
	return e
}

// work is the run from start to end. A panic ends the run, never the plugin. If the end of a run could not be stored, the sweep
// finds it, because its heartbeats have stopped.
func (e *execution) work() {
	defer e.stop(nil)
	defer func() {
		if cause := recover(); cause != nil {
			e.logPanic(cause)
		}
	}()
	run, stored := e.finish(e.perform())
	e.release(e)
	if stored {
		e.publish(run)
		followUp{e.Manager, run, e.settings}.do()
	}
}

// release allows the next run to start.
func (m *Manager) release(e *execution) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.current == e {
		m.current = nil
	}
}

// perform calls the sync logic. Any failure becomes the run's outcome.
func (e *execution) perform() (ended store.Ending) {
	defer func() {
		if cause := recover(); cause != nil {
			e.logPanic(cause)
			ended = store.Ending{State: names.StateFailed, Error: fault.Of(fault.Internal).JSON()}
		}
	}()
	defer e.watch()()
	ctx, cancel := context.WithTimeoutCause(e.ctx, deadline, errDeadline)
	defer cancel()
	err := e.Engine.Call(ctx, "run", e.ports(), e.request(), &ended)
	if err == nil && ended.State == names.StateFailed {
		err = ctx.Err() // if it has ended, it is the cause of the failure
	}
	if err != nil {
		return e.broken(ctx, err)
	}
	return ended
}

// request is a RunRequest (webapp/src/sync/types.ts). A run for one user, or for held changes, derives from these what it
// reads.
func (e *execution) request() map[string]any {
	reading := names.ReadingFull
	if e.run.Reading == names.ReadingIncremental {
		reading = names.ReadingIncremental
	}
	digest := sha256.Sum256([]byte(e.settings.Policy))
	return map[string]any{
		"mode": e.run.Mode, "user": e.run.User, "policy": e.settings.Policy,
		"approves": e.run.Approves, "approved_changes": append([]int{}, e.approvedChanges...),
		"reading": reading, "follows_changes": e.settings.IncrementalMinutes > 0, "policy_digest": hex.EncodeToString(digest[:]),
		"by_admin": e.run.ActorID != "" && e.run.Trigger != names.TriggerSchedule,
	}
}

func (e *execution) logPanic(cause any) {
	e.Log.Error("A run panicked", "run_id", e.run.ID, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
}

func (e *execution) ports() engine.Ports {
	return e.activity.around(e.reading, ports.New(ports.Run{
		ID:           e.run.ID,
		Tenant:       &ports.Tenant{ID: e.settings.TenantID, Written: e.settings.TenantID, MoveTo: e.settings.MoveToTenant},
		ScriptDigest: e.Engine.ScriptDigest(),
		Directory:    e.settings.Client(),
		Accounts:     e.Accounts,
		Memberships:  e.Memberships,
		Write:        mattermost.WriteOptions{Slots: semaphore.NewWeighted(max(1, int64(e.settings.Concurrency))), InitialPassword: e.settings.InitialPassword, Wrote: e.progress.wrote},
		History:      e.Store,
		Log:          e.Log,
		Reading:      e.reading,
		Report:       e.report,
	}))
}

// broken is the outcome of a call that did not return one.
func (e *execution) broken(ctx context.Context, err error) store.Ending {
	var cause *fault.Error
	if errors.As(context.Cause(ctx), &cause) {
		state := names.StateFailed
		switch cause {
		case errCancelled:
			return store.Ending{State: names.StateCancelled}
		case errInterrupted:
			state = names.StateInterrupted
		}
		return store.Ending{State: state, Error: fault.Of(cause.Code).JSON()}
	}
	failure := fault.Of(fault.Internal).JSON()
	var script *engine.ScriptError
	if errors.As(err, &script) {
		e.Log.Error("The sync logic failed", "run_id", e.run.ID, "error", err.Error(), "stack", script.Stack)
		if script.Fault != nil {
			failure = script.Fault
		}
	} else {
		e.Log.Error("A run failed", "run_id", e.run.ID, "error", err.Error())
	}
	return store.Ending{State: names.StateFailed, Error: failure}
}

// finish writes the outcome and returns the stored run, unless the run no longer belongs to this node.
func (e *execution) finish(ended store.Ending) (store.Run, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
	defer cancel()
	if ended.Counts == nil {
		ended.Counts = e.progress.counts()
	}
	err := e.Store.FinishRun(ctx, e.run.ID, ended)
	var run store.Run
	if err == nil {
		run, err = e.Store.GetRun(ctx, e.run.ID)
	}
	if err != nil {
		e.Log.Warn("Failed to store the result of a run", "run_id", e.run.ID, "state", ended.State, "error", err.Error())
		return store.Run{}, false
	}
	e.Log.Info("A run has ended", "run_id", run.ID, "mode", run.Mode, "trigger", run.Trigger, "state", run.State, "counts", string(run.Counts))
	return run, true
}

// interrupt marks the run as interrupted without waiting for it.
func (e *execution) interrupt(ctx context.Context) error {
	return e.Store.FinishRun(ctx, e.run.ID, store.Ending{State: names.StateInterrupted, Counts: e.progress.counts(), Error: fault.Of(errInterrupted.Code).JSON()})
}

// requestCancel ends reads and lookups at once. The sync logic learns of it at its next report. If it does not report, it is
// interrupted.
func (e *execution) requestCancel() {
	e.stopReading(errCancelled)
	e.cancelling.Do(func() { go e.interruptScript() })
}
