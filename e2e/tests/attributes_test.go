package tests

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// attribute creates a user attribute on the server, as an administrator does under System attributes, and removes it after the test.
func (s *scene) attribute(t *testing.T, name string) (id string) {
	t.Helper()
	field, _, err := s.Mattermost.Admin.Client.CreateCPAField(waiting(t), &model.PropertyField{Name: name, Type: model.PropertyFieldTypeText})
	require.NoError(t, err)
	t.Cleanup(func() {
		// Only these rows, because the server also has its own fields.
		for _, statement := range []string{`DELETE FROM propertyvalues WHERE fieldid = $1`, `DELETE FROM propertyfields WHERE id = $1`} {
			_, err := s.Postgres.DB.ExecContext(context.Background(), statement, field.ID)
			assert.NoError(t, err)
		}
	})
	return field.ID
}

func (s *scene) attributeOf(t *testing.T, userID, fieldID string) string {
	t.Helper()
	values, _, err := s.Mattermost.Admin.Client.ListCPAValues(waiting(t), userID)
	require.NoError(t, err)
	var value string
	if raw := values[fieldID]; raw != nil {
		require.NoError(t, json.Unmarshal(raw, &value))
	}
	return value
}

func TestUserAttributesAreFilledWhereTheServerHasThem(t *testing.T) {
	s := begin(t, licensed, policy(allow("Minjun"), office365(), map[string]any{"mapping": map[string]any{"attributes": map[string]any{
		"Team":   map[string]any{"sources": []string{"department"}},
		"Absent": map[string]any{"sources": []string{"department"}},
	}}}))
	require.NoError(t, s.Tenant.ReplacePeople(company.People()))
	team := s.attribute(t, "Team")

	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "partial", run.State, "%s", run.Raw)
	assert.Equal(t, "attributes_unusable", run.Error.Code)
	id := s.accounts(t)[minjun].ID
	require.NotEmpty(t, id, "%s %v", run.Raw, s.changes(t, run.ID))
	assert.Equal(t, "Platform", s.attributeOf(t, id, team))

	s.edit(t, s.objectID(t, minjun), map[string]any{"department": "Search"})
	told := s.changeOf(t, s.sync(t, stage.ModeApply), minjun)
	require.Len(t, told.Fields, 1)
	assert.Equal(t, []string{"attribute", "Platform", "Search"}, []string{told.Fields[0].Field, told.Fields[0].From, told.Fields[0].To})
	assert.Equal(t, "Search", s.attributeOf(t, id, team))
	assert.Equal(t, 1, s.sync(t, stage.ModeApply).Counts["unchanged"])
}
