package stage

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// ServerVariable names the environment variable with the path of a Mattermost
// server that is already built from e2e/mattermost. It replaces the newest
// release only.
const ServerVariable = "ENTRASYNC_E2E_MATTERMOST"

// Release is a version of Mattermost that the stage can run. Each has a go.mod
// file of its own in e2e/mattermost.
type Release string

// The newest release that is available as a Go module, which is the default, and the oldest one that the plugin supports.
const (
	Newest Release = ""
	Oldest Release = "oldest"
)

// serverExecutable returns the path of the Mattermost server, and builds it
// if it is missing or out of date. The first build takes minutes.
func serverExecutable(ctx context.Context, release Release) (string, error) {
	if built := os.Getenv(ServerVariable); built != "" && release == Newest {
		return filepath.Abs(built)
	}
	dir := filepath.Join(sourceDir(), ".build")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	name, modFile := "mattermost", "go.mod"
	if release != Newest {
		name, modFile = name+"-"+string(release), string(release)+".mod"
	}
	unlock, err := lockFile(filepath.Join(dir, name+".lock"))
	if err != nil {
		return "", err
	}
	defer unlock()

	executable := filepath.Join(dir, name)
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath=false", "-modfile", modFile, "-o", executable, ".")
	cmd.Dir = filepath.Join(sourceDir(), "mattermost")
	if output, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the Mattermost server with %s: %w\n%s", modFile, err, output)
	}
	return executable, nil
}

// lockFile prevents the tests of several packages, which run at the same time,
// from building the server twice.
func lockFile(name string) (unlock func(), err error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	return func() { _ = file.Close() }, nil
}

// sourceDir is the directory of the e2e module.
func sourceDir() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(file))
}
