package days

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// incrementalMinutes turns incremental runs on. The play starts them itself.
const incrementalMinutes = 60

// isForIncremental reports whether an incremental run does a part of what today's full run would do, and nothing else: not near a
// safety limit, and not for users who share an address with someone whom such a run does not read.
func (p *play) isForIncremental(ahead *oracle) bool {
	present := p.company.present()
	isShared := func(who *person) bool {
		return slices.ContainsFunc(present, func(other *person) bool { return other != who && other.email() == who.email() })
	}
	if !ahead.hasLinks() || p.company.isFoggy || slices.ContainsFunc(p.company.changed, isShared) {
		return false
	}
	ahead.dismissDeleted(p.company.deleted)
	seen := p.staff(present)
	for range 2 {
		if ahead.run(seen, p.company.has).state == "held" {
			return false
		}
	}
	return !ahead.isAtLimit()
}

// runIncrementally plays an incremental run before the full one, on some days. For some users, the directory contradicts itself: its
// changes have them, and a request by ID does not. After the full run, the accounts must be as if it had done everything.
func (p *play) runIncrementally(ctx context.Context, rng *rand.Rand) error {
	lagging := p.company.some(rng, rng.IntN(3), isPresent)
	for _, who := range lagging {
		p.company.note("is missing by ID: %s", who)
	}
	p.stage.Tenant.SetLagging(idsOf(lagging)...)
	run, err := p.stage.Mattermost.Admin.SyncReading(ctx, stage.ModeApply, "incremental")
	p.stage.Tenant.SetLagging()
	if err != nil {
		return err
	}
	var reading struct{ Reading string }
	if err := json.Unmarshal(run.Raw, &reading); err != nil {
		return err
	}
	p.company.note("an incremental run (%s): %s", reading.Reading, run.State)
	p.tally["incremental runs that read "+reading.Reading]++
	rows, err := p.readAccounts(ctx)
	if err != nil {
		return err
	}
	if err := p.checkInvariants(ctx, nil, rows, nil); err != nil {
		return fmt.Errorf("after %s: %w", run.Raw, err)
	}
	if reading.Reading == "incremental" { // otherwise it had nothing to continue from, for example after a crash
		p.oracle.dismissDeleted(p.company.deleted)
	}
	for range 2 { // an address that the incremental run moves is free for a new account in the first full run, otherwise in the second
		last, err := p.sync(ctx)
		if err != nil {
			return err
		}
		if told := p.foresee(p.company.present()); last.State != told.state {
			return fmt.Errorf("a run after an incremental one ended as %s, not %s: %s", last.State, told.state, last.Raw)
		}
	}
	p.company.settle()
	return p.check(ctx, "after an incremental run and two full ones", nil, nil)
}

// dismissDeleted deactivates the accounts of users whom the changes name as deleted: there is no wait for another read.
func (o *oracle) dismissDeleted(deleted map[string]bool) {
	for _, each := range o.accounts {
		departure := key{owner: each.owner, kind: deactivation}
		isWaiting := o.today < cmp.Or(each.leftOn, o.today)+o.graceDays
		if deleted[each.owner] && each.isActive && !o.neverLeaves(each) && !isWaiting && o.held[departure] == nil {
			each.isActive, each.isOffBySync, each.absences, each.leftOn = false, true, 0, o.today
			each.touch()
			o.made[departure] = true
		}
	}
}

func idsOf(people []*person) (ids []string) {
	for _, p := range people {
		ids = append(ids, p.id)
	}
	return ids
}
