package job

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

// Directory reads people for runs, and names of groups and the end of its own credential for the page.
type Directory interface {
	ports.Directory
	FindGroups(ctx context.Context, text string) ([]entra.Group, error)
	GetGroups(ctx context.Context, ids []string) ([]entra.Group, error)
	CredentialExpiry(ctx context.Context) (time.Time, error)
}

// Settings are what runs depend on. A run keeps the settings that it started with.
type Settings struct {
	// Faults are the Faults (webapp/src/sync/errors.ts) for which runs are refused; none when all is well.
	Faults []json.RawMessage

	TenantID string

	// Directory reads that tenant; DirectoryErr says why there is no client for it. They come with the tenant's id, so
	// that a change of settings can never link the people of one tenant under the id of another.
	Directory    Directory
	DirectoryErr error

	// Policy is the raw text of the setting; only the sync logic reads it.
	Policy string

	// Enabled starts runs by the schedule, a cron expression of five fields. TimeZone is an IANA name, empty for the server's own.
	Enabled  bool
	Schedule string
	TimeZone string

	// IncrementalMinutes is how long after an incremental run the next one starts, 0 for none between those of the schedule.
	IncrementalMinutes int

	// Concurrency is how many accounts are written at once.
	Concurrency int

	// KeepDays is how long the history is kept; 0 keeps it for good.
	KeepDays int

	// InitialPassword and WebhookSecret are secrets, empty when not set. So is WebhookURL: addresses of webhooks
	// often let in whoever knows them.
	InitialPassword string
	WebhookURL      string
	WebhookSecret   string
}

// Config gives the settings as they are now.
type Config interface {
	Current() Settings
}

// Client reads the directory of these settings: the client for it, or one of which every use fails for the reason that there is none.
func (s Settings) Client() Directory {
	if s.DirectoryErr != nil {
		return noDirectory{s.DirectoryErr}
	}
	return s.Directory
}
