package bench

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// process is a running plugin.
type process string

// findPlugin finds the plugin's process: a child of the server, which is a child of this process. Linux only.
func findPlugin() (process, error) {
	executables, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		return "", err
	}
	for _, link := range executables {
		executable, err := os.Readlink(link)
		found := process(filepath.Dir(link))
		if err != nil || !strings.Contains(executable, "/"+stage.PluginID+"/server/dist/") {
			continue // the process has ended, or belongs to another user
		}
		server, err := found.status("PPid")
		if err != nil {
			continue
		}
		parent, err := process(fmt.Sprintf("/proc/%d", server)).status("PPid")
		if err == nil && parent == os.Getpid() {
			return found, nil
		}
	}
	return "", errors.New("the plugin's process is not among the running ones")
}

// forgetPeak resets the peak.
func (p process) forgetPeak() error {
	return os.WriteFile(filepath.Join(string(p), "clear_refs"), []byte("5"), 0)
}

// peak is the maximum physical memory of the process, in MiB.
func (p process) peak() (float64, error) {
	kib, err := p.status("VmHWM")
	return float64(kib) / 1024, err
}

// status is one number of /proc/<pid>/status.
func (p process) status(name string) (int, error) {
	content, err := os.ReadFile(filepath.Join(string(p), "status"))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(content)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), " kB")))
		}
	}
	return 0, fmt.Errorf("%s tells no %s", p, name)
}
