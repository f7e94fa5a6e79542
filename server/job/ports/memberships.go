package ports

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// Memberships reads and writes who is in which teams and channels.
type Memberships interface {
	Accounts(ctx context.Context, tenantID string, request json.RawMessage) (any, error)
	Targets(ctx context.Context, request json.RawMessage) (any, error)
	Present(ctx context.Context, request json.RawMessage) (any, error)
	Taken(ctx context.Context, request json.RawMessage) (any, error)
	Join(ctx context.Context, options mattermost.WriteOptions, request json.RawMessage) (any, error)
	Leave(ctx context.Context, options mattermost.WriteOptions, request json.RawMessage) (any, error)
	SetAdmin(ctx context.Context, options mattermost.WriteOptions, request json.RawMessage) (any, error)
	Made(ctx context.Context, id, kind, teamID, name string, since int64) (string, error)
	Create(target mattermost.NewTarget) (string, *fault.Facts)
	Names(ctx context.Context, request json.RawMessage) (any, error)
	Announce(ctx context.Context, request json.RawMessage) error
}

// Targets remembers the teams and channels that the sync creates.
type Targets interface {
	ListCreated(ctx context.Context, tenantID string) ([]store.CreatedTarget, error)
	GetTarget(ctx context.Context, tenantID, place string) (store.CreatedTarget, error)
	BeginTarget(ctx context.Context, runID, tenantID string, target store.CreatedTarget) error
	FinishTarget(ctx context.Context, runID, tenantID, place, targetID string) error
}

func (r Run) bindMemberships() map[string]func(ctx context.Context, input json.RawMessage) (any, error) {
	return map[string]func(ctx context.Context, input json.RawMessage) (any, error){
		"memberships.accounts": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.Accounts(ctx, r.Tenant.ID, input)
		},
		"memberships.targets": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.Targets(ctx, input)
		},
		"memberships.present": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.Present(ctx, input)
		},
		"memberships.ledger": r.ledger,
		"memberships.join": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.Join(ctx, r.Write, input)
		},
		"memberships.leave": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.Leave(ctx, r.Write, input)
		},
		"memberships.set_admin": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.SetAdmin(ctx, r.Write, input)
		},
		"memberships.created": r.createdTargets,
		"memberships.create":  r.createTarget,
		"memberships.taken": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.Taken(ctx, input)
		},
		"memberships.names": func(ctx context.Context, input json.RawMessage) (any, error) {
			return r.Memberships.Names(ctx, input)
		},
		"memberships.announce": func(ctx context.Context, input json.RawMessage) (any, error) {
			return nil, r.Memberships.Announce(ctx, input)
		},
		"memberships.note_unwanted": saveList("notes", func(ctx context.Context, notes json.RawMessage) error {
			return r.History.NoteUnwanted(ctx, r.ID, notes)
		}),
		"memberships.save_placements": saveList("placements", func(ctx context.Context, placements json.RawMessage) error {
			return r.History.SavePlacements(ctx, r.ID, r.Tenant.ID, placements)
		}),
		"memberships.recent_leaves": r.recentLeaves,
		"memberships.note": saveList("notes", func(ctx context.Context, notes json.RawMessage) error {
			return r.History.NoteMemberships(ctx, r.ID, notes)
		}),
		"changes.record_memberships": saveList("lines", func(ctx context.Context, lines json.RawMessage) error {
			return r.History.RecordMemberships(ctx, r.ID, lines)
		}),
	}
}

func (r Run) recentLeaves(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		WithinMS int64 `json:"within_ms"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("recent leaves to look up: %w", err)
	}
	targets, err := r.History.RecentLeaves(ctx, r.Tenant.ID, request.WithinMS)
	return map[string]any{"targets": targets}, err
}

func (r Run) ledger(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		AccountIDs json.RawMessage `json:"account_ids"`
		Targets    json.RawMessage `json:"targets"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("memberships to look up: %w", err)
	}
	return r.History.Ledger(ctx, request.AccountIDs, request.Targets)
}
