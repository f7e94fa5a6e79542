package job

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// node is one node's scheduler. starts are the times at which it started a run.
type node struct {
	*scheduler
	mu     sync.Mutex
	starts []string
}

func newNode(t *testing.T, shared *keyValues) *node {
	n := &node{}
	n.scheduler = &scheduler{key: "schedule", api: shared, log: testLog{t}, openedAt: time.Now(), start: func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.starts = append(n.starts, time.Now().UTC().Format("02 15:04"))
	}}
	return n
}

func (n *node) follow(t *testing.T, schedule, zone string) {
	t.Helper()
	times, err := newTimetable(schedule, zone)
	require.NoError(t, err)
	n.configure(times, schedule+zone)
}

func (n *node) started() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.starts
}

// inCluster runs a test with a clock of its own, which starts on January 1, 2000, 00:00 UTC.
func inCluster(t *testing.T, test func(t *testing.T, shared *keyValues)) {
	synctest.Test(t, func(t *testing.T) {
		test(t, &keyValues{TB: t, values: map[string]string{}})
	})
}

func TestScheduleStartsOnOneNodeEachTime(t *testing.T) {
	inCluster(t, func(t *testing.T, shared *keyValues) {
		a, b := newNode(t, shared), newNode(t, shared)
		a.follow(t, "0 3 * * *", "Asia/Seoul")
		b.follow(t, "0 3 * * *", "Asia/Seoul")
		time.Sleep(72 * time.Hour)
		a.close()
		b.close()
		assert.ElementsMatch(t, []string{"01 18:00", "02 18:00", "03 18:00"}, append(a.started(), b.started()...))
	})
}

func TestScheduleDoesNotStartAtOnce(t *testing.T) {
	inCluster(t, func(t *testing.T, shared *keyValues) {
		a := newNode(t, shared)
		a.follow(t, "0 3 * * *", "UTC")
		time.Sleep(26*time.Hour + 45*time.Minute)
		assert.Equal(t, []string{"01 03:00"}, a.started())

		// 02:30 was a quarter of an hour ago, but no schedule was set then.
		a.follow(t, "30 2 * * *", "UTC")
		time.Sleep(24 * time.Hour)
		assert.Equal(t, []string{"01 03:00", "03 02:30"}, a.started())
		a.close()
	})
}

func TestScheduleEnds(t *testing.T) {
	inCluster(t, func(t *testing.T, shared *keyValues) {
		a := newNode(t, shared)
		a.follow(t, "@hourly", "UTC")
		time.Sleep(90 * time.Minute)
		a.configure(nil, "")
		time.Sleep(24 * time.Hour)
		assert.Equal(t, []string{"01 01:00"}, a.started())
		a.close()
		a.follow(t, "@hourly", "UTC")
		time.Sleep(24 * time.Hour)
		assert.Equal(t, []string{"01 01:00"}, a.started())
	})
}

func TestRunMissedDuringARestartIsMadeUpFor(t *testing.T) {
	inCluster(t, func(t *testing.T, shared *keyValues) {
		before := newNode(t, shared)
		before.follow(t, "0 3 * * *", "UTC")
		time.Sleep(26*time.Hour + 59*time.Minute)
		before.close()
		time.Sleep(10 * time.Minute)

		after := newNode(t, shared)
		after.follow(t, "0 3 * * *", "UTC")
		time.Sleep(time.Hour)
		assert.Equal(t, []string{"02 03:09"}, after.started())
		after.close()
	})
}

func TestRunMissedLongAgoIsNot(t *testing.T) {
	inCluster(t, func(t *testing.T, shared *keyValues) {
		before := newNode(t, shared)
		before.follow(t, "0 3 * * *", "UTC")
		time.Sleep(12 * time.Hour)
		before.close()
		time.Sleep(17 * time.Hour)

		after := newNode(t, shared)
		after.follow(t, "0 3 * * *", "UTC")
		time.Sleep(24 * time.Hour)
		assert.Equal(t, []string{"03 03:00"}, after.started())
		after.close()
	})
}

func TestIncrementalRunsKeepTheirPauseOverAllNodes(t *testing.T) {
	inCluster(t, func(t *testing.T, shared *keyValues) {
		a, b := newNode(t, shared), newNode(t, shared)
		for _, each := range []*node{a, b} {
			each.configure(newInterval(30), "30")
		}
		time.Sleep(95 * time.Minute)
		assert.ElementsMatch(t, []string{"01 00:30", "01 01:00", "01 01:30"}, append(a.started(), b.started()...))

		// A shorter pause starts now, and none ends the runs.
		a.configure(newInterval(10), "10")
		b.configure(newInterval(0), "0")
		time.Sleep(12 * time.Minute)
		assert.Contains(t, a.started(), "01 01:45")
		a.configure(newInterval(0), "0")
		before := len(a.started()) + len(b.started())
		time.Sleep(24 * time.Hour)
		assert.Len(t, append(a.started(), b.started()...), before)
		a.close()
		b.close()
	})
}

func TestPanicOfAScheduledStartIsNotTheEnd(t *testing.T) {
	inCluster(t, func(t *testing.T, shared *keyValues) {
		starts := 0
		a := &scheduler{key: "schedule", api: shared, log: testLog{t}, openedAt: time.Now(), start: func() {
			starts++
			panic("no database")
		}}
		times, err := newTimetable("@hourly", "UTC")
		require.NoError(t, err)
		a.configure(times, "hourly")
		time.Sleep(150 * time.Minute)
		a.close()
		synctest.Wait()
		assert.Equal(t, 2, starts)
	})
}
