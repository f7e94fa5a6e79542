package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// Options configures the scene. The zero value is an empty simulated
// tenant, an unlicensed server at the root of its host, and the plugin from
// dist, which reads that tenant and allows no users.
type Options struct {
	// People are the simulated tenant's user objects in the form that Graph sends.
	People []json.RawMessage
	// Directory is another directory to sync from. No tenant is simulated then.
	Directory *Directory
	// Settings are the plugin's settings other than those for the directory.
	Settings map[string]any
	// Archive is the plugin's archive. "" is the one at BundlePath.
	Archive string
	// Licensed, Subpath, ClientDir and Release are those of MattermostOptions.
	Licensed  bool
	Subpath   string
	ClientDir string
	Release   Release
	// Env is added to the environment of the server and the plugin, as "name=value".
	Env []string
}

// Stage is a running scene. Close it.
type Stage struct {
	Postgres   *Postgres
	Mattermost *Mattermost
	Directory  Directory
	// Tenant is the simulated tenant. It is nil if Options has another directory.
	Tenant *tenant.Server

	dir      string
	closings []func() error
}

// Start starts the whole scene. When it returns, the plugin is running and configured, and no
// sync has started. The context limits only the start.
func Start(ctx context.Context, options Options) (*Stage, error) {
	s := &Stage{}
	if err := s.start(ctx, options); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Stage) start(ctx context.Context, options Options) error {
	archive, err := findArchive(options.Archive)
	if err != nil {
		return err
	}
	if err := s.makeDir(); err != nil {
		return err
	}
	if err := s.openDirectory(options); err != nil {
		return err
	}
	if err := s.startServers(ctx, options); err != nil {
		return err
	}
	return s.installPlugin(ctx, archive, options.Settings)
}

// findArchive runs first, so that a missing build is reported before anything is started.
func findArchive(named string) (string, error) {
	if named == "" {
		return BundlePath()
	}
	_, err := os.Stat(named)
	return named, err
}

func (s *Stage) makeDir() error {
	dir, err := os.MkdirTemp("", "entrasync-stage-")
	if err != nil {
		return err
	}
	s.dir = dir
	s.onClose(func() error { return os.RemoveAll(dir) })
	// As root, the database belongs to another user, which must have access to this directory.
	return os.Chmod(dir, 0o711)
}

func (s *Stage) openDirectory(options Options) error {
	if options.Directory != nil {
		s.Directory = *options.Directory
		return nil
	}
	simulated, err := tenant.Start(tenant.Options{People: options.People, Groups: company.Groups(), Members: company.Members(options.People)})
	if err != nil {
		return fmt.Errorf("start the simulated tenant: %w", err)
	}
	s.onClose(func() error { simulated.Close(); return nil })
	s.Tenant = simulated
	s.Directory = Directory{
		URL:          simulated.URL(),
		CAPEM:        simulated.CAPEM(),
		TenantID:     simulated.TenantID,
		ClientID:     simulated.ClientID,
		ClientSecret: simulated.ClientSecret,
	}
	return nil
}

func (s *Stage) startServers(ctx context.Context, options Options) error {
	postgres, err := StartPostgres(ctx, filepath.Join(s.dir, "postgres"))
	if err != nil {
		return err
	}
	s.onClose(postgres.Close)
	s.Postgres = postgres

	server, err := StartMattermost(ctx, MattermostOptions{
		DSN:       postgres.DSN,
		Dir:       filepath.Join(s.dir, "mattermost"),
		Subpath:   options.Subpath,
		ClientDir: options.ClientDir,
		Licensed:  options.Licensed,
		CAPEM:     s.Directory.CAPEM,
		Env:       options.Env,
		Release:   options.Release,
	})
	if err != nil {
		return err
	}
	s.onClose(server.Stop)
	s.Mattermost = server
	return nil
}

func (s *Stage) installPlugin(ctx context.Context, archive string, more map[string]any) error {
	id, err := s.Mattermost.InstallPlugin(ctx, archive)
	if err != nil {
		return err
	}
	settings := s.Directory.settings()
	maps.Copy(settings, more)
	if err := s.Mattermost.ConfigurePlugin(ctx, id, settings); err != nil {
		return err
	}
	return s.Mattermost.EnablePlugin(ctx, id)
}

func (s *Stage) onClose(closing func() error) {
	s.closings = append(s.closings, closing)
}

// Close stops everything in reverse order and removes all files. A second call does nothing.
func (s *Stage) Close() error {
	var failures []error
	for i := len(s.closings) - 1; i >= 0; i-- {
		failures = append(failures, s.closings[i]())
	}
	s.closings = nil
	return errors.Join(failures...)
}
