package job

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

// lookupTimeout bounds how long a question of the page waits for Microsoft Graph, since somebody waits for what it shows. The database
// takes the time that it takes: Mattermost's driver for plugins knows no deadlines.
const lookupTimeout = 30 * time.Second

// FindGroups gives groups whose name has words that begin as text does, and GetGroups those with these object ids, as the settings are
// now. Both return *Refusal while the settings name no directory.
func (m *Manager) FindGroups(ctx context.Context, text string) ([]entra.Group, error) {
	return m.groups(ctx, func(ctx context.Context, directory Directory) ([]entra.Group, error) {
		return directory.FindGroups(ctx, text)
	})
}

// GetGroups is described at FindGroups.
func (m *Manager) GetGroups(ctx context.Context, ids []string) ([]entra.Group, error) {
	return m.groups(ctx, func(ctx context.Context, directory Directory) ([]entra.Group, error) {
		return directory.GetGroups(ctx, ids)
	})
}

func (m *Manager) groups(ctx context.Context, read func(context.Context, Directory) ([]entra.Group, error)) ([]entra.Group, error) {
	settings := m.Config.Current()
	if settings.DirectoryErr != nil && len(settings.Faults) > 0 {
		return nil, &Refusal{fault: settings.Faults[0]}
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	return read(ctx, settings.directory())
}

// LookUp answers what the read-only port of that name would answer in a run with the settings as they are now. Input must be the
// port's. It returns *Refusal when there is no such port.
func (m *Manager) LookUp(ctx context.Context, port string, input json.RawMessage) (any, error) {
	settings := m.Config.Current()
	lookups := ports.NewLookups(ports.Run{
		TenantID:  settings.TenantID,
		Directory: settings.directory(),
		Accounts:  m.Accounts,
		History:   m.Store,
		Log:       m.Log,
		Reading:   context.Background(),
	})
	lookUp, exists := lookups[port]
	if !exists {
		return nil, &Refusal{fault: fault.Of(fault.NotFound).JSON()}
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	return lookUp(ctx, input)
}
