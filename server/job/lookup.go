package job

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

// lookupTimeout bounds one question of the page: somebody is waiting for what it shows.
const lookupTimeout = 30 * time.Second

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
		return nil, &Refusal{fault: faultOf("not_found")}
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	return lookUp(ctx, input)
}
