package mattermost

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

var (
	//go:embed attribute_fields.sql
	attributeFields string

	//go:embed attribute_values.sql
	attributeValues string
)

// attributeValue is a text for a user attribute (custom profile attribute). "" clears it.
type attributeValue struct {
	GroupID string `json:"group_id"`
	FieldID string `json:"field_id"`
	Value   string `json:"value"`
}

// AttributeFields returns {"fields": AttributeField[]}. It reads the tables because the plugin API does not distinguish a group
// that does not exist yet from a failure.
func (a *Accounts) AttributeFields(ctx context.Context) (any, error) {
	return a.queryJSON(ctx, attributeFields)
}

// AttributeValues takes {"account_ids": string[], "field_ids": string[]} and returns {"values": StoredAttribute[]}.
func (a *Accounts) AttributeValues(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		AccountIDs []string `json:"account_ids"`
		FieldIDs   []string `json:"field_ids"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("attributes to read: %w", err)
	}
	return a.queryJSON(ctx, attributeValues, list(request.AccountIDs), list(request.FieldIDs))
}

// writeAttributes sets the values of one account. The server accepts them without a license and does not validate them (the
// property service of app/properties), so the sync logic validates them before (webapp/src/sync/mapping/profile.ts).
func (a *Accounts) writeAttributes(accountID string, values []attributeValue) *fault.Facts {
	if len(values) == 0 {
		return nil
	}
	properties := make([]*model.PropertyValue, len(values))
	for i, value := range values {
		text, err := json.Marshal(value.Value)
		if err != nil {
			panic(err) // never happens: a text can always be encoded
		}
		properties[i] = &model.PropertyValue{
			TargetID: accountID, TargetType: model.PropertyValueTargetTypeUser, GroupID: value.GroupID, FieldID: value.FieldID, Value: text,
		}
	}
	_, err := a.api.UpsertPropertyValues(properties)
	if err == nil {
		return nil
	}
	var refusal *model.AppError
	if errors.As(err, &refusal) {
		return factsOf(refusal)
	}
	facts := fault.HostFacts(fault.MattermostRefused) // the text of the error may contain the value
	return &facts
}
