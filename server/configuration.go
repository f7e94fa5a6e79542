package main

import (
	"context"
	"encoding/json"
	"sync/atomic"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
)

// triggerTokenKey is the setting that a fault of the token names.
const triggerTokenKey = "TriggerToken"

// configuration holds the settings as they were read once, and everything that derives from them. It is never edited: a change
// of the settings makes a new one, and readers keep the one that they have.
type configuration struct {
	settings settings
	checked  checked

	// revision identifies the saved settings.
	revision string

	// directory is made once per configuration, because it keeps the token. directoryErr says why there is none.
	directory    *entra.Client
	directoryErr error
}

// configurations holds the current configuration. The job reads its settings from it.
type configurations struct {
	engine *engine.Engine
	around surroundings

	// revisionKey is known only to the nodes of this installation.
	revisionKey string
	current     atomic.Pointer[configuration]
}

func newConfigurations(e *engine.Engine, around surroundings, revisionKey string) *configurations {
	c := &configurations{engine: e, around: around, revisionKey: revisionKey}
	c.current.Store(&configuration{settings: newSettings()})
	return c
}

// load replaces the configuration. It fails only when the sync logic cannot judge the settings at all. Wrong settings make a
// configuration with faults, so that the plugin stays up and an administrator can correct them in the console.
func (c *configurations) load(ctx context.Context, stored map[string]json.RawMessage) error {
	next := &configuration{}
	var unreadable []json.RawMessage
	next.settings, unreadable = readSettings(stored)
	var err error
	if next.revision, err = revisionOf(stored, c.revisionKey); err != nil {
		return err
	}
	if next.checked, err = next.settings.check(ctx, c.engine, c.around); err != nil {
		return err
	}
	next.checked.Faults = withUnreadable(unreadable, next.checked.Faults)
	next.directory, next.directoryErr = next.newDirectory()
	c.current.Store(next)
	return nil
}

// withUnreadable puts the faults of values that could not be read first. The sync logic saw defaults in place of these values,
// so what it found about the same settings is left out.
func withUnreadable(unreadable, faults []json.RawMessage) []json.RawMessage {
	seen := map[string]bool{}
	for _, known := range unreadable {
		seen[pathOf(known)] = true
	}
	all := unreadable
	for _, known := range faults {
		if path := pathOf(known); path == "" || !seen[path] {
			all = append(all, known)
		}
	}
	return all
}

// pathOf returns the setting that a fault names, or "".
func pathOf(known json.RawMessage) string {
	var named struct {
		Path string `json:"path"`
	}
	if json.Unmarshal(known, &named) != nil {
		return ""
	}
	return named.Path
}

func (c *configuration) newDirectory() (*entra.Client, error) {
	return entra.New(entra.Config{
		TenantID:          c.settings.TenantID,
		ClientID:          c.settings.ClientID,
		ClientSecret:      c.settings.ClientSecret,
		ClientCertificate: c.settings.ClientCertificate,
		Credential:        c.settings.Credential,
		LoginURL:          c.checked.Host.LoginURL,
		GraphURL:          c.checked.Host.GraphURL,
		UserAgent:         pluginID + "/" + pluginVersion,
	})
}

// Current returns the settings that a run depends on.
func (c *configurations) Current() job.Settings {
	now := c.current.Load()
	return job.Settings{
		Faults:             now.checked.Faults,
		TenantID:           now.settings.TenantID,
		MoveToTenant:       now.settings.MoveToTenant,
		Directory:          now.directory,
		DirectoryErr:       now.directoryErr,
		Policy:             now.settings.Policy,
		Enabled:            now.settings.Enabled,
		Schedule:           now.settings.Schedule,
		TimeZone:           now.settings.TimeZone,
		IncrementalMinutes: now.settings.IncrementalMinutes,
		Concurrency:        now.checked.Host.Concurrency,
		KeepDays:           now.checked.Host.KeepDays,
		InitialPassword:    now.settings.InitialPassword,
		WebhookURL:         now.settings.WebhookURL,
		WebhookSecret:      now.settings.WebhookSecret,
	}
}

// Revision identifies the saved settings.
func (c *configurations) Revision() string {
	return c.current.Load().revision
}

// TriggerToken returns the token that lets a caller without a session start runs, or "" if none is set or the sync logic refuses
// it.
func (c *configurations) TriggerToken() string {
	now := c.current.Load()
	for _, known := range now.checked.Faults {
		if pathOf(known) == triggerTokenKey {
			return ""
		}
	}
	return now.settings.TriggerToken
}
