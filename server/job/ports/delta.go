package ports

import (
	"context"
	"encoding/json"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
)

func (d *directoryPorts) readDelta(ctx context.Context, input json.RawMessage) (any, error) {
	var query entra.DeltaQuery
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	return reading(ctx, d.run.Reading, func(ctx context.Context) (entra.DeltaPage, error) {
		return d.run.Directory.ReadDelta(ctx, query)
	})
}

// stateEntry is a text that the sync logic keeps from run to run.
type stateEntry struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// stateKey separates the entries of different tenants.
func (r Run) stateKey(key string) string {
	return "sync/" + r.Tenant.ID + "/" + key
}

func (r Run) readState(ctx context.Context, input json.RawMessage) (any, error) {
	var entry stateEntry
	if err := json.Unmarshal(input, &entry); err != nil {
		return nil, err
	}
	value, err := r.History.GetState(ctx, r.stateKey(entry.Key))
	return map[string]string{"value": value}, storeFailure(err)
}

func (r Run) writeState(ctx context.Context, input json.RawMessage) (any, error) {
	var entry stateEntry
	if err := json.Unmarshal(input, &entry); err != nil {
		return nil, err
	}
	return nil, storeFailure(r.History.SetRunState(ctx, r.ID, r.stateKey(entry.Key), entry.Value))
}
