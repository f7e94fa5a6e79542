package job

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

const (
	// alonePatience is how long the sync logic may compute after a cancellation without calling a port. A batch that it has
	// begun to write takes less, and so gets into the history.
	alonePatience = 3 * time.Second

	// lookAtScriptEvery is how often that is checked.
	lookAtScriptEvery = 250 * time.Millisecond
)

// activity knows whether the sync logic computes or waits for a port.
type activity struct {
	mu    sync.Mutex
	calls int
	since time.Time
}

// around returns the ports with notes of when they are called. After a cancellation, ports that only look something up fail at
// once; ports that write still work, so that what has begun is recorded.
func (a *activity) around(reading context.Context, bound engine.Ports) engine.Ports {
	noted := make(engine.Ports, len(bound))
	for name, port := range bound {
		onlyReads := slices.Contains(names.Lookups, name)
		noted[name] = func(ctx context.Context, input json.RawMessage) (any, error) {
			if onlyReads && reading.Err() != nil {
				return nil, context.Cause(reading)
			}
			a.note(1)
			defer a.note(-1)
			return port(ctx, input)
		}
	}
	return noted
}

func (a *activity) note(calls int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls += calls
	a.since = time.Now()
}

// alone returns for how long no port has been working.
func (a *activity) alone() time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.calls > 0 {
		return 0
	}
	return time.Since(a.since)
}

// interruptScript ends a canceled run whose script does not notice, because it computes without calling a port. Nothing is
// half written then: what a batch has written is recorded by the calls that follow at once.
func (e *execution) interruptScript() {
	ticker := time.NewTicker(lookAtScriptEvery)
	defer ticker.Stop()
	for {
		select {
		case <-e.ctx.Done():
			return
		case <-ticker.C:
		}
		if e.activity.alone() >= alonePatience {
			e.Log.Warn("A canceled run was interrupted because its script did not end", "run_id", e.run.ID)
			e.stop(errCancelled)
			return
		}
	}
}
