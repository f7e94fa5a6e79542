package days

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// pollInterval is the pause between two looks at a run.
const pollInterval = 50 * time.Millisecond

// line is a held change as the plugin lists it.
type line struct {
	Seq      int    `json:"seq"`
	ObjectID string `json:"object_id"`
	Action   string `json:"action"`
	Reason   string `json:"reason"`
	Params   struct {
		Kind string `json:"target_kind"`
		ID   string `json:"target_id"`
		Name string `json:"target_name"`
	} `json:"reason_params"`
}

func (l line) key() key {
	kinds := map[string]kind{
		"create": creation, "reactivate": reactivation, "deactivate": deactivation, "email_changed": address,
		"username_changed": username, "fields_emptied": emptied, "leave": leaving, "demote": demotion,
	}
	for _, name := range []string{l.Action, l.Reason} {
		if kind, isKnown := kinds[name]; isKnown {
			return key{l.ObjectID, kind, l.Params.ID}
		}
	}
	return key{owner: l.ObjectID, kind: fields}
}

// lines are the lines of a run with this status, without those that only inform.
func (p *play) lines(ctx context.Context, runID, status string) ([]line, error) {
	var list struct {
		Changes []line `json:"changes"`
	}
	err := p.stage.Mattermost.Admin.CallPlugin(ctx, http.MethodGet, "/runs/"+runID+"/changes?status="+status+"&per_page=1000", nil, &list)
	return slices.DeleteFunc(list.Changes, func(each line) bool { return each.Action == "skip" || each.Action == "conflict" }), err
}

// checkHeld compares what a run holds.
func (p *play) checkHeld(ctx context.Context, run *stage.Run, held map[key]*heldChange) error {
	if run.State != "held" || p.isShrunk {
		return nil
	}
	lines, err := p.lines(ctx, run.ID, "held")
	if err != nil {
		return err
	}
	return compareLines("hold", textsOf(slices.Collect(maps.Keys(held))), lines)
}

func compareLines(what string, want []string, lines []line) error {
	var got []key
	for _, each := range lines {
		got = append(got, each.key())
	}
	if texts := textsOf(got); !slices.Equal(want, texts) {
		return fmt.Errorf("the run should %s\n%s\nnot\n%s", what, strings.Join(want, "\n"), strings.Join(texts, "\n"))
	}
	return nil
}

func textsOf(keys []key) (texts []string) {
	for _, each := range keys {
		texts = append(texts, each.String())
	}
	slices.Sort(texts)
	return texts
}

// decideHeld makes an administrator approve or discard what the last run held, all or some of it, on some days. Before that, the
// directory may have changed.
func (p *play) decideHeld(ctx context.Context, rng *rand.Rand) error {
	dice := rng.IntN(6)
	if len(p.oracle.held) == 0 || dice < 2 {
		return nil
	}
	for _, happen := range []func(*company, *rand.Rand){(*company).enable, (*company).restore, (*company).rename, (*company).disable, (*company).work} {
		if rng.IntN(4) == 0 {
			happen(p.company, rng)
		}
	}
	held, err := p.newestRun(ctx)
	if err != nil {
		return err
	}
	lines, err := p.lines(ctx, held.ID, "held")
	if err != nil {
		return err
	}
	isNamed := rng.IntN(2) == 0
	chosen, seqs := p.choose(rng, lines, isNamed)
	var body any
	if isNamed {
		body = map[string]any{"changes": seqs}
	}
	if len(chosen) == 0 {
		return p.run(ctx, p.company.present()) // every change needs an approval of its own
	}
	if dice == 2 {
		return p.discard(ctx, held.ID, isNamed, body, chosen, lines)
	}
	return p.approve(ctx, held.ID, body, chosen)
}

// choose returns some of the held changes or, if they are not to be named, those that need no approval of their own.
func (p *play) choose(rng *rand.Rand, lines []line, isNamed bool) (chosen []key, seqs []int) {
	for _, each := range lines {
		isChosen := rng.IntN(3) > 0
		if !isNamed {
			isChosen = !p.oracle.held[each.key()].needsName
		}
		if isChosen {
			chosen, seqs = append(chosen, each.key()), append(seqs, each.Seq)
		}
	}
	return chosen, seqs
}

func (p *play) discard(ctx context.Context, runID string, isNamed bool, body any, chosen []key, lines []line) error {
	if !isNamed {
		chosen = nil
		for _, each := range lines {
			chosen = append(chosen, each.key())
		}
	}
	if err := p.stage.Mattermost.Admin.CallPlugin(ctx, http.MethodPost, "/runs/"+runID+"/discard", body, nil); err != nil {
		return err
	}
	p.company.note("discarded: %d of %d changes", len(chosen), len(lines))
	p.tally["changes discarded"] += len(chosen)
	p.oracle.discard(chosen)
	return p.run(ctx, p.company.present())
}

func (p *play) approve(ctx context.Context, runID string, body any, chosen []key) error {
	p.company.note("approved: %v", chosen)
	p.tally["changes approved"] += len(chosen)
	err := p.applyApproved(ctx, runID, body, chosen, func(seen []*person) { p.oracle.approve(chosen, seen) })
	if err != nil {
		return err
	}
	return p.run(ctx, p.company.present())
}

// applyApproved approves changes of a run, waits for the run that makes them, and compares the accounts with the oracle after
// `foresee`.
func (p *play) applyApproved(ctx context.Context, runID string, body any, chosen []key, foresee func(seen []*person)) error {
	accounts, err := p.readAccounts(ctx)
	if err != nil {
		return err
	}
	run, err := p.start(ctx, "/runs/"+runID+"/approve", body)
	if err != nil {
		return err
	}
	before := p.oracle.addresses()
	foresee(p.staff(p.company.present()))
	p.hasMoved = p.hasMoved || p.oracle.haveMoved(before)
	named := map[string]bool{}
	for _, each := range chosen {
		named[each.owner] = body != nil
	}
	return p.check(ctx, fmt.Sprintf("after the approval %s", run.Raw), accounts, named)
}

// start starts a run by a request and waits until it ends.
func (p *play) start(ctx context.Context, route string, body any) (*stage.Run, error) {
	admin, run := p.stage.Mattermost.Admin, &stage.Run{}
	if err := admin.CallPlugin(ctx, http.MethodPost, route, body, run); err != nil {
		return nil, err
	}
	for run.State == "running" {
		time.Sleep(pollInterval)
		id := run.ID
		run = &stage.Run{}
		if err := admin.CallPlugin(ctx, http.MethodGet, "/runs/"+id, nil, run); err != nil {
			return nil, err
		}
	}
	return run, nil
}
