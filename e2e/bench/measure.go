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

// Options configures what is measured.
type Options struct {
	// People is the size of the directory. Planning is also measured with a tenth, five times, and ten times as many users.
	People int
	// Patience is when the sequential script is stopped. The rest is extrapolated.
	Patience time.Duration
	// Server is the directory of the plugin's Go module.
	Server string
	// Say reports progress.
	Say func(format string, args ...any)
}

// Results are all measurements of one bench.
type Results struct {
	People int

	// Import is the first import, and Loop the same accounts created by the reference loop.
	Import, Loop time.Duration
	ImportPeak   float64

	// Unchanged are full runs without changes, and Incremental incremental runs without changes. Script is the
	// sequential script after them. It updates every account, so Compared is a run that must compare all of them again.
	Unchanged, Incremental []time.Duration
	UnchangedPeak          float64
	Script                 scripted

	// Slow are full runs without changes while each page took pageDelay, and Pages only reading the same pages.
	Slow, Pages []time.Duration
	Compared    time.Duration

	// Planned is planning by kind, for each of sizes.
	Planned map[string][]planned
}

// unchangedRuns is the number of runs without changes. The result is their median.
const unchangedRuns = 3

// kinds are what planning finds: accounts confirmed by an earlier run, accounts to compare, the same with a policy that lists
// 10,000 users, or no accounts.
var kinds = []string{"settled", "unchanged", "listed", "new"}

// sizes are the points of the growth curve, in tenths of Options.People.
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
			options.Say("Planning %d users, all %s", people, kind)
			measured, err := planner.plan(ctx, kind, people)
			if err != nil {
				return err
			}
			r.Planned[kind] = append(r.Planned[kind], measured)
		}
	}
	return nil
}

// measureRuns measures on real servers: the import and the reference loop, then runs without changes before and after
// the script.
func (r *Results) measureRuns(ctx context.Context, options Options) (err error) {
	options.Say("Starting a Mattermost server with the plugin and a tenant with %d users", r.People)
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
	options.Say("The same accounts with the reference loop on a new server")
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
		options.Say("Full run %d of %d without changes", i+1, unchangedRuns)
		took, err := sync(ctx, scene, "full", "unchanged", r.People)
		if err != nil {
			return err
		}
		r.Unchanged = append(r.Unchanged, took)
	}
	if err := r.measureSlowPages(ctx, options, scene); err != nil {
		return err
	}
	options.Say("The first incremental run, which reads all users and stores where changes continue")
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
