package bench

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReplace(t *testing.T) {
	for name, test := range map[string]struct{ before, after string }{
		"between the markers only": {"a <!-- bench -->\nold\n<!-- /bench --> b", "a <!-- bench -->\nnew\n<!-- /bench --> b"},
		"where there was nothing":  {"<!-- bench --><!-- /bench -->", "<!-- bench -->\nnew\n<!-- /bench -->"},
		"nothing without markers":  {"no table here", "no table here"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "page.md")
			if err := os.WriteFile(file, []byte(test.before), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := Replace(file, "new\n"); err != nil {
				t.Fatal(err)
			}
			if after, _ := os.ReadFile(file); string(after) != test.after {
				t.Errorf("got %q, want %q", after, test.after)
			}
		})
	}
	if err := Replace(filepath.Join(t.TempDir(), "none.md"), "new\n"); err != nil {
		t.Errorf("a file that does not exist: %v", err)
	}
	half := filepath.Join(t.TempDir(), "half.md")
	if err := os.WriteFile(half, []byte("<!-- bench --> no end"), 0o600); err != nil {
		t.Fatal(err)
	}
	if Replace(half, "new\n") == nil {
		t.Error("a marker without its end was accepted")
	}
}

func TestReadMetrics(t *testing.T) {
	metrics, err := readMetrics([]byte("goos: linux\nBenchmarkPlanning/new-2 \t 1\t1224255556 ns/op\t 1.5 cpu-s\t 49.25 peak-MiB\nPASS\n"))
	if err != nil || metrics["ns/op"] != 1224255556 || metrics["cpu-s"] != 1.5 || metrics["peak-MiB"] != 49.25 {
		t.Errorf("got %v, %v", metrics, err)
	}
	if _, err := readMetrics([]byte("PASS\n")); err == nil {
		t.Error("no result is no error")
	}
	if _, err := readMetrics([]byte("BenchmarkPlanning 1 fast ns/op\n")); err == nil {
		t.Error("a value that is no number is no error")
	}
}
