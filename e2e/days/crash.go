package days

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// isCrowdDue tells whether the guard might have something to hold.
func (p *play) isCrowdDue() bool {
	leaving, moving := 0, 0
	for _, each := range p.oracle.accounts {
		owner := find(p.company.people, each.owner)
		switch {
		case owner == nil || !each.isActive && !each.isOffBySync:
		case !isPresent(owner) || !mayHaveAccount(owner):
			leaving++
		case owner.email() != each.email:
			moving++
		}
	}
	return leaving > guardCount || moving > guardCount
}

// runIntoCrash ends a run in the middle. Two more complete whatever it left behind: with one, somebody may be missing from
// one read or from two, and an address may have been given up or not.
func (p *play) runIntoCrash(ctx context.Context, t trouble) error {
	body := map[string]string{"mode": stage.ModeApply}
	if err := p.stage.Mattermost.Admin.CallPlugin(ctx, http.MethodPost, "/runs", body, nil); err != nil {
		return err
	}
	p.tally["crashes"]++
	time.Sleep(t.crashAfter)
	if err := p.restart(ctx, t.crash); err != nil {
		return err
	}
	for range 2 {
		run, err := p.sync(ctx)
		if err != nil {
			return err
		}
		told := p.foresee(p.company.present())
		if run.State != told.state {
			return fmt.Errorf("a run after a crash ended as %s, not %s: %s", run.State, told.state, run.Raw)
		}
	}
	return p.check(ctx, "after a crash")
}

func (p *play) restart(ctx context.Context, how crash) error {
	server := p.stage.Mattermost
	if how == killServer {
		server.Kill()
		if err := server.Start(ctx); err != nil {
			return err
		}
		return server.WaitForPlugin(ctx, stage.PluginID)
	}
	if _, err := server.Admin.Client.DisablePlugin(ctx, stage.PluginID); err != nil {
		return err
	}
	return server.EnablePlugin(ctx, stage.PluginID)
}
