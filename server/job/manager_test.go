package job

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

func TestMain(m *testing.M) {
	os.Exit(storetest.Main(m))
}

const succeeded = `{"state":"succeeded","counts":{"directory":3,"created":2},"error":null}`

func succeed(context.Context, engine.Ports) (string, error) { return succeeded, nil }

// testNode is a manager with a real store and fakes for the rest.
type testNode struct {
	*Manager
	config  *settings
	mailbox *mailbox
}

func openStore(t *testing.T) *store.Store {
	t.Helper()
	opened, err := store.New(storetest.Open(t), "postgres")
	require.NoError(t, err)
	require.NoError(t, opened.Migrate(context.Background()))
	return opened
}

func newTestNode(t *testing.T, shared Store, nodeID string, run script) *testNode {
	t.Helper()
	n := &testNode{config: &settings{}, mailbox: &mailbox{}}
	n.Manager = New(Deps{
		Config:   n.config,
		Store:    shared,
		Engine:   run,
		Messages: n.mailbox,
		Log:      testLog{t},
		Cluster:  &keyValues{TB: t, values: map[string]string{}},
		NodeID:   nodeID,
	})
	t.Cleanup(n.Close)
	return n
}

func (n *testNode) start(t *testing.T) store.Run {
	t.Helper()
	run, err := n.Start(context.Background(), Request{Mode: "apply", Trigger: "console", ActorID: "anna"})
	require.NoError(t, err)
	return run
}

// ended waits for the end of a run and of its follow-up.
func (n *testNode) ended(t *testing.T, runID string) store.Run {
	t.Helper()
	var run store.Run
	require.Eventually(t, func() bool {
		var err error
		run, err = n.Store.GetRun(context.Background(), runID)
		return err == nil && run.State != "running"
	}, time.Minute, 10*time.Millisecond)
	n.working.Wait()
	return run
}

func TestRunIsStoredAndPublished(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", succeed)
	run := n.start(t)
	assert.Equal(t, "running", run.State)
	assert.Len(t, run.ID, 26)

	run = n.ended(t, run.ID)
	assert.Equal(t, "succeeded", run.State)
	assert.JSONEq(t, `{"directory":3,"created":2}`, string(run.Counts))
	assert.Nil(t, run.Error)
	states, _ := n.mailbox.events()
	assert.Equal(t, []string{"running", "succeeded"}, states)
	assert.Empty(t, n.mailbox.messages)
}

func TestOneRunAtATimeOverAllNodes(t *testing.T) {
	t.Parallel()
	shared := openStore(t)
	proceed := make(chan struct{})
	a := newTestNode(t, shared, "a", func(context.Context, engine.Ports) (string, error) {
		<-proceed
		return succeeded, nil
	})
	b := newTestNode(t, shared, "b", succeed)
	first := a.start(t)
	for _, node := range []*testNode{a, b} {
		_, err := node.Start(context.Background(), Request{Mode: "preview"})
		var running *store.RunningError
		require.ErrorAs(t, err, &running)
		assert.Equal(t, first.ID, running.Current.ID)
	}
	close(proceed)
	a.ended(t, first.ID)
	b.ended(t, b.start(t).ID)
}

func TestFaultySettingsRefuseToRun(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", nil)
	n.config.set(Settings{Faults: []json.RawMessage{json.RawMessage(`{"code":"not_configured"}`)}})
	_, err := n.Start(context.Background(), Request{Mode: "apply"})
	var refusal *Refusal
	require.ErrorAs(t, err, &refusal)
	assert.JSONEq(t, `{"code":"not_configured"}`, string(refusal.Fault()))
}

