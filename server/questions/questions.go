// Package questions answers what the page asks apart from runs: groups of the directory, lookups for the live preview, the
// counts of the overview with the expiry of the credential, when a schedule would start runs, and whether the connection works.
// It starts no run and writes nothing.
package questions

import (
	"context"
	"encoding/json"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// Store has what runs recorded.
type Store interface {
	ports.History
	Overview(ctx context.Context, tenantID string) (store.Overview, error)
	TenantOf(ctx context.Context, written string) (string, error)
}

// Engine runs functions of the sync logic.
type Engine interface {
	Call(ctx context.Context, function string, ports engine.Ports, input, output any) error
}

// Memberships knows the teams and channels of Mattermost, and who is in them.
type Memberships interface {
	ports.Memberships
	FindTargets(ctx context.Context, search mattermost.TargetSearch) (json.RawMessage, error)
	TargetMembers(ctx context.Context, tenantID string, filter mattermost.MemberFilter) (json.RawMessage, error)
}

// Deps are where the answers come from.
type Deps struct {
	Config      job.Config
	Store       Store
	Engine      Engine
	Accounts    ports.Accounts
	Memberships Memberships
	Log         ports.Log
}

// Questions answers each question under the current settings.
type Questions struct {
	Deps
	expiry expiry
}

// New returns Questions that answer until Close.
func New(deps Deps) *Questions {
	q := &Questions{Deps: deps}
	q.expiry.life, q.expiry.end = context.WithCancel(context.Background())
	return q
}

// Close ends the active requests.
func (q *Questions) Close() {
	q.expiry.close()
}

// Overview counts for the tenant of the settings, and returns when the credential in use expires (ms), 0 if unknown.
func (q *Questions) Overview(ctx context.Context) (overview store.Overview, expiresAt int64, err error) {
	settings := q.Config.Current()
	expiresAt = q.expiry.of(ctx, settings, q.Log)
	tenantID, err := q.Store.TenantOf(ctx, settings.TenantID)
	if err == nil {
		overview, err = q.Store.Overview(ctx, tenantID)
	}
	if err != nil {
		return overview, 0, &fault.Error{Code: fault.DatabaseFailed, Cause: err}
	}
	return overview, expiresAt, nil
}
