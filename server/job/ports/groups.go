package ports

import (
	"context"
	"encoding/json"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
)

func (d *directoryPorts) listGroups(ctx context.Context, input json.RawMessage) (any, error) {
	var query entra.GroupQuery
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	return reading(ctx, d.run.Reading, func(ctx context.Context) (entra.GroupPage, error) {
		return d.run.Directory.ListGroups(ctx, query)
	})
}

func (d *directoryPorts) readGroupDelta(ctx context.Context, input json.RawMessage) (any, error) {
	var query entra.GroupDeltaQuery
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	return reading(ctx, d.run.Reading, func(ctx context.Context) (entra.GroupDeltaPage, error) {
		return d.run.Directory.ReadGroupDelta(ctx, query)
	})
}

func (d *directoryPorts) readUserGroups(ctx context.Context, input json.RawMessage) (any, error) {
	var query entra.UserGroupsQuery
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	users, err := reading(ctx, d.run.Reading, func(ctx context.Context) ([]entra.UserGroups, error) {
		return d.run.Directory.ReadUserGroups(ctx, query)
	})
	return map[string]any{"users": users}, err
}

func (d *directoryPorts) existingGroups(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		IDs []string `json:"ids"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	ids, err := reading(ctx, d.run.Reading, func(ctx context.Context) ([]string, error) {
		return d.run.Directory.ExistingGroups(ctx, request.IDs)
	})
	return map[string]any{"ids": ids}, err
}

func (d *directoryPorts) readNestedGroups(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		GroupID string `json:"group_id"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	return reading(ctx, d.run.Reading, func(ctx context.Context) (entra.NestedGroups, error) {
		return d.run.Directory.ReadNestedGroups(ctx, request.GroupID)
	})
}
