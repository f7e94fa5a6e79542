package bench

import (
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// english formats 10000 as 10,000.
var english = message.NewPrinter(language.English)

// Table is the results in Markdown.
func (r *Results) Table() string {
	var table strings.Builder
	row := func(cells ...string) { fmt.Fprintf(&table, "| %s |\n", strings.Join(cells, " | ")) }
	row("What", "Measured", "Compared with", "Result", "Goal")
	row("---", "---", "---", "---", "---")
	row(r.againstScript("Full run without changes", r.Unchanged[len(r.Unchanged)/2], 80)...)
	row(r.againstScript("Incremental run without changes", r.Incremental[len(r.Incremental)/2], 1000)...)
	row(r.againstScript("Full run without changes after every account was updated", r.Compared, 0)...)
	row(r.slowRow()...)
	row(r.importRow()...)
	for _, kind := range kinds {
		for i := range sizes {
			row(r.planningRow(kind, i)...)
		}
	}
	peak := max(r.ImportPeak, r.UnchangedPeak)
	row("Memory of the plugin process", fmt.Sprintf("%.0f MiB in the first import", r.ImportPeak),
		fmt.Sprintf("%.0f MiB in runs without changes", r.UnchangedPeak), fmt.Sprintf("**%s**", mib(peak)), goal("≤ 512 MiB", peak <= 512))
	return table.String()
}

// goal is the cell of a goal. It says so if the goal is missed.
func goal(wanted string, met bool) string {
	if met {
		return wanted
	}
	return wanted + ": **missed**"
}

// againstScript compares a run with the sequential script. With 0 there is no goal.
func (r *Results) againstScript(what string, run time.Duration, times float64) []string {
	script := r.Script.all(r.People)
	compared := fmt.Sprintf("Lookup and patch over REST, one user at a time: %s", seconds(script))
	if r.Script.people < r.People {
		compared += english.Sprintf(" (extrapolated from %d users)", r.Script.people)
	}
	faster := math.Floor(script.Seconds() / run.Seconds())
	wanted := ""
	if times > 0 {
		wanted = goal(english.Sprintf("≥ %.0f ×", times), faster >= times)
	}
	return []string{
		english.Sprintf("%s, %d users", what, r.People), seconds(run), compared,
		english.Sprintf("**%.0f × faster**", faster), wanted,
	}
}

// slowRow compares a run with the bare reading of the same pages, the physical limit.
func (r *Results) slowRow() []string {
	run, pages := r.Slow[len(r.Slow)/2], r.Pages[len(r.Pages)/2]
	times := run.Seconds() / pages.Seconds()
	return []string{
		english.Sprintf("Full run without changes when each page takes %d ms, %d users", pageDelay.Milliseconds(), r.People),
		seconds(run), "Reading the same pages and nothing else: " + seconds(pages),
		fmt.Sprintf("**%.2f times as long**", times), goal("≤ 1.1 ×", times <= 1.1),
	}
}

func (r *Results) importRow() []string {
	rate := func(took time.Duration) string {
		return fmt.Sprintf("%s, %.0f per second", seconds(took), float64(r.People)/took.Seconds())
	}
	share := r.Loop.Seconds() / r.Import.Seconds()
	return []string{
		english.Sprintf("First import of %d single sign-on accounts", r.People), rate(r.Import), "Go loop that only creates accounts: " + rate(r.Loop),
		fmt.Sprintf("**%.2f of its rate**", share), goal("≥ 0.9", share >= 0.9),
	}
}

// kindInWords describes the accounts that planning finds.
var kindInWords = map[string]string{
	"settled": "accounts confirmed by an earlier run", "unchanged": "accounts to compare, no differences", "new": "no accounts yet",
	"listed": "accounts to compare, no differences, policy lists 10,000 users",
}

// planningRow is one point of a curve. The largest size is compared with the goal.
func (r *Results) planningRow(kind string, at int) []string {
	measured := r.Planned[kind][at]
	cells := []string{
		english.Sprintf("Planning only, %d users, %s", measured.people, kindInWords[kind]),
		fmt.Sprintf("%.2f s (%.2f s of processor time)", measured.seconds, measured.cpu), "Peak " + mib(measured.peak), "", "",
	}
	if at == len(sizes)-1 {
		growth := measured.seconds / r.Planned[kind][1].seconds
		cells[3] = fmt.Sprintf("**%.1f s, growth %.1f ×, %s**", measured.seconds, growth, mib(measured.peak))
		cells[4] = goal("≤ 5 s, ≤ 12 ×, ≤ 512 MiB", measured.seconds <= 5 && growth <= 12 && measured.peak <= 512)
		if kind == "listed" {
			share := measured.seconds / r.Planned["unchanged"][at].seconds
			cells[3] = fmt.Sprintf("**%.2f × the time without the list**", share)
			cells[4] = goal("≤ 1.2 ×", share <= 1.2)
		}
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
