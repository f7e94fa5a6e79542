package ports

import (
	"context"
	"encoding/json"
)

func (r Run) listRetries(ctx context.Context, _ json.RawMessage) (any, error) {
	answer, err := r.History.ListRetries(ctx, r.Tenant.ID)
	return answer, storeFailure(err)
}

func (r Run) saveRetries(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Retries json.RawMessage `json:"retries"`
		Forget  json.RawMessage `json:"forget"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	return nil, storeFailure(r.History.SaveRetries(ctx, r.ID, r.Tenant.ID, request.Retries, request.Forget))
}
