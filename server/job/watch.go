package job

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const (
	// heartbeatEvery is how often a run shows the other nodes that it is alive, and how far it is.
	heartbeatEvery = time.Second

	// heartbeatTimeout limits one heartbeat.
	heartbeatTimeout = 3 * time.Second

	// staleAfter is how long a run can be silent before any node treats it as dead.
	staleAfter = 30 * time.Second

	// silentAtMost is how long a run continues without reaching the database. It ends before others treat it as dead.
	silentAtMost = 20 * time.Second

	// publishEvery is how often browsers receive a run's progress.
	publishEvery = 500 * time.Millisecond
)

// report stores the sync logic's progress. It fails once an administrator has canceled the run.
func (e *execution) report(report json.RawMessage) error {
	e.progress.set(report)
	if e.reading.Err() != nil {
		return context.Cause(e.reading)
	}
	return nil
}

// watch keeps the run alive for the other nodes and visible in the browsers until its returned function is called.
func (e *execution) watch() (end func()) {
	ctx, cancel := context.WithCancel(e.ctx)
	var watchers sync.WaitGroup
	watchers.Go(func() { e.keepAlive(ctx) })
	watchers.Go(func() { e.showProgress(ctx) })
	return func() {
		cancel()
		watchers.Wait()
	}
}

// keepAlive sends heartbeats. It ends the run when the run no longer belongs to this node, or when that is unknown: a heartbeat
// can hang as well as fail.
func (e *execution) keepAlive(ctx context.Context) {
	silence := time.AfterFunc(silentAtMost, func() { e.lose("the database cannot be reached") })
	defer silence.Stop()
	ticker := time.NewTicker(heartbeatEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		sent := time.Now()
		err := e.heartbeat(ctx)
		switch {
		case err == nil:
			silence.Reset(silentAtMost - time.Since(sent))
		case ctx.Err() != nil:
			return
		case errors.Is(err, store.ErrLockLost):
			e.lose(err.Error())
			return
		default:
			e.Log.Warn("A heartbeat failed", "run_id", e.run.ID, "error", err.Error())
		}
	}
}

// lose ends a run that another node has treated as dead, or soon may.
func (e *execution) lose(why string) {
	e.Log.Error("A run was stopped", "run_id", e.run.ID, "error", why)
	e.stop(errLockLost)
}

func (e *execution) heartbeat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, heartbeatTimeout)
	defer cancel()
	cancelRequested, err := e.Store.Heartbeat(ctx, e.run.ID, e.progress.latest())
	if err == nil && cancelRequested {
		e.requestCancel()
	}
	return err
}

// showProgress publishes the newest report at limited intervals. The end of the run is published separately, so the final state
// always arrives.
func (e *execution) showProgress(ctx context.Context) {
	ticker := time.NewTicker(publishEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if report := e.progress.unpublished(); report != nil {
			run := e.run
			run.Progress = report
			if counts := e.progress.counts(); counts != nil {
				run.Counts = counts
			}
			e.publish(run)
		}
	}
}
