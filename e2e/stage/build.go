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
// server that was built before, from cmd/mattermost.
const ServerVariable = "ENTRASYNC_E2E_MATTERMOST"

// serverExecutable returns the path of the Mattermost server, which is built
// when it is missing or out of date. The first build takes minutes.
func serverExecutable(ctx context.Context) (string, error) {
	if built := os.Getenv(ServerVariable); built != "" {
		return filepath.Abs(built)
	}
	dir := filepath.Join(sourceDir(), ".build")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	unlock, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return "", err
	}
	defer unlock()

	executable := filepath.Join(dir, "mattermost")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath=false", "-o", executable, "./cmd/mattermost")
	cmd.Dir = sourceDir()
	if output, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the Mattermost server: %w\n%s", err, output)
	}
	return executable, nil
}

// lockFile keeps the tests of several packages, which run at the same time,
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