func TestFailuresOfTheSyncLogic(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		run  script
		want string
	}{
		"a panic": {
			func(context.Context, engine.Ports) (string, error) { panic("a bug") }, `{"code":"internal"}`},
		"an unexpected error": {
			func(context.Context, engine.Ports) (string, error) { return "", errors.New("a bug") }, `{"code":"internal"}`},
		"a fault that the script threw": {
			func(context.Context, engine.Ports) (string, error) {
				return "", &engine.ScriptError{Message: "SyncError", Fault: json.RawMessage(`{"code":"policy_invalid"}`)}
			}, `{"code":"policy_invalid"}`},
		"an outcome that says so": {
			func(context.Context, engine.Ports) (string, error) {
				return `{"state":"failed","counts":{"directory":1},"error":{"code":"secret_wrong"}}`, nil
			}, `{"code":"secret_wrong"}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newTestNode(t, openStore(t), "a", c.run)
			run := n.ended(t, n.start(t).ID)
			assert.Equal(t, "failed", run.State)
			assert.JSONEq(t, c.want, string(run.Error))
			assert.Equal(t, map[string]string{"anna": "notice in en", "mina": "notice in ko", "john": "notice in en"}, n.mailbox.messages)
			n.ended(t, n.start(t).ID)
		})
	}
}

// untilEnded works until its context ends.
func untilEnded(ctx context.Context, _ engine.Ports) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

func TestLostLockEndsTheRun(t *testing.T) {
	t.Parallel()
	shared := openStore(t)
	n := newTestNode(t, shared, "a", untilEnded)
	run := n.start(t)
	stolen, err := shared.InterruptStale(context.Background(), time.Hour, "a")
	require.NoError(t, err)
	require.Len(t, stolen, 1)
	n.working.Wait()
	assert.Equal(t, "interrupted", n.ended(t, run.ID).State)
	states, _ := n.mailbox.events()
	assert.Equal(t, []string{"running"}, states, "the run is another node's to tell of")
}

func TestCloseLeavesTheRunInterrupted(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", untilEnded)
	run := n.start(t)
	n.Close()
	run = n.ended(t, run.ID)
	assert.Equal(t, "interrupted", run.State)
	assert.JSONEq(t, `{"code":"interrupted"}`, string(run.Error))

	late, err := n.Start(context.Background(), Request{Mode: "apply"})
	require.NoError(t, err)
	assert.Equal(t, "interrupted", n.ended(t, late.ID).State, "a closed manager starts nothing")
}

// pages is a directory of two pages.
type pages struct{ slowDirectory }

func (pages) ReadUsers(_ context.Context, query entra.Query) (entra.Page, error) {
	if query.Cursor == "" {
		return entra.Page{Users: json.RawMessage(`[{"id":"1"},{"id":"2"}]`), Next: "second"}, nil
	}
	return entra.Page{Users: json.RawMessage(`[{"id":"3"}]`)}, nil
}

func TestRunLeavesItsHistory(t *testing.T) {
	t.Parallel()
	shared := openStore(t)
	n := newTestNode(t, shared, "a", func(_ context.Context, bound engine.Ports) (string, error) {
		for _, use := range [][2]string{
			{"directory.read_page", `{"cursor":"","select":["id"],"top":999}`},
			{"directory.read_page", `{"cursor":"second","select":["id"],"top":999}`},
			{"changes.record", `{"changes":[{"seq":1,"object_id":"1","action":"create","status":"planned","reason":"new_person","fields":[]}],"tell_once":[]}`},
			{"links.save", `{"links":[{"object_id":"1","account_id":"x"}]}`},
			{"changes.finish", `{"outcomes":[{"seq":1,"status":"done","account_id":"x","username":"mina","error":null}]}`},
		} {
			if _, err := call(t, bound, use[0], use[1]); err != nil {
				return "", err
			}
		}
		return succeeded, nil
	})
	n.config.read(pages{})
	run := n.ended(t, n.start(t).ID)
	require.Equal(t, "succeeded", run.State)

	users, total, _, err := shared.ListDirectory(context.Background(), 0, 10)
	require.NoError(t, err)
	assert.Equal(t, 3, total)
	assert.JSONEq(t, `[{"id":"1"},{"id":"2"},{"id":"3"}]`, string(users))
	changes, _, err := shared.ListChanges(context.Background(), run.ID, store.ChangeFilter{Status: "done"})
	require.NoError(t, err)
	assert.Contains(t, string(changes), `"mina"`)
}
