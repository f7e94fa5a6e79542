package days

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// play is the company with its server and the oracle.
type play struct {
	stage    *stage.Stage
	seed     uint64
	company  *company
	oracle   *oracle
	handmade int

	diaries  [][]string // of all days so far
	hasMoved bool       // whether an address has moved today
	isShrunk bool       // whether the last run read too few users to be believed
	tally    map[string]int
}

// repeatEvery is how often a day's last run is repeated immediately to check that it changes nothing.
const repeatEvery = 5

// playDay plays one day and returns the differences between the server and the oracle.
func (p *play) playDay(ctx context.Context, number int) error {
	rng := rand.New(rand.NewPCG(p.seed, uint64(number)))
	p.company.diary, p.hasMoved = nil, false
	defer func() { p.diaries = append(p.diaries, p.company.diary) }()
	if err := p.sleep(ctx, rng); err != nil {
		return err
	}
	trouble := planTrouble(rng)
	if err := p.company.clear(); err != nil {
		return err
	}
	p.company.liveOrCrowd(rng)
	if p.oracle.hasLinks() {
		if err := p.company.fog(rng); err != nil {
			return err
		}
	}
	if err := p.meddle(ctx, rng); err != nil {
		return err
	}
	if err := p.meddleWithRooms(ctx, rng); err != nil {
		return err
	}
	if err := p.editRules(ctx, rng); err != nil {
		return err
	}
	if err := p.runForSome(ctx, rng); err != nil {
		return err
	}
	if err := p.previewAndApply(ctx, rng); err != nil {
		return err
	}
	if err := p.runInTrouble(ctx, rng, trouble); err != nil {
		return err
	}
	if err := p.decideHeld(ctx, rng); err != nil {
		return err
	}
	if err := p.settle(ctx); err != nil {
		return err
	}
	if number%repeatEvery == 0 {
		return p.repeat(ctx)
	}
	return nil
}

// liveOrCrowd plays an ordinary day, or one on which many users do the same.
func (c *company) liveOrCrowd(rng *rand.Rand) {
	switch rng.IntN(30) {
	case 0:
		c.leaveInCrowds(rng)
	case 1:
		c.moveToAnotherDomain(rng)
	case 2, 3:
		c.comeBackInCrowds(rng)
	default:
		c.live(rng)
	}
	c.liveInGroups(rng)
}

// runInTrouble plays the day's run with its faults and, after faults, a second one without.
func (p *play) runInTrouble(ctx context.Context, rng *rand.Rand, t trouble) error {
	if p.company.isBlind && (t.lostPage >= 0 || t.shown < 1) {
		t = trouble{lostPage: -1, shown: 1} // a read in which all values are null is repeated
	}
	if t.crash != noCrash && p.isCrowdDue() {
		t.crash = noCrash // the progress of a killed run would decide what the next run holds
	}
	if !t.isAny() && p.oracle.follows && p.isForIncremental(p.oracle.clone()) {
		return p.runIncrementally(ctx, rng)
	}
	if !t.isAny() {
		return p.run(ctx, p.company.present())
	}
	p.company.note("trouble: %+v", t)
	p.tally["days with trouble"]++
	if t.crash != noCrash {
		return p.runIntoCrash(ctx, t)
	}
	seen := p.withMembers(t.seen(p.company, rng))
	if t.shown < 1 {
		if err := p.company.publish(seen); err != nil {
			return err
		}
	}
	if err := p.runWithFaults(ctx, seen, t); err != nil {
		return err
	}
	if t.shown < 1 {
		if err := p.company.publish(p.company.present()); err != nil {
			return err
		}
	}
	if t.hidesMembers || t.hidesNames {
		p.tally["days without groups"]++
	}
	return p.run(ctx, p.company.present())
}

func (p *play) runWithFaults(ctx context.Context, seen []*person, t trouble) error {
	defer p.stage.Tenant.Faults.Clear()
	for _, fault := range t.faults {
		if err := p.stage.Tenant.Faults.Set(fault); err != nil {
			return err
		}
	}
	if !t.isFatal {
		p.oracle.isBlindForMembers, p.oracle.isBlindForNames = t.hidesMembers, t.hidesNames
		defer func() { p.oracle.isBlindForMembers, p.oracle.isBlindForNames = false, false }()
		return p.run(ctx, seen)
	}
	run, err := p.sync(ctx)
	if err != nil {
		return err
	}
	if run.State != "failed" {
		return fmt.Errorf("a run that cannot read the directory ended as %s: %s", run.State, run.Raw)
	}
	p.tally["runs failed"]++
	return p.check(ctx, "after a run that failed", nil, nil)
}

