package job

import (
	"encoding/json"
	"sync"

	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// progress is how far a run is: what the sync logic reported last, and the accounts that were written since. The sync logic
// reports a batch at its end, which can take many seconds.
type progress struct {
	mu     sync.Mutex
	report json.RawMessage
	fresh  bool

	// written is the number of accounts written since the last report. An account can be written more than once.
	written int

	// shown and phase are the number of changes and the phase that were returned last. The number does not decrease in a phase.
	shown int
	phase string
}

// reported is a Progress of webapp/src/sync/types.ts.
type reported struct {
	Phase  string          `json:"phase"`
	Done   int             `json:"done"`
	Total  int             `json:"total"`
	Counts json.RawMessage `json:"counts"`
}

func (p *progress) set(report json.RawMessage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.report, p.fresh, p.written = report, true, 0
}

// wrote counts an account that was written.
func (p *progress) wrote() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.written++
	p.fresh = true
}

// latest is the progress now, nil before the first report.
func (p *progress) latest() json.RawMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.current()
}

// unpublished returns the progress now, unless it was returned here before.
func (p *progress) unpublished() json.RawMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.fresh {
		return nil
	}
	p.fresh = false
	return p.current()
}

func (p *progress) current() json.RawMessage {
	var now reported
	if p.report == nil || json.Unmarshal(p.report, &now) != nil || now.Phase != names.PhaseApply {
		return p.report
	}
	if p.phase != now.Phase {
		p.phase, p.shown = now.Phase, 0
	}
	p.shown = max(p.shown, now.Done, min(now.Done+p.written, now.Total))
	now.Done = p.shown
	encoded, err := json.Marshal(now)
	if err != nil {
		return p.report
	}
	return encoded
}

// counts are those of the last report, nil before the first.
func (p *progress) counts() json.RawMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	var report reported
	if json.Unmarshal(p.report, &report) != nil {
		return nil
	}
	return report.Counts
}
