// Package questions answers what the page asks beside runs: groups of the directory, look-ups for the live preview, the numbers of
// the overview with the end of the credential, when a schedule would start runs, and whether the connection works. It starts no run and
// writes nothing.
package questions

import (
	"context"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// Store has what runs left behind.
type Store interface {
	ports.History
	Overview(ctx context.Context, tenantID string) (store.Overview, error)
}

// Engine runs functions of the sync logic.
type Engine interface {
	Call(ctx context.Context, function string, ports engine.Ports, input, output any) error
}

// Deps are where the answers come from.
type Deps struct {
	Config   job.Config
	Store    Store
	Engine   Engine
	Accounts ports.Accounts
	Log      ports.Log
}

// Questions answers by the settings as they are at each question.
type Questions struct {
	Deps
	expiry expiry
}

// New returns answers until Close.
func New(deps Deps) *Questions {
	q := &Questions{Deps: deps}
	q.expiry.life, q.expiry.end = context.WithCancel(context.Background())
	return q
}

// Close ends what is being asked.
func (q *Questions) Close() {
	q.expiry.close()
}

// Overview counts for the tenant of the settings, and says when the credential in use ends (ms), 0 where that is not known.
func (q *Questions) Overview(ctx context.Context) (overview store.Overview, expiresAt int64, err error) {
	settings := q.Config.Current()
	expiresAt = q.expiry.of(ctx, settings, q.Log)
	if overview, err = q.Store.Overview(ctx, settings.TenantID); err != nil {
		return overview, 0, &fault.Error{Code: fault.DatabaseFailed, Cause: err}
	}
	return overview, expiresAt, nil
}