// withMembers adds the users whom the list lacks and a group in a condition has: a run asks for them by ID.
func (p *play) withMembers(listed []*person) []*person {
	isNamed := func(who *person) bool {
		return slices.ContainsFunc(p.oracle.inForce(), func(each *memberRule) bool {
			isIn := func(g *group) bool { return g.contains(who) }
			return each.isSeoul && slices.ContainsFunc(each.groups, isIn)
		})
	}
	return slices.DeleteFunc(p.company.present(), func(who *person) bool { return !slices.Contains(listed, who) && !isNamed(who) })
}

// has reports which users the directory returns by ID.
func (c *company) has(id string) bool {
	return slices.ContainsFunc(c.tenant.People(), func(raw json.RawMessage) bool { return strings.Contains(string(raw), id) })
}

// run plays a run that reads `seen`, and checks it.
func (p *play) run(ctx context.Context, seen []*person) error {
	before, err := p.readAccounts(ctx)
	if err != nil {
		return err
	}
	run, err := p.sync(ctx)
	if err != nil {
		return err
	}
	told := p.foresee(seen)
	if len(seen) == len(p.company.present()) && !p.isShrunk {
		p.company.settle()
	}
	if err := p.check(ctx, fmt.Sprintf("after run %s", run.Raw), before, nil); err != nil {
		return err
	}
	if got := predictionOf(run); got != told {
		return fmt.Errorf("the run should say %+v of itself, not %+v: %s", told, got, run.Raw)
	}
	if err := p.checkTold(ctx, run); err != nil {
		return err
	}
	return p.checkHeld(ctx, run, p.oracle.heldNow)
}

// foresee makes the oracle predict a run that reads `seen`.
func (p *play) foresee(seen []*person) prediction {
	before := p.oracle.addresses()
	p.isShrunk = p.oracle.isShrunk(p.staff(seen), p.oracle.countLinked())
	told := p.oracle.run(p.staff(seen), p.company.has)
	p.hasMoved = p.hasMoved || p.oracle.haveMoved(before)
	p.tally["runs "+told.state]++
	p.tally["accounts created"] += told.created
	p.tally["accounts deactivated"] += told.deactivated
	p.tally["accounts reactivated"] += told.reactivated
	p.tally["changes of accounts"] += told.updated
	p.tally["joins"] += told.joined
	p.tally["leaves"] += told.left
	p.tally["promotions"] += told.promoted
	p.tally["demotions"] += told.demoted
	return told
}

// settle allows another run on a day on which an address has moved: a user who gets an account with an address that another
// account lost in the last run may have to wait for the next one. After that, nothing must be left to do.
func (p *play) settle(ctx context.Context) error {
	left := p.ahead()
	if left.isSettled() {
		return nil
	}
	if !p.hasMoved {
		return fmt.Errorf("no address has moved, and yet another run is needed: %+v", left)
	}
	p.tally["days that needed one more run"]++
	p.company.note("one more run, because addresses have moved")
	if err := p.run(ctx, p.company.present()); err != nil {
		return err
	}
	if left = p.ahead(); !left.isSettled() {
		return fmt.Errorf("one more run was not enough: %+v", left)
	}
	return nil
}

// ahead is what another run would do.
func (p *play) ahead() prediction {
	return p.oracle.clone().run(p.staff(p.company.present()), p.company.has)
}

// repeat runs again immediately. Nothing is left to do.
func (p *play) repeat(ctx context.Context) error {
	if told := p.ahead(); !told.isSettled() {
		return fmt.Errorf("the day has left something to do: %+v", told)
	}
	return p.run(ctx, p.company.present())
}

// staff excludes visitors, who never get an account, so that the oracle does not process them.
func (p *play) staff(people []*person) []*person {
	return slices.DeleteFunc(slices.Clone(people), func(each *person) bool { return isVisitor(each) })
}

func (p *play) sync(ctx context.Context) (*stage.Run, error) {
	return p.stage.Mattermost.Admin.Sync(ctx, stage.ModeApply)
}

// check compares the accounts with the oracle and with what they were before the run. `named` are the users of whom a change was
// approved by name.
func (p *play) check(ctx context.Context, when string, before []row, named map[string]bool) error {
	rows, err := p.readAccounts(ctx)
	if err != nil {
		return err
	}
	if found := p.oracle.differences(rows); len(found) > 0 {
		found = append(found, p.oracle.heldLines()...)
		return fmt.Errorf("%s:\n%s", when, strings.Join(found, "\n"))
	}
	if err := p.checkInvariants(ctx, before, rows, named); err != nil {
		return fmt.Errorf("%s: %w", when, err)
	}
	if err := p.checkRooms(ctx); err != nil {
		return fmt.Errorf("%s: %w", when, err)
	}
	return nil
}
