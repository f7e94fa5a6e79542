package job

import (
	"context"
	"errors"
	"testing"

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
