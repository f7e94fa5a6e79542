package ports

import (
	"context"
	"encoding/json"
)

func (r Run) findAccounts(ctx context.Context, input json.RawMessage) (any, error) {
	return r.Accounts.Find(ctx, r.Tenant.ID, input)
}

func (r Run) takenUsernames(ctx context.Context, input json.RawMessage) (any, error) {
	return r.Accounts.TakenUsernames(ctx, input)
}

func (r Run) room(ctx context.Context, _ json.RawMessage) (any, error) {
	return r.Accounts.Room(ctx)
}

func (r Run) serverRules(ctx context.Context, _ json.RawMessage) (any, error) {
	return r.Accounts.ServerRules(ctx)
}

func (r Run) createAccounts(ctx context.Context, input json.RawMessage) (any, error) {
	return r.Accounts.Create(ctx, r.Write, input)
}

func (r Run) updateAccounts(ctx context.Context, input json.RawMessage) (any, error) {
	return r.Accounts.Update(ctx, r.Write, input)
}

func (r Run) setActive(ctx context.Context, input json.RawMessage) (any, error) {
	return r.Accounts.SetActive(ctx, r.Write, input)
}

func (r Run) attributeFields(ctx context.Context, _ json.RawMessage) (any, error) {
	return r.Accounts.AttributeFields(ctx)
}

func (r Run) attributeValues(ctx context.Context, input json.RawMessage) (any, error) {
	return r.Accounts.AttributeValues(ctx, input)
}
