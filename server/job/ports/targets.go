package ports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// createdTarget is a CreatedTarget of webapp/src/sync/memberships/shapes.ts.
type createdTarget struct {
	Place     string `json:"place"`
	ValueKey  string `json:"value_key"`
	ValueText string `json:"value_text"`
	TargetID  string `json:"target_id"`
}

// createdTargets returns {"targets": CreatedTarget[]}, among them what a run created and was cut off before it could remember the ID.
func (r Run) createdTargets(ctx context.Context, _ json.RawMessage) (any, error) {
	targets, err := r.History.ListCreated(ctx, r.Tenant.ID)
	if err != nil {
		return nil, storeFailure(err)
	}
	created := []createdTarget{}
	for _, target := range targets {
		id := target.TargetID
		if id == "" {
			if id, err = r.finishMade(ctx, target); err != nil {
				return nil, err
			}
		}
		if id != "" {
			created = append(created, createdTarget{target.Place, target.ValueKey, target.ValueText, id})
		}
	}
	return map[string]any{"targets": created}, nil
}

// createTarget takes a NewTarget and returns {"id", "facts"}. The place is remembered before the target is created and its ID after it, so
// that a run that is cut off in between leaves a target that the next run recognizes.
func (r Run) createTarget(ctx context.Context, input json.RawMessage) (any, error) {
	var target store.CreatedTarget
	var wanted mattermost.NewTarget
	if err := errors.Join(json.Unmarshal(input, &target), json.Unmarshal(input, &wanted)); err != nil {
		return nil, fmt.Errorf("team or channel to create: %w", err)
	}
	type answer struct {
		ID    string       `json:"id"`
		Facts *fault.Facts `json:"facts"`
	}
	earlier, err := r.History.GetTarget(ctx, r.Tenant.ID, target.Place)
	if err != nil {
		return nil, storeFailure(err)
	}
	if earlier.Place != "" {
		if id, err := r.finishMade(ctx, earlier); err != nil || id != "" {
			return answer{ID: id}, err
		}
	}
	if err := r.History.BeginTarget(ctx, r.ID, r.Tenant.ID, target); err != nil {
		return nil, storeFailure(err)
	}
	id, facts := r.Memberships.Create(wanted)
	if facts != nil {
		return answer{Facts: facts}, nil
	}
	return answer{ID: id}, storeFailure(r.History.FinishTarget(ctx, r.ID, r.Tenant.ID, target.Place, id))
}

// finishMade returns the ID of a remembered target that exists, and remembers the ID of one that a cut off run has made; "" for none.
// A lookup outside of a run has no ID and writes nothing.
func (r Run) finishMade(ctx context.Context, target store.CreatedTarget) (string, error) {
	id, err := r.Memberships.Made(ctx, target.TargetID, target.Kind, target.TeamID, target.Name, target.BegunAt)
	if err != nil || id == "" || target.TargetID != "" || r.ID == "" {
		return id, err
	}
	return id, storeFailure(r.History.FinishTarget(ctx, r.ID, r.Tenant.ID, target.Place, id))
}
