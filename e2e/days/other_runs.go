package days

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// runForSome plays runs for one user, on some days before the run for all. Users who share an address are left out: such a run
// does not read the other one.
func (p *play) runForSome(ctx context.Context, rng *rand.Rand) error {
	if rng.IntN(5) > 0 || !p.oracle.hasLinks() || p.company.isBlind {
		return nil
	}
	present := p.company.present()
	for _, who := range p.company.some(rng, 1+rng.IntN(4), func(who *person) bool {
		return who.place == inDirectory && !slices.ContainsFunc(present, func(other *person) bool { return other != who && other.email() == who.email() })
	}) {
		if err := p.runForOne(ctx, who); err != nil {
			return fmt.Errorf("a run for %s: %w", who, err)
		}
	}
	return nil
}

func (p *play) runForOne(ctx context.Context, who *person) error {
	accounts, err := p.readAccounts(ctx)
	if err != nil {
		return err
	}
	run, err := p.start(ctx, "/runs", map[string]any{"mode": stage.ModeApply, "user": who.id})
	if err != nil {
		return err
	}
	p.company.note("a run for %s: %s", who, run.State)
	p.tally["runs for one user"]++
	before := p.oracle.addresses()
	told, held := p.oracle.runFor(who)
	p.hasMoved = p.hasMoved || p.oracle.haveMoved(before)
	if err := p.check(ctx, fmt.Sprintf("after %s", run.Raw), accounts, nil); err != nil {
		return err
	}
	if got := predictionOf(run); got != told {
		return fmt.Errorf("the run should say %+v of itself, not %+v: %s", told, got, run.Raw)
	}
	return p.checkHeld(ctx, run, held)
}

// previewAndApply plays a preview, which changes nothing, and applies some changes of its plan.
func (p *play) previewAndApply(ctx context.Context, rng *rand.Rand) error {
	if rng.IntN(6) > 0 || !p.oracle.hasLinks() {
		return nil
	}
	seen := p.staff(p.company.present())
	preview, err := p.start(ctx, "/runs", map[string]any{"mode": stage.ModePreview})
	if err != nil {
		return err
	}
	if err := p.check(ctx, fmt.Sprintf("after the preview %s", preview.Raw), nil, nil); err != nil {
		return err
	}
	lines, err := p.lines(ctx, preview.ID, "planned")
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(each line) bool { return each.Params.Kind != "" }) // what a preview says about rooms is not played
	plan, keys := p.foreseePlan(seen)
	p.tally["previews"]++
	if err := compareLines("plan", textsOf(keys), lines); err != nil {
		return fmt.Errorf("after the preview %s: %w", preview.Raw, err)
	}
	return p.applyPlan(ctx, rng, preview, lines, plan)
}

// foreseePlan is the plan of a preview. A preview counts its own read, which no later run does, so the second result has changes
// that the first leaves out: those that the accounts as they are do not justify.
func (p *play) foreseePlan(seen []*person) (plan map[key]*heldChange, all []key) {
	ahead := p.oracle.clone()
	ahead.notice(seen)
	changes, _ := ahead.planOfFullRead(seen)
	for _, each := range changes {
		all = append(all, each.key)
	}
	plan = map[key]*heldChange{}
	changes, _ = p.oracle.planOfFullRead(seen)
	for _, each := range changes {
		plan[each.key] = &heldChange{change: *each, needsName: true}
	}
	return plan, all
}

func (p *play) applyPlan(ctx context.Context, rng *rand.Rand, preview *stage.Run, lines []line, plan map[key]*heldChange) error {
	wanted := map[key]*heldChange{}
	var chosen []key
	var seqs []int
	for _, each := range lines {
		if rng.IntN(3) == 0 && plan[each.key()] != nil {
			wanted[each.key()] = plan[each.key()]
			chosen, seqs = append(chosen, each.key()), append(seqs, each.Seq)
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	for _, happen := range []func(*company, *rand.Rand){(*company).enable, (*company).rename, (*company).disable, (*company).changeAddress} {
		if rng.IntN(5) == 0 {
			happen(p.company, rng)
		}
	}
	p.company.note("applied from a plan: %v", chosen)
	p.tally["changes applied from a plan"] += len(chosen)
	return p.applyApproved(ctx, preview.ID, map[string]any{"changes": seqs}, chosen, func(seen []*person) {
		p.oracle.makeApproved(wanted, p.oracle.plan(seen, false), seen)
	})
}

func predictionOf(run *stage.Run) prediction {
	return prediction{
		run.State, run.Counts["created"], run.Counts["updated"], run.Counts["reactivated"], run.Counts["deactivated"],
		run.Counts["joined"], run.Counts["left"], run.Counts["promoted"], run.Counts["demoted"],
	}
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
