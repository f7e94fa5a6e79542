package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// planned is one measurement of planning only, from BenchmarkPlanning in server/engine.
type planned struct {
	people  int
	seconds float64
	// cpu is processor time, including garbage collection on other cores. On a busy machine it is more accurate than seconds.
	cpu float64
	// peak is the peak memory of the process, in MiB.
	peak float64
}

// planner is the compiled benchmark.
type planner struct{ executable, dir string }

// buildPlanner compiles the benchmark into dir.
func buildPlanner(ctx context.Context, server, dir string) (planner, error) {
	p := planner{executable: filepath.Join(dir, "planning.test"), dir: filepath.Join(server, "engine")}
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-o", p.executable, "./engine")
	cmd.Dir = server
	if output, err := cmd.CombinedOutput(); err != nil {
		return p, fmt.Errorf("build the planning benchmark: %w\n%s", err, output)
	}
	return p, nil
}

// plan measures in a separate process, so that the peak memory belongs to this measurement. `kind` is one of kinds.
func (p planner) plan(ctx context.Context, kind string, people int) (planned, error) {
	pattern := fmt.Sprintf("^BenchmarkPlanning$/^%s$", kind)
	cmd := exec.CommandContext(ctx, p.executable, "-test.run", "^$", "-test.bench", pattern, "-test.benchtime", "1x")
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("PLANNING_PEOPLE=%d", people))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	if err != nil {
		return planned{}, fmt.Errorf("planning benchmark: %w\n%s%s", err, output, stderr.Bytes())
	}
	metrics, err := readMetrics(output)
	if err != nil {
		return planned{}, err
	}
	return planned{people: people, seconds: metrics["ns/op"] / 1e9, cpu: metrics["cpu-s"], peak: metrics["peak-MiB"]}, nil
}

// readMetrics reads the first result of `go test -bench`: a name, a count, and values with their units.
func readMetrics(output []byte) (map[string]float64, error) {
	lines := bufio.NewScanner(bytes.NewReader(output))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		metrics := map[string]float64{}
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, fmt.Errorf("planning benchmark: %w", err)
			}
			metrics[fields[i+1]] = value
		}
		return metrics, nil
	}
	return nil, errors.Join(errors.New("the planning benchmark measured nothing"), lines.Err())
}
