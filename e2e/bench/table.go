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
	row(r.againstScript("a run that changes nothing", r.Unchanged[len(r.Unchanged)/2], 50)...)
	row(r.againstScript("an incremental run without changes", r.Incremental[len(r.Incremental)/2], 500)...)
	row(r.againstScript("a run after somebody has touched every account", r.Compared, 0)...)
	row(r.importRow()...)
	for _, kind := range kinds {
		for i := range sizes {
			row(r.planningRow(kind, i)...)
		}
	}
	row("memory of the plugin's process", fmt.Sprintf("%.0f MiB in the import", r.ImportPeak),
		fmt.Sprintf("%.0f MiB in runs without changes", r.UnchangedPeak), mib(max(r.ImportPeak, r.UnchangedPeak)), "≤ 512 MiB")
	return table.String()
}

// againstScript sets a run beside the sequential script; a goal of 0 is none.
func (r *Results) againstScript(what string, run time.Duration, goal int) []string {
	script := r.Script.all(r.People)
	beside := fmt.Sprintf("lookup and patch over REST, one after the other: %s", seconds(script))
	if r.Script.people < r.People {
		beside += english.Sprintf(" (extrapolated from %d people)", r.Script.people)
	}
	wanted := ""
	if goal > 0 {
		wanted = fmt.Sprintf("≥ %d ×", goal)
	}
	return []string{
		english.Sprintf("%s, %d people", what, r.People), seconds(run), beside,
		fmt.Sprintf("**%.0f × faster**", math.Floor(script.Seconds()/run.Seconds())), wanted,
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

// kindInWords says what planning finds.
var kindInWords = map[string]string{
	"settled": "accounts confirmed by an earlier run", "unchanged": "accounts to be compared, all right", "new": "no accounts yet",
}

// planningRow is one point of a curve; the largest is held against the goal.
func (r *Results) planningRow(kind string, at int) []string {
	measured := r.Planned[kind][at]
	cells := []string{
		english.Sprintf("planning alone, %d people, %s", measured.people, kindInWords[kind]),
		fmt.Sprintf("%.2f s (%.2f s of processor time)", measured.seconds, measured.cpu), "peak " + mib(measured.peak), "", "",
	}
	if at == len(sizes)-1 {
		growth := measured.seconds / r.Planned[kind][1].seconds
		cells[3] = fmt.Sprintf("**%.1f s, growth %.1f ×, %s**", measured.seconds, growth, mib(measured.peak))
		cells[4] = "≤ 5 s, ≤ 12 ×, ≤ 512 MiB"
	}
	return cells
}

func seconds(took time.Duration) string {
	if took < 10*time.Second {
		return fmt.Sprintf("%.2f s", took.Seconds())
	}
	return fmt.Sprintf("%.0f s", took.Seconds())
}

func mib(amount float64) string { return fmt.Sprintf("%.0f MiB", amount) }
