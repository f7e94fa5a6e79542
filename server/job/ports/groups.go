package ports

import (
	"context"
	"encoding/json"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
)

// bindGroups binds the ports that read groups.
func (d *directoryPorts) bindGroups() engine.Ports {
	return engine.Ports{
		"directory.read_group_members": d.readGroupMembers,
		"directory.list_groups":        d.listGroups,
	}
}

func (d *directoryPorts) listGroups(ctx context.Context, input json.RawMessage) (any, error) {
	var query entra.GroupQuery
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	return reading(ctx, d.run.Reading, func(ctx context.Context) (entra.GroupPage, error) {
		return d.run.Directory.ListGroups(ctx, query)
	})
}
