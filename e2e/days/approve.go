package days

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// pollInterval is the pause between two looks at a run.
const pollInterval = 50 * time.Millisecond

// approve approves what the last run held. A user may have returned before that.
func (p *play) approve(ctx context.Context, rng *rand.Rand) error {
	if len(p.oracle.heldLeavers)+len(p.oracle.heldMoves) == 0 {
		return nil
	}
	if rng.IntN(2) == 0 {
		p.company.enable(rng)
		p.company.restore(rng)
	}
	held, err := p.newestRun(ctx)
	if err != nil {
		return err
	}
	admin, run := p.stage.Mattermost.Admin, &stage.Run{}
	if err := admin.CallPlugin(ctx, http.MethodPost, "/runs/"+held.ID+"/approve", nil, run); err != nil {
		return err
	}
	p.company.note("approved: %d leavers, %d addresses", len(p.oracle.heldLeavers), len(p.oracle.heldMoves))
	for run.State == "running" {
		time.Sleep(pollInterval)
		id := run.ID
		run = &stage.Run{}
		if err := admin.CallPlugin(ctx, http.MethodGet, "/runs/"+id, nil, run); err != nil {
			return err
		}
	}
	p.tally["approvals"]++
	before := p.oracle.addresses()
	p.oracle.approve(p.staff(p.company.present()))
	p.hasMoved = p.hasMoved || p.oracle.haveMoved(before)
	if err := p.check(ctx, fmt.Sprintf("after the approval %s", run.Raw)); err != nil {
		return err
	}
	return p.run(ctx, p.company.present())
}

func (p *play) newestRun(ctx context.Context) (*stage.Run, error) {
	var list struct {
		Runs []*stage.Run `json:"runs"`
	}
	if err := p.stage.Mattermost.Admin.CallPlugin(ctx, http.MethodGet, "/runs?per_page=1", nil, &list); err != nil {
		return nil, err
	}
	return list.Runs[0], nil
}
