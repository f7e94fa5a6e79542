package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// Options say what is measured.
type Options struct {
	// People is the size of the directory; planning is measured with a tenth, five and ten times as many, too.
	People int
	// Patience ends the sequential script; what it would have needed for the others is extrapolated then.
	Patience time.Duration
	// Server is the directory of the plugin's Go module.
	Server string
	// Say tells a person what is being done.
	Say func(format string, args ...any)
}

// Results are all measurements of one bench.
type Results struct {
	People int

	// Import is the first import, and Loop the same accounts made by the bare loop.
	Import, Loop time.Duration
	ImportPeak   float64

	// Unchanged are runs that found nothing to change, and Incremental those that only asked what has changed; Script is the
	// sequential script after them. It touches every account, so Compared is a run that has to look at each of them again.
	Unchanged, Incremental []time.Duration
	UnchangedPeak          float64
	Script                 scripted

	// Slow are runs that found nothing to change while each page took pageDelay, and Pages the bare reading of the same pages.
	Slow, Pages []time.Duration
	Compared    time.Duration

	// Planned is planning by kind, for each of sizes times as many people.
	Planned map[string][]planned
}

// unchangedRuns is how many runs that change nothing are measured; their median counts.
const unchangedRuns = 3

// kinds are what planning finds: accounts that an earlier run has confirmed, accounts that it must compare, the same under a policy
// that lists 10,000 users, and no accounts.
var kinds = []string{"settled", "unchanged", "listed", "new"}

// sizes are the points of the growth curves, in tenths of Options.People.
var sizes = []int{1, 10, 50, 100}

// Measure takes all measurements, one after the other. It takes minutes.
func Measure(ctx context.Context, options Options) (*Results, error) {
	results := &Results{People: options.People, Planned: map[string][]planned{}}
	if err := results.measurePlanning(ctx, options); err != nil {
		return nil, err
	}
	if err := results.measureRuns(ctx, options); err != nil {
		return nil, err
	}
	return results, nil
}

func (r *Results) measurePlanning(ctx context.Context, options Options) (err error) {
	dir, err := os.MkdirTemp("", "entrasync-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	planner, err := buildPlanner(ctx, options.Server, dir)
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		for _, tenths := range sizes {
			people := options.People * tenths / 10
			options.Say("Planning %d people, all %s", people, kind)
			measured, err := planner.plan(ctx, kind, people)
			if err != nil {
				return err
			}
			r.Planned[kind] = append(r.Planned[kind], measured)
		}
	}
	return nil
}

// measureRuns measures on real servers: the import and right after it the bare loop, then runs without changes around
// the script.
func (r *Results) measureRuns(ctx context.Context, options Options) (err error) {
	options.Say("Starting a Mattermost server with the plugin and a tenant of %d people", r.People)
	scene, err := openScene(ctx, r.People)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scene.Close()) }()
	plugin, err := findPlugin()
	if err != nil {
		return err
	}
	if err := r.measureImport(ctx, options, scene, plugin); err != nil {
		return err
	}
	return r.measureUnchanged(ctx, options, scene, plugin)
}

func (r *Results) measureImport(ctx context.Context, options Options, scene *stage.Stage, plugin process) (err error) {
	options.Say("First import")
	if r.Import, err = sync(ctx, scene, "full", "created", r.People); err != nil {
		return err
	}
	if r.ImportPeak, err = plugin.peak(); err != nil {
		return err
	}
	accounts, err := readAccounts(ctx, scene.Postgres.DB)
	if err != nil {
		return err
	}
	if len(accounts) != r.People {
		return fmt.Errorf("the import made %d accounts, want %d", len(accounts), r.People)
	}
	options.Say("The same accounts by a bare loop on a fresh server")
	r.Loop, err = runLoop(ctx, accounts)
	return err
}

func (r *Results) measureUnchanged(ctx context.Context, options Options, scene *stage.Stage, plugin process) error {
	accounts, err := readAccounts(ctx, scene.Postgres.DB)
	if err != nil {
		return err
	}
	if err := plugin.forgetPeak(); err != nil {
		return err
	}
	for i := range unchangedRuns {
		options.Say("Run %d of %d that changes nothing", i+1, unchangedRuns)
		took, err := sync(ctx, scene, "full", "unchanged", r.People)
		if err != nil {
			return err
		}
		r.Unchanged = append(r.Unchanged, took)
	}
	if err := r.measureSlowPages(ctx, options, scene); err != nil {
		return err
	}
	options.Say("The first incremental run, which reads everybody and notes where changes go on")
	if _, err := sync(ctx, scene, "incremental", "unchanged", r.People); err != nil {
		return err
	}
	for i := range unchangedRuns {
		options.Say("Incremental run %d of %d", i+1, unchangedRuns)
		took, err := sync(ctx, scene, "incremental", "directory", 0)
		if err != nil {
			return err
		}
		r.Incremental = append(r.Incremental, took)
	}
	options.Say("The sequential script over REST")
	if r.Script, err = runScript(ctx, scene.Mattermost.Admin.Client, accounts, options.Patience); err != nil {
		return err
	}
	options.Say("A run that compares every account")
	if r.Compared, err = sync(ctx, scene, "full", "unchanged", r.People); err != nil {
		return err
	}
	slices.Sort(r.Incremental)
	slices.Sort(r.Unchanged)
	r.UnchangedPeak, err = plugin.peak()
	return err
}

// measureSlowPages reads a directory that takes as long as the real one, by turns with and without the plugin.
func (r *Results) measureSlowPages(ctx context.Context, options Options, scene *stage.Stage) error {
	if err := scene.Tenant.Faults.Set(slowPages); err != nil {
		return err
	}
	defer scene.Tenant.Faults.Remove(slowPages.ID)
	for i := range unchangedRuns {
		options.Say("Run %d of %d with slow pages, and the bare reading of them", i+1, unchangedRuns)
		took, err := sync(ctx, scene, "full", "unchanged", r.People)
		if err != nil {
			return err
		}
		bare, err := readPages(ctx, scene, r.People)
		if err != nil {
			return err
		}
		r.Slow, r.Pages = append(r.Slow, took), append(r.Pages, bare)
	}
	slices.Sort(r.Slow)
	slices.Sort(r.Pages)
	return nil
}
