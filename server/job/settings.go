package job

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

// Directory reads users for runs, and names of groups and the expiry of its own credential for the page.
type Directory interface {
	ports.Directory
	FindGroups(ctx context.Context, text string) ([]entra.Group, error)
	GetGroups(ctx context.Context, ids []string) ([]entra.Group, error)
	CredentialExpiry(ctx context.Context) (time.Time, error)
}

// Settings are what runs depend on. A run keeps the settings that it started with.
type Settings struct {
	// Faults are the Faults (webapp/src/sync/errors.ts) for which runs are refused; none if the settings are valid.
	Faults []json.RawMessage

	// TenantID is how the settings name the tenant. MoveToTenant is the tenant that an administrator has agreed to move to, or ''.
	TenantID     string
	MoveToTenant string

	// Directory reads that tenant. DirectoryErr says why there is no client for it. They come with the tenant's ID, so that a
	// change of settings can never link the users of one tenant under the ID of another.
	Directory    Directory
	DirectoryErr error

	// Policy is the raw text of the setting; only the sync logic reads it.
	Policy string

	// Enabled starts runs by the schedule, a cron expression of five fields. TimeZone is an IANA name, empty for the server's
	// own.
	Enabled  bool
	Schedule string
	TimeZone string

	// IncrementalMinutes is the pause between the start of incremental runs, 0 for no incremental runs.
	IncrementalMinutes int

	// Concurrency is how many accounts are written at once.
	Concurrency int

	// KeepDays is how long the history is kept. 0 keeps it forever.
	KeepDays int

	// InitialPassword and WebhookSecret are secrets, empty if not set. WebhookURL is a secret too, because the address of a
	// webhook is often all that a sender needs.
	InitialPassword string
	WebhookURL      string
	WebhookSecret   string
}

// Config returns the current settings.
type Config interface {
	Current() Settings
}

// Client returns the client for the directory of these settings. If there is none, every call of the returned client fails for
// that reason.
func (s Settings) Client() Directory {
	if s.DirectoryErr != nil {
		return noDirectory{s.DirectoryErr}
	}
	return s.Directory
}
