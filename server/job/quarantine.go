package job

import (
	"context"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// verdict is what a run means for the schedule. The sync logic decides it (webapp/src/sync/report/quarantine.ts); here it is
// stored and obeyed.
type verdict struct {
	State *store.Quarantine `json:"state"`

	// Notice is what the administrators have to hear of the schedule: begins, recovered or nothing.
	Notice string `json:"notice"`

	// IsKnown says that they know of such a failure already.
	IsKnown bool `json:"is_known"`

	previous *store.Quarantine
}

// about is what the notice speaks of, nil without one.
func (v verdict) about() map[string]any {
	switch {
	case v.Notice == "":
		return nil
	case v.State == nil:
		return map[string]any{"notice": v.Notice, "quarantine": v.previous}
	}
	return map[string]any{"notice": v.Notice, "quarantine": v.State}
}

// judgeSchedule stores what the run means for the schedule.
func (f followUp) judgeSchedule(ctx context.Context) (verdict, error) {
	previous, err := f.Store.Quarantine(ctx)
	if err != nil {
		return verdict{}, err
	}
	judged := verdict{previous: previous}
	input := map[string]any{"previous": previous, "run": f.run, "now": time.Now().UnixMilli()}
	if err := f.Engine.Call(ctx, "quarantine", nil, input, &judged); err != nil {
		return verdict{}, err
	}
	if previous == nil && judged.State == nil {
		return judged, nil
	}
	return judged, f.Store.SaveQuarantine(ctx, judged.State)
}

// noteTold remembers that the administrators know of a quarantine that has begun. It is noted afterwards: better to be told
// twice than never.
func (f followUp) noteTold(ctx context.Context, judged verdict) error {
	if judged.State == nil || judged.Notice == "" {
		return nil
	}
	told := *judged.State
	told.Told = true
	return f.Store.SaveQuarantine(ctx, &told)
}

// mayStart tells whether the schedule may start a run now. A quarantine that cannot be read keeps nothing back.
func (m *Manager) mayStart(now time.Time) bool {
	ctx, cancel := context.WithTimeout(m.life, storeTimeout)
	defer cancel()
	state, err := m.Store.Quarantine(ctx)
	if err != nil {
		m.Log.Warn("Failed to read whether the schedule is slowed down", "error", err.Error())
		return true
	}
	if state == nil || now.UnixMilli() >= state.NextAt {
		return true
	}
	m.Log.Info("A scheduled run was left out: runs before it have failed", "failures", state.Failures, "next_at", state.NextAt)
	return false
}

// after is the time behind which the schedule looks for its next run, be it slowed down or not.
func after(now time.Time, state *store.Quarantine) time.Time {
	if state == nil {
		return now
	}
	if justBefore := time.UnixMilli(state.NextAt).Add(-1); justBefore.After(now) {
		return justBefore
	}
	return now
}
