// Command bench measures the plugin (`make bench`) and prints the results as a Markdown table on standard output, and
// everything else on standard error. Run it in the e2e directory after `make dist-host`.
//
// BENCH_USERS is the size of the directory, 10,000 by default. Use 1000 for a quick check. With -write, it also replaces
// the tables in the documents.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/bench"
)

const (
	peopleVariable = "BENCH_USERS"
	defaultPeople  = 10_000

	// patience is how long the sequential script runs before the rest is extrapolated.
	patience = 3 * time.Minute
)

// documents have the table between markers. Paths are relative to the repository.
var documents = []string{"docs/performance.md", "README.md"}

func main() {
	write := flag.Bool("write", false, "also replace the tables in the documents")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx, *write); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, write bool) error {
	people := defaultPeople
	if wanted := os.Getenv(peopleVariable); wanted != "" {
		var err error
		if people, err = strconv.Atoi(wanted); err != nil || people < 1 {
			return fmt.Errorf("%s is %q, want a number of people", peopleVariable, wanted)
		}
	}
	results, err := bench.Measure(ctx, bench.Options{
		People:   people,
		Patience: patience,
		Server:   filepath.Join("..", "server"),
		Say: func(format string, args ...any) {
			fmt.Fprintf(os.Stderr, "%s %s\n", time.Now().Format(time.TimeOnly), fmt.Sprintf(format, args...))
		},
	})
	if err != nil {
		return err
	}
	fmt.Print(results.Table())
	if !write {
		return nil
	}
	for _, document := range documents {
		if err := bench.Replace(filepath.Join("..", document), results.Table()); err != nil {
			return err
		}
	}
	return nil
}
