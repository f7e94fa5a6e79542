package job

import (
	"context"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// mayStart reports whether the schedule may start a run now. A quarantine that cannot be read stops nothing.
func (m *Manager) mayStart(now time.Time) bool {
	ctx, cancel := context.WithTimeout(m.life, storeTimeout)
	defer cancel()
	state, err := m.Store.Quarantine(ctx)
	if err != nil {
		m.Log.Warn("Failed to read the state of the scheduled retries", "error", err.Error())
		return true
	}
	if state == nil || now.UnixMilli() >= state.NextAt {
		return true
	}
	m.Log.Info("A scheduled run was skipped because earlier runs failed", "failures", state.Failures, "next_at", state.NextAt)
	return false
}

// after returns the time after which the schedule looks for its next run, in quarantine or not.
func after(now time.Time, state *store.Quarantine) time.Time {
	if state == nil {
		return now
	}
	if justBefore := time.UnixMilli(state.NextAt).Add(-1); justBefore.After(now) {
		return justBefore
	}
	return now
}
