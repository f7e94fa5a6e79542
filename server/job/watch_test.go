package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// memory is a store of one run, for tests with their own clock, which a real database does not follow.
type memory struct {
	ports.History
	mu         sync.Mutex
	run        store.Run
	heartbeats []string
	broken     bool
	hanging    bool
	quarantine *store.Quarantine
}

func (m *memory) TenantOf(_ context.Context, written string) (string, error) { return written, nil }

func (m *memory) StartRun(_ context.Context, run store.Run) (store.Run, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.run = run
	m.run.State, m.run.StartedAt = "running", time.Now().UnixMilli()
	return m.run, nil
}

func (m *memory) Heartbeat(_ context.Context, _ string, report json.RawMessage) (bool, error) {
	if m.hanging {
		time.Sleep(time.Hour) // the database driver of plugins has no deadlines
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken {
		return false, errors.New("no route to the database")
	}
	m.heartbeats = append(m.heartbeats, string(report))
	return m.run.CancelRequested, nil
}

func (m *memory) RequestCancel(context.Context, string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.run.CancelRequested = true
	return nil
}

func (m *memory) FinishRun(_ context.Context, _ string, ending store.Ending) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.run.State, m.run.Counts, m.run.Error, m.run.Hold = ending.State, ending.Counts, ending.Error, ending.Hold
	if string(ending.Error) == "null" {
		m.run.Error = nil // as the real store has it
	}
	return nil
}

func (m *memory) DiscardHeld(context.Context, string, []int, string) error {
	return store.ErrNothingHeld
}
func (m *memory) Approvable(context.Context, string) (store.Approvable, error) {
	return store.Approvable{}, store.ErrNotFound
}

func (m *memory) GetRun(context.Context, string) (store.Run, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.run, nil
}

func (m *memory) ListRuns(context.Context, store.RunFilter) ([]store.Run, int, error) {
	return nil, 0, nil
}

func (m *memory) InterruptStale(context.Context, time.Duration, string) ([]store.Run, error) {
	return nil, nil
}

func (m *memory) Quarantine(context.Context) (*store.Quarantine, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.quarantine, nil
}

func (m *memory) SaveQuarantine(_ context.Context, state *store.Quarantine) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.quarantine = state
	return nil
}

func (m *memory) Prune(context.Context, time.Duration, int) (int, error) { return 0, nil }

// reportFor reports every 10 ms of the test's clock, like a fast import.
func reportFor(t *testing.T, length time.Duration) script {
	return func(ctx context.Context, bound engine.Ports) (string, error) {
		begun := time.Now()
		for i := 1; time.Since(begun) < length && ctx.Err() == nil; i++ {
			if _, err := call(t, bound, "progress.report", fmt.Sprintf(`{"done":%d,"counts":{"created":%d}}`, i, i)); err != nil {
				return "", err
			}
			time.Sleep(10 * time.Millisecond)
		}
		return succeeded, ctx.Err()
	}
}

func TestProgressIsPublishedNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newTestNode(t, &memory{}, "a", reportFor(t, 2*time.Second+5*time.Millisecond))
		n.ended(t, n.start(t).ID)
		states, progress := n.mailbox.events()
		assert.Equal(t, []string{"running", "running", "running", "running", "running", "succeeded"}, states)
		assert.NotEqual(t, progress[1], progress[2])
		assert.Equal(t, "null", progress[5], "the end is published by itself")
		n.Close()
	})
}

func TestHeartbeatsCarryTheProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := &memory{}
		n := newTestNode(t, kept, "a", reportFor(t, 10*time.Second))
		n.ended(t, n.start(t).ID)
		require.Len(t, kept.heartbeats, 10, "one each second")
		assert.Contains(t, kept.heartbeats[9], `"created"`)
		n.Close()
	})
}

func TestRunThatCannotReachTheDatabaseEndsBeforeItIsTakenForDead(t *testing.T) {
	for name, kept := range map[string]*memory{"because it refuses": {broken: true}, "because it hangs": {hanging: true}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var ended time.Duration
				begun, reporting := time.Now(), reportFor(t, 24*time.Hour)
				n := newTestNode(t, kept, "a", func(ctx context.Context, bound engine.Ports) (string, error) {
					defer func() { ended = time.Since(begun) }()
					return reporting(ctx, bound)
				})
				started := n.start(t)
				n.working.Wait()
				run := n.ended(t, started.ID)
				assert.JSONEq(t, `{"code":"lock_lost"}`, string(run.Error))
				assert.Contains(t, string(run.Counts), `"created"`, "what was reported last still counts")
				assert.Less(t, ended, staleAfter)
				n.Close()
			})
		})
	}
}

func TestRunIsInterruptedWhateverTheSyncLogicSawOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newTestNode(t, &memory{}, "a", func(ctx context.Context, _ engine.Ports) (string, error) {
			<-ctx.Done()
			return `{"state":"failed","counts":null,"error":{"code":"database_failed"}}`, nil
		})
		started := n.start(t)
		n.Close()
		run := n.ended(t, started.ID)
		assert.Equal(t, "interrupted", run.State)
		assert.JSONEq(t, `{"code":"interrupted"}`, string(run.Error))
		assert.True(t, n.mailbox.has("anna", "notice in en"), "the administrators are told before the plugin ends")
	})
}

func TestRunEndsAtItsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newTestNode(t, &memory{}, "a", untilEnded)
		started := n.start(t)
		n.working.Wait()
		run := n.ended(t, started.ID)
		assert.Equal(t, "failed", run.State)
		assert.JSONEq(t, `{"code":"engine_limit"}`, string(run.Error))
		n.Close()
	})
}
