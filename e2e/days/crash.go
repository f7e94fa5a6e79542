package days

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// isCrowdDue reports whether a safety limit might apply in the next two runs, with any part of a run before a crash.
func (p *play) isCrowdDue() bool {
	ahead := p.oracle.clone()
	seen := p.staff(p.company.present())
	if !ahead.hasLinks() || ahead.run(seen, p.company.has).state == "held" || ahead.run(seen, p.company.has).state == "held" {
		return true
	}
	return ahead.isAtLimit()
}

// isAtLimit reports whether the changes of today exceed a safety limit.
func (o *oracle) isAtLimit() bool {
	counts := map[kind]int{}
	for each := range o.made {
		counts[each.kind]++
	}
	for each, limit := range limits {
		if counts[each] > limit {
			return true
		}
	}
	return false
}

// runIntoCrash ends a run in the middle. Two more runs complete it: after only one, a user may be missing from
// one read or from two, and an address may or may not have moved.
func (p *play) runIntoCrash(ctx context.Context, t trouble) error {
	p.tally["crashes"]++
	if err := p.crash(ctx, t); err != nil {
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
	if !p.isShrunk {
		p.company.settle()
	}
	return p.check(ctx, "after a crash", nil, nil)
}

func (p *play) crash(ctx context.Context, t trouble) error {
	if t.crash == loseDirectory {
		defer p.stage.Tenant.Faults.Clear()
		fault := tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.InternalError, RetryAfter: soon, Skip: listPages}
		if err := p.stage.Tenant.Faults.Set(fault); err != nil {
			return err
		}
		_, err := p.sync(ctx)
		return err
	}
	body := map[string]string{"mode": stage.ModeApply}
	if err := p.stage.Mattermost.Admin.CallPlugin(ctx, http.MethodPost, "/runs", body, nil); err != nil {
		return err
	}
	time.Sleep(t.crashAfter)
	return p.restart(ctx, t.crash)
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
