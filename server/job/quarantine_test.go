package job

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// logic is the real sync logic, except that tests define the runs.
type logic struct {
	*engine.Engine
	run script
}

func (l logic) Call(ctx context.Context, function string, bound engine.Ports, input, output any) error {
	if function == "run" {
		return l.run.Call(ctx, function, bound, input, output)
	}
	return l.Engine.Call(ctx, function, bound, input, output)
}

// inbox records every message to one administrator, in order.
type inbox struct {
	mailbox
	received []string
	closed   bool
}

func (i *inbox) Admins() ([]mattermost.Admin, error) {
	if i.closed {
		return nil, errors.New("no answer")
	}
	return []mattermost.Admin{{ID: "anna", Locale: "en"}}, nil
}

func (i *inbox) DirectMessage(_, text string) error {
	i.received = append(i.received, text)
	return nil
}

// patient is a node with a schedule. Its runs fail while it is broken. starts are the hours at which the schedule began one.
type patient struct {
	*testNode
	inbox    *inbox
	isBroken atomic.Bool
	starts   []int
}

func newPatient(t *testing.T, schedule string) *patient {
	p := &patient{inbox: &inbox{}}
	begun := time.Now()
	whole, err := engine.New()
	require.NoError(t, err)
	p.testNode = newTestNode(t, &memory{}, "a", nil)
	p.Messages = p.inbox
	p.Engine = logic{Engine: whole, run: func(context.Context, engine.Ports) (string, error) {
		p.starts = append(p.starts, int(time.Since(begun)/time.Hour))
		time.Sleep(5 * time.Second)
		if p.isBroken.Load() {
			return `{"state":"failed","counts":{"directory":0},"error":{"code":"secret_wrong"}}`, nil
		}
		return succeeded, nil
	}}
	p.config.set(Settings{Enabled: true, Schedule: schedule, TimeZone: "UTC"})
	p.Reconfigure()
	return p
}

func TestAScheduleThatFailsTriesSlowerAndSlowerUntilASyncByHandWorks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPatient(t, "@hourly")
		p.isBroken.Store(true)
		time.Sleep(100*time.Hour + 30*time.Minute)
		assert.Equal(t, []int{1, 3, 6, 11, 20, 37, 61, 85}, p.starts)
		require.Len(t, p.inbox.received, 1)
		assert.Contains(t, p.inbox.received[0], "spaced further apart")

		state, err := p.Store.Quarantine(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 8, state.Failures)
		assert.Equal(t, "Jan  5 13:00:00", p.NextRun(time.Now(), state).UTC().Format(time.Stamp))

		p.isBroken.Store(false)
		p.starts = nil
		p.ended(t, p.start(t).ID)
		require.Len(t, p.inbox.received, 2)
		assert.Contains(t, p.inbox.received[1], "is working again")
		time.Sleep(3 * time.Hour)
		assert.Equal(t, []int{100, 101, 102, 103}, p.starts)
		assert.Len(t, p.inbox.received, 2)
		p.Close()
	})
}

func TestADailyScheduleThatFailsIsTriedEveryDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPatient(t, "0 3 * * *")
		p.isBroken.Store(true)
		time.Sleep(10 * 24 * time.Hour)
		assert.Len(t, p.starts, 10)
		p.isBroken.Store(false)
		time.Sleep(24 * time.Hour)
		assert.Len(t, p.inbox.received, 2, "told of the beginning and of the end")
		p.Close()
	})
}

func TestAFailureByHandIsToldEachTimeAndSlowsNothingDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPatient(t, "@yearly")
		p.isBroken.Store(true)
		for range 2 {
			p.ended(t, p.start(t).ID)
		}
		assert.Len(t, p.inbox.received, 2)
		state, err := p.Store.Quarantine(t.Context())
		require.NoError(t, err)
		assert.Nil(t, state)
		p.Close()
	})
}

func TestWhoCouldNotBeToldIsToldOfTheNextFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPatient(t, "@hourly")
		p.isBroken.Store(true)
		p.inbox.closed = true
		time.Sleep(90 * time.Minute)
		p.inbox.closed = false
		time.Sleep(24 * time.Hour)
		require.Len(t, p.inbox.received, 1)
		assert.Contains(t, p.inbox.received[0], "spaced further apart")
		p.Close()
	})
}

func TestTheNextRunIsNotBeforeTheQuarantineEnds(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 22, 10, minute, 0, 0, time.UTC) }
	until := func(next time.Time) *store.Quarantine { return &store.Quarantine{NextAt: next.UnixMilli()} }
	n := newTestNode(t, &memory{}, "a", nil)
	n.config.set(Settings{Enabled: true, Schedule: "*/5 * * * *", TimeZone: "UTC"})
	for name, c := range map[string]struct {
		state *store.Quarantine
		want  time.Time
	}{
		"none":                     {nil, at(5)},
		"one that is over":         {until(at(-3)), at(5)},
		"until a time of the plan": {until(at(20)), at(20)},
		"until just after it":      {until(at(20).Add(time.Second)), at(25)},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, n.NextRun(at(2), c.state)) })
	}
}
