package stage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a child that announces itself with one line of JSON on
// standard output and stops when its standard input is closed.
type process struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	exited chan struct{}
}

// startProcess runs cmd until it has announced itself, and decodes the
// announcement. Standard error goes to the named file, whose end is part of the
// error if the child ends before that. The context limits only the start.
func startProcess(ctx context.Context, cmd *exec.Cmd, stderrFile string, announcement any) (*process, error) {
	stderr, err := os.OpenFile(stderrFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	cmd.Stderr = stderr
	// A separate process group: the server's plugins join it, so that they can be killed with the server,
	// and Ctrl-C in a terminal reaches only this process, which stops the children in order.
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}

	p := &process{cmd: cmd, stdin: stdin, exited: make(chan struct{})}
	if err := p.awaitAnnouncement(ctx, stdout, announcement); err != nil {
		p.kill()
		return nil, fmt.Errorf("start %s: %w\n%s", filepath.Base(cmd.Path), err, tail(stderrFile))
	}
	return p, nil
}

// awaitAnnouncement decodes the first line of the child's output, and then waits for its end.
func (p *process) awaitAnnouncement(ctx context.Context, stdout io.Reader, announcement any) error {
	announced := make(chan error, 1)
	go func() {
		announced <- json.NewDecoder(stdout).Decode(announcement)
		_, _ = io.Copy(io.Discard, stdout)
		_ = p.cmd.Wait() // standard error says how it ended
		close(p.exited)
	}()
	select {
	case err := <-announced:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stop asks the process to end, and kills it if it takes too long.
func (p *process) stop() error {
	const patience = 30 * time.Second
	_ = p.stdin.Close()
	select {
	case <-p.exited:
		p.kill() // what is left of its process group
		return nil
	case <-time.After(patience):
		p.kill()
		return fmt.Errorf("%s did not stop within %s and was killed", filepath.Base(p.cmd.Path), patience)
	}
}

// kill ends the process and all its children immediately, without cleanup.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // an empty group is what we want
	<-p.exited
}

// killAlone ends the process, but not its children. The returned function reports whether its group is empty: zombies, which
// nothing waits for in a container, do not count.
func (p *process) killAlone() (isGone func() bool) {
	group := p.cmd.Process.Pid
	_ = syscall.Kill(group, syscall.SIGKILL)
	return func() bool { return livingIn(group) == 0 }
}

// livingIn counts the living processes of a group. The fields of a process are its ID, its name in parentheses, its state, its
// parent, and its group.
func livingIn(group int) int {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	living := 0
	for _, file := range files {
		content, _ := os.ReadFile(file) // it can have ended meanwhile
		fields := strings.Fields(string(content[bytes.LastIndexByte(content, ')')+1:]))
		if len(fields) > 2 && fields[0] != "Z" && fields[2] == strconv.Itoa(group) {
			living++
		}
	}
	return living
}

// tail returns the last lines of a file, for an error message.
func tail(name string) string {
	const limit = 4 << 10
	content, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	if err != nil {
		return err.Error()
	}
	return string(content[max(0, len(content)-limit):])
}
