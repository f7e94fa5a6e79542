package stage

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// PluginID is the ID of this repository's plugin.
const PluginID = "entrasync"

// pollInterval is the pause between two polls.
const pollInterval = 100 * time.Millisecond

// BundlePath returns the plugin's archive: the newer one of those that `make
// dist` builds for every platform and `make dist-host` for this machine alone.
func BundlePath() (string, error) {
	root := filepath.Dir(sourceDir())
	content, err := os.ReadFile(filepath.Join(root, "plugin.json"))
	if err != nil {
		return "", err
	}
	var manifest struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		return "", fmt.Errorf("read plugin.json: %w", err)
	}
	name := fmt.Sprintf("%s-%s", PluginID, manifest.Version)
	return newest(
		filepath.Join(root, "dist", name+".tar.gz"),
		filepath.Join(root, "dist", fmt.Sprintf("%s-%s-%s.tar.gz", name, runtime.GOOS, runtime.GOARCH)),
	)
}

func newest(files ...string) (string, error) {
	var found string
	var changed time.Time
	for _, file := range files {
		info, err := os.Stat(file)
		if err == nil && info.ModTime().After(changed) {
			found, changed = file, info.ModTime()
		}
	}
	if found == "" {
		return "", fmt.Errorf("the plugin is not built, run `make dist-host`: there is no %s", strings.Join(files, " and no "))
	}
	return found, nil
}

// InstallPlugin uploads a plugin's archive (.tar.gz) and returns the plugin's ID. It is not enabled yet.
func (m *Mattermost) InstallPlugin(ctx context.Context, archive string) (string, error) {
	file, err := os.Open(archive)
	if err != nil {
		return "", err
	}
	defer file.Close()
	manifest, _, err := m.Admin.Client.UploadPluginForced(ctx, file)
	if err != nil {
		return "", fmt.Errorf("upload %s: %w", filepath.Base(archive), err)
	}
	return manifest.Id, nil
}

// EnablePlugin enables an installed plugin and waits until it is running.
func (m *Mattermost) EnablePlugin(ctx context.Context, id string) error {
	if _, err := m.Admin.Client.EnablePlugin(ctx, id); err != nil {
		return fmt.Errorf("enable plugin %s: %w", id, err)
	}
	return m.WaitForPlugin(ctx, id)
}

// WaitForPlugin waits until the plugin is running. It fails if the plugin fails to start.
func (m *Mattermost) WaitForPlugin(ctx context.Context, id string) error {
	for {
		statuses, _, err := m.Admin.Client.GetPluginStatuses(ctx)
		if err != nil {
			return fmt.Errorf("look at the plugins: %w", err)
		}
		for _, status := range statuses {
			switch {
			case status.PluginId != id:
			case status.State == model.PluginStateRunning:
				return nil
			case status.State == model.PluginStateFailedToStart, status.State == model.PluginStateFailedToStayRunning:
				return fmt.Errorf("plugin %s does not run: %s", id, status.Error)
			}
		}
		select {
		case <-time.After(pollInterval):
		case <-ctx.Done():
			return fmt.Errorf("waiting for plugin %s: %w", id, ctx.Err())
		}
	}
}

// ConfigurePlugin changes some of a plugin's settings like the System Console
// does: keys are stored in lowercase, and other settings do not change.
func (m *Mattermost) ConfigurePlugin(ctx context.Context, id string, changes map[string]any) error {
	client := m.Admin.Client
	config, _, err := client.GetConfig(ctx)
	if err != nil {
		return fmt.Errorf("read the configuration: %w", err)
	}
	// A patch replaces the settings of all plugins as one value. Secrets come masked,
	// and the server puts the stored ones back where it finds the mask.
	plugins := maps.Clone(config.PluginSettings.Plugins)
	if plugins == nil {
		plugins = map[string]map[string]any{}
	}
	settings := maps.Clone(plugins[id])
	if settings == nil {
		settings = map[string]any{}
	}
	for key, value := range changes {
		settings[strings.ToLower(key)] = value
	}
	plugins[id] = settings
	patch := &model.Config{PluginSettings: model.PluginSettings{Plugins: plugins}}
	if _, _, err := client.PatchConfig(ctx, patch); err != nil {
		return fmt.Errorf("save the settings of plugin %s: %w", id, err)
	}
	return nil
}
