package job

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

// findUserTimeout limits how long the start of a run for one user waits for the directory.
const findUserTimeout = 10 * time.Second

// findUser returns the user that a run for one user reads from the directory. It returns *Refusal if the name fits no user, or
// several: that is an answer to the caller and no run. If the directory cannot be asked, the run begins and says why.
func (m *Manager) findUser(ctx context.Context, settings Settings, user string) (string, error) {
	if user == "" {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(ctx, findUserTimeout)
	defer cancel()
	tenantID, err := m.Store.TenantOf(ctx, settings.TenantID)
	if err != nil {
		m.Log.Warn("Failed to look up the tenant of a run", "error", err.Error())
		return user, nil
	}
	all := ports.New(ports.Run{Tenant: &ports.Tenant{ID: tenantID}, Directory: settings.Client(), Accounts: m.Accounts, Log: m.Log, Reading: ctx})
	finders := engine.Ports{"directory.find": all["directory.find"], "accounts.find": all["accounts.find"]}
	var found struct {
		User  string           `json:"user"`
		Fault *json.RawMessage `json:"fault"`
	}
	if err := m.Engine.Call(ctx, "find_user", finders, map[string]string{"user": user}, &found); err != nil {
		m.Log.Warn("Failed to look up the user of a run", "error", err.Error())
		return user, nil
	}
	if found.Fault != nil {
		return "", &Refusal{fault: *found.Fault}
	}
	return found.User, nil
}
