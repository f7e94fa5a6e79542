package bench

import (
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// english writes 10000 as 10,000.
var english = message.NewPrinter(language.English)

// Table is the results in Markdown.
func (r *Results) Table() string {
	var table strings.Builder
	row := func(cells ...string) { fmt.Fprintf(&table, "| %s |\n", strings.Join(cells, " | ")) }
	row("what", "measured", "beside it", "result", "goal")
	row("---", "---", "---", "---", "---")
	row(r.unchangedRow()...)
	row(r.importRow()...)
	for _, kind := range []string{"unchanged", "new"} {
		for _, cells := range r.planningRows(kind) {
			row(cells...)
		}
	}
	row("memory of the plugin's process", fmt.Sprintf("%.0f MiB in the import", r.ImportPeak),
		fmt.Sprintf("%.0f MiB in runs without changes", r.UnchangedPeak), mib(max(r.ImportPeak, r.UnchangedPeak)), "≤ 512 MiB")
	return table.String()
}

func (r *Results) unchangedRow() []string {
	run := r.Unchanged[len(r.Unchanged)/2]
	script := r.Script.all(r.People)
	beside := fmt.Sprintf("lookup and patch over REST, one after the other: %s", seconds(script))
	if r.Script.people < r.People {
		beside += english.Sprintf(" (extrapolated from %d people)", r.Script.people)
	}
	return []string{
		english.Sprintf("a run that changes nothing, %d people", r.People), seconds(run), beside,
		fmt.Sprintf("**%.0f × faster**", math.Floor(script.Seconds()/run.Seconds())), "≥ 50 ×",
	}
}

func (r *Results) importRow() []string {
	rate := func(took time.Duration) string {
		return fmt.Sprintf("%s, %.0f a second", seconds(took), float64(r.People)/took.Seconds())
	}
	return []string{
		english.Sprintf("first import of %d single-sign-on accounts", r.People), rate(r.Import), "bare Go loop: " + rate(r.Loop),
		fmt.Sprintf("**%.2f of its rate**", r.Loop.Seconds()/r.Import.Seconds()), "≥ 0.8",
	}
}

func (r *Results) planningRows(kind string) [][]string {
	small, large := r.Planned[kind][0], r.Planned[kind][1]
	name := func(p planned) string { return english.Sprintf("planning alone, %d people, all %s", p.people, kind) }
	took := func(p planned) string {
		return fmt.Sprintf("%.2f s (%.2f s of processor time)", p.seconds, p.cpu)
	}
	return [][]string{
		{name(small), took(small), fmt.Sprintf("peak %s", mib(small.peak)), "", ""},
		{name(large), took(large), fmt.Sprintf("peak %s", mib(large.peak)),
			fmt.Sprintf("**%.1f s, growth %.1f ×, %s**", large.seconds, large.seconds/small.seconds, mib(large.peak)), "≤ 5 s, ≤ 12 ×, ≤ 512 MiB"},
	}
}

func seconds(took time.Duration) string {
	if took < 10*time.Second {
		return fmt.Sprintf("%.2f s", took.Seconds())
	}
	return fmt.Sprintf("%.0f s", took.Seconds())
}

func mib(amount float64) string { return fmt.Sprintf("%.0f MiB", amount) }
