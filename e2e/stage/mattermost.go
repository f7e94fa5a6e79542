package stage

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// MattermostOptions configures a server.
type MattermostOptions struct {
	// DSN is its PostgreSQL database.
	DSN string
	// Dir holds configuration, plugins, files and log. Required.
	Dir string
	// Subpath is the subpath of the server, such as "/chat". "" is the root.
	Subpath string
	// ClientDir is an unpacked official web client to serve. "" serves none.
	ClientDir string
	// Licensed gives the server the test license of its module. Without it, the server stops at 250 users.
	Licensed bool
	// CAPEM is a certificate authority that the server and its plugins trust in addition to those of the system.
	CAPEM []byte
	// Env is added to the environment, as "name=value".
	Env []string
	// Release is the version of Mattermost to run. The zero value is the newest.
	Release Release
}

// Mattermost is a server that can be killed and restarted.
type Mattermost struct {
	// URL is its address with the subpath, without a trailing slash. It does not change when the server restarts.
	URL string
	// Admin is the first system administrator, signed in. The session survives restarts.
	Admin *Account

	options    MattermostOptions
	executable string
	process    *process
}

// StartMattermost starts a server on an empty database and creates its administrator.
func StartMattermost(ctx context.Context, options MattermostOptions) (*Mattermost, error) {
	executable, err := serverExecutable(ctx, options.Release)
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	m := &Mattermost{URL: "http://" + address + options.Subpath, options: options, executable: executable}
	if err := m.Start(ctx); err != nil {
		return nil, err
	}
	if m.Admin, err = m.createAdmin(ctx); err != nil {
		return nil, errors.Join(err, m.Stop())
	}
	return m, nil
}

// Start restarts the server after Kill or Stop, and waits until it accepts requests.
func (m *Mattermost) Start(ctx context.Context) error {
	if m.process != nil {
		return errors.New("the Mattermost server runs already")
	}
	if err := os.MkdirAll(m.options.Dir, 0o755); err != nil {
		return err
	}
	cmd := exec.Command(m.executable, "-data", m.options.Dir, "-site-url", m.URL,
		"-client-dir", m.options.ClientDir, fmt.Sprintf("-licensed=%t", m.options.Licensed))
	cmd.Env = append(cleanEnvironment(os.Environ()), "STAGE_DSN="+m.options.DSN)
	cmd.Env = append(cmd.Env, m.options.Env...)
	if m.options.CAPEM != nil {
		bundle := filepath.Join(m.options.Dir, "authorities.pem")
		if err := writeTrust(bundle, m.options.CAPEM); err != nil {
			return err
		}
		cmd.Env = append(cmd.Env, trustVariable+"="+bundle)
	}
	var announced struct {
		URL string `json:"url"`
	}
	process, err := startProcess(ctx, cmd, filepath.Join(m.options.Dir, "mattermost.stderr"), &announced)
	if err != nil {
		return fmt.Errorf("Mattermost: %w", err)
	}
	m.process = process
	return nil
}

// cleanEnvironment removes variables that would change a server's settings or a
// plugin's credentials.
func cleanEnvironment(environment []string) []string {
	return slices.DeleteFunc(environment, func(variable string) bool {
		return strings.HasPrefix(variable, "MM_") || strings.HasPrefix(variable, "AZURE_")
	})
}

// Kill ends the server and its plugins immediately, like a power failure.
func (m *Mattermost) Kill() {
	if m.process != nil {
		m.process.kill()
		m.process = nil
	}
}

// KillAlone ends the server immediately, but not its plugins, like the kernel when memory runs out. The returned function
// reports whether all of them have ended, too.
func (m *Mattermost) KillAlone() (isGone func() bool) {
	gone := m.process
	m.process = nil
	return gone.killAlone()
}

// Stop shuts the server down.
func (m *Mattermost) Stop() error {
	if m.process == nil {
		return nil
	}
	err := m.process.stop()
	m.process = nil
	return err
}

// Log returns everything that the server and its plugins have logged, as lines of JSON.
func (m *Mattermost) Log() (string, error) {
	content, err := os.ReadFile(filepath.Join(m.options.Dir, "mattermost.log"))
	return string(content), err
}

// Client returns a client without a session.
func (m *Mattermost) Client() *model.Client4 {
	return model.NewAPIv4Client(m.URL)
}

// freeAddress returns an address that is not in use. Its port is below those that systems give to outgoing connections:
// none of these can take it before the server, which needs seconds to start, or while the server is down.
func freeAddress() (string, error) {
	const lowest, highest, tries = 20_000, 32_000, 100
	var failure error
	for range tries {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", lowest+rand.IntN(highest-lowest)))
		if err == nil {
			return listener.Addr().String(), listener.Close()
		}
		failure = err
	}
	return "", failure
}
