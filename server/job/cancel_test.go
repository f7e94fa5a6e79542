package job

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// readUntilStopped reads the directory and reports, as the sync logic does, and ends when the ports say so.
func readUntilStopped(t *testing.T) script {
	return func(_ context.Context, bound engine.Ports) (string, error) {
		_, readErr := call(t, bound, "directory.read_page", `{"cursor":"","select":["id"],"top":999}`)
		_, reportErr := call(t, bound, "progress.report", `{"phase":"read","done":1,"total":0,"counts":{"directory":7}}`)
		for _, err := range []error{readErr, reportErr} {
			var host *fault.Error
			if !errors.As(err, &host) || host.Code != "cancelled" {
				return "", err
			}
		}
		return `{"state":"cancelled","counts":{"directory":7},"error":null}`, nil
	}
}

func TestCancelEndsAReadAtOnce(t *testing.T) {
	t.Parallel()
	for name, another := range map[string]bool{"on the same node": false, "from another node": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shared := openStore(t)
			directory := slowDirectory{asked: make(chan struct{})}
			a := newTestNode(t, shared, "a", readUntilStopped(t))
			a.config.read(directory)
			canceller := a
			if another {
				canceller = newTestNode(t, shared, "b", nil)
			}
			run := a.start(t)
			<-directory.asked
			_, err := canceller.Cancel(context.Background(), run.ID)
			require.NoError(t, err)
			assert.Equal(t, "cancelled", a.ended(t, run.ID).State)
			assert.Empty(t, a.mailbox.messages, "a requested cancellation needs no message")
		})
	}
}

// A script that computes without end: goja stops it when its context ends.
func TestCancelInterruptsAScriptThatNeverAsksAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newTestNode(t, &memory{}, "a", func(ctx context.Context, bound engine.Ports) (string, error) {
			_, err := call(t, bound, "progress.report", `{"phase":"read","done":1,"total":0,"counts":{"directory":7}}`)
			require.NoError(t, err)
			<-ctx.Done()
			return "", ctx.Err()
		})
		started := n.start(t)
		time.Sleep(time.Minute)
		asked := time.Now()
		_, err := n.Cancel(context.Background(), started.ID)
		require.NoError(t, err)
		n.working.Wait()
		assert.Less(t, time.Since(asked), 5*time.Second)
		run := n.ended(t, started.ID)
		assert.Equal(t, "cancelled", run.State)
		assert.Nil(t, run.Error)
		assert.JSONEq(t, `{"directory":7}`, string(run.Counts), "what was reported last still counts")
		n.Close()
	})
}

func TestCancelLetsAWriteEndAndBeRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := &memory{}
		n := newTestNode(t, kept, "a", nil)
		e := newExecution(n.Manager, store.Run{ID: "1"}, Settings{})
		written := make(chan error, 1)
		bound := e.activity.around(e.reading, engine.Ports{
			"accounts.update": func(ctx context.Context, _ json.RawMessage) (any, error) {
				time.Sleep(time.Minute)
				return nil, ctx.Err()
			},
			"links.save":    func(ctx context.Context, _ json.RawMessage) (any, error) { return nil, ctx.Err() },
			"accounts.find": func(context.Context, json.RawMessage) (any, error) { return nil, nil },
		})
		go func() {
			_, err := bound["accounts.update"](e.ctx, nil)
			_, saveErr := bound["links.save"](e.ctx, nil)
			written <- errors.Join(err, saveErr)
		}()
		synctest.Wait()
		e.requestCancel()
		require.NoError(t, <-written)
		_, err := bound["accounts.find"](e.ctx, nil)
		require.ErrorIs(t, err, errCancelled, "what only looks something up ends at once")
		<-e.ctx.Done()
		require.ErrorIs(t, context.Cause(e.ctx), errCancelled)
		n.Close()
	})
}

func TestCancelNeedsARunningRun(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", succeed)
	_, err := n.Cancel(context.Background(), "unknown")
	require.ErrorIs(t, err, store.ErrNotFound)
	run := n.ended(t, n.start(t).ID)
	_, err = n.Cancel(context.Background(), run.ID)
	var refusal *Refusal
	require.ErrorAs(t, err, &refusal)
	assert.JSONEq(t, `{"code":"no_run"}`, string(refusal.Fault()))
}
