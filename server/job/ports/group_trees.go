package ports

import (
	"context"
	"encoding/json"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// groupsKey is the name of the state that is kept together with the trees of groups.
const groupsKey = "groups"

// bindGroupTrees binds the ports that keep trees of groups from run to run.
func (r Run) bindGroupTrees() engine.Ports {
	return engine.Ports{
		"group_trees.list":    r.listGroupTrees,
		"group_trees.members": r.groupTreeMembers,
		"group_trees.holding": r.groupTreesHolding,
		"group_trees.put":     r.putGroupTree,
		"group_trees.keep":    r.keepGroupTrees,
	}
}

func (r Run) listGroupTrees(ctx context.Context, _ json.RawMessage) (any, error) {
	trees, err := r.History.ListGroupTrees(ctx, r.Tenant.ID)
	if err != nil {
		return nil, storeFailure(err)
	}
	return map[string]json.RawMessage{"trees": trees}, nil
}

func (r Run) groupTreeMembers(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		GroupID string `json:"group_id"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	members, err := r.History.GroupTreeMembers(ctx, r.Tenant.ID, request.GroupID)
	if err != nil {
		return nil, storeFailure(err)
	}
	return map[string]json.RawMessage{"members": members}, nil
}

func (r Run) groupTreesHolding(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		ObjectIDs json.RawMessage `json:"object_ids"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	users, err := r.History.GroupTreesHolding(ctx, r.Tenant.ID, request.ObjectIDs)
	if err != nil {
		return nil, storeFailure(err)
	}
	return map[string]json.RawMessage{"users": users}, nil
}

func (r Run) putGroupTree(ctx context.Context, input json.RawMessage) (any, error) {
	return nil, storeFailure(r.History.PutGroupTree(ctx, r.ID, r.Tenant.ID, input))
}

func (r Run) keepGroupTrees(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Value string `json:"value"`

		// Needed is null if trees of all groups stay.
		Needed json.RawMessage `json:"needed"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	return nil, storeFailure(r.History.KeepGroupTrees(ctx, r.ID, r.Tenant.ID, r.stateKey(groupsKey), request.Value, request.Needed))
}
