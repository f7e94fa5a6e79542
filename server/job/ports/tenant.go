package ports

import (
	"context"
	"encoding/json"
)

// Tenant is the tenant of a run. The sync logic chooses ID when the run starts.
type Tenant struct {
	// ID is under which links, retries and states are stored.
	ID string

	// Written is how the settings name the tenant, and MoveTo the tenant that an administrator has agreed to move to.
	Written string
	MoveTo  string
}

// saidTenant asks Microsoft which tenants the credential and some domain names belong to.
func (d *directoryPorts) saidTenant(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Names []string `json:"names"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	id, err := reading(ctx, d.run.Reading, d.run.Directory.TenantID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(request.Names))
	for i, name := range request.Names {
		ids[i] = d.run.Directory.TenantIDOf(ctx, name)
	}
	return map[string]any{"id": id, "ids": ids}, nil
}

// storedTenants is StoredTenants in webapp/src/sync/types.ts.
func (r Run) storedTenants(ctx context.Context, _ json.RawMessage) (any, error) {
	tenants, err := r.History.LinkedTenants(ctx)
	return map[string]any{"written": r.Tenant.Written, "move_to": r.Tenant.MoveTo, "tenants": tenants}, storeFailure(err)
}

func (r Run) useTenant(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		TenantID string   `json:"tenant_id"`
		Carry    []string `json:"carry"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	r.Tenant.ID = request.TenantID
	return nil, storeFailure(r.History.UseTenant(ctx, r.ID, r.Tenant.Written, request.TenantID, request.Carry))
}
