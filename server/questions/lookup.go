package questions

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
)

// lookupTimeout limits how long a lookup waits for Microsoft Graph, because an administrator waits for the answer. It does not
// limit the database: Mattermost's driver for plugins has no deadlines.
const lookupTimeout = 30 * time.Second

// FindGroups returns groups whose name has words that begin with text, and GetGroups those with these object IDs, under the
// current settings. Both return *job.Refusal while the settings name no directory.
func (q *Questions) FindGroups(ctx context.Context, text string) ([]entra.Group, error) {
	return q.groups(ctx, func(ctx context.Context, directory job.Directory) ([]entra.Group, error) {
		return directory.FindGroups(ctx, text)
	})
}

// GetGroups is described at FindGroups.
func (q *Questions) GetGroups(ctx context.Context, ids []string) ([]entra.Group, error) {
	return q.groups(ctx, func(ctx context.Context, directory job.Directory) ([]entra.Group, error) {
		return directory.GetGroups(ctx, ids)
	})
}

func (q *Questions) groups(ctx context.Context, read func(context.Context, job.Directory) ([]entra.Group, error)) ([]entra.Group, error) {
	settings := q.Config.Current()
	if settings.DirectoryErr != nil && len(settings.Faults) > 0 {
		return nil, job.Refuse(settings.Faults[0])
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	return read(ctx, settings.Client())
}

// FindTargets returns teams and channels by name or by ID.
func (q *Questions) FindTargets(ctx context.Context, search mattermost.TargetSearch) (json.RawMessage, error) {
	return q.Memberships.FindTargets(ctx, search)
}

// LookUp returns what the read-only port of that name would return in a run with the current settings. Input must be the
// port's. It returns *job.Refusal if there is no such port.
func (q *Questions) LookUp(ctx context.Context, port string, input json.RawMessage) (any, error) {
	settings := q.Config.Current()
	tenantID, err := q.Store.TenantOf(ctx, settings.TenantID)
	if err != nil {
		return nil, &fault.Error{Code: fault.DatabaseFailed, Cause: err}
	}
	lookups := ports.NewLookups(ports.Run{
		Tenant:      &ports.Tenant{ID: tenantID},
		Directory:   settings.Client(),
		Accounts:    q.Accounts,
		Memberships: q.Memberships,
		History:     q.Store,
		Log:         q.Log,
		Reading:     context.Background(),
	})
	lookUp, exists := lookups[port]
	if !exists {
		return nil, job.Refuse(fault.Of(fault.NotFound).JSON())
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	return lookUp(ctx, input)
}
