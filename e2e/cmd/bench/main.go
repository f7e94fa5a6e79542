// Command bench measures the plugin, as `make bench`, and prints the results as a Markdown table on standard output;
// everything else goes to standard error. It is run in the e2e directory, after `make dist-host`.
//
// BENCH_USERS is the size of the directory, 10,000 by default; 1000 gives a quick look. With -write, the tables in the
// documents are replaced as well.
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

	// patience is how long the sequential script may take before the rest is extrapolated.
	patience = 3 * time.Minute
)

// documents show the table between markers; their names are relative to the repository.
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
