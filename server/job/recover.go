package job

import (
	"context"
	"time"
)

// sweepEvery is how often every node looks for runs whose node has died.
const sweepEvery = 15 * time.Second

// Open marks the runs that this node left behind as interrupted. Then it runs the schedule and looks for dead runs of other
// nodes until Close. Call it once, before any Start.
func (m *Manager) Open(ctx context.Context) error {
	if err := m.interruptStale(ctx, m.NodeID); err != nil {
		return err
	}
	m.background(m.sweep)
	m.Reconfigure()
	return nil
}

func (m *Manager) sweep() {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-m.life.Done():
			return
		case <-ticker.C:
		}
		if err := m.interruptStale(m.life, ""); err != nil && m.life.Err() == nil {
			m.Log.Warn("Failed to look for interrupted runs", "error", err.Error())
		}
	}
}

func (m *Manager) interruptStale(ctx context.Context, nodeID string) error {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	runs, err := m.Store.InterruptStale(ctx, staleAfter, nodeID)
	if err != nil {
		return err
	}
	for _, run := range runs {
		m.Log.Warn("A run was interrupted", "run_id", run.ID, "node_id", run.NodeID)
		m.publish(run)
		m.background(followUp{m, run, m.Config.Current()}.do)
	}
	return nil
}
