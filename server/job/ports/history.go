package ports

import (
	"context"
	"encoding/json"
)

func (r Run) saveLinks(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Links json.RawMessage `json:"links"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	return nil, storeFailure(r.History.SaveLinks(ctx, r.ID, r.TenantID, request.Links))
}

func (r Run) recordChanges(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Changes json.RawMessage `json:"changes"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	return nil, storeFailure(r.History.RecordChanges(ctx, r.ID, request.Changes))
}

func (r Run) finishChanges(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Outcomes json.RawMessage `json:"outcomes"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	return nil, storeFailure(r.History.FinishChanges(ctx, r.ID, request.Outcomes))
}

func (r Run) reportProgress(_ context.Context, input json.RawMessage) (any, error) {
	return nil, r.Report(input)
}
