package tests

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// fiftyPeople makes 50 users, of whom the first three are disabled. It returns their object IDs.
func fiftyPeople(t *testing.T, s *scene) []string {
	t.Helper()
	people := company.Many(50)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	ids := make([]string, len(people))
	for at, raw := range people {
		var person struct {
			ID string `json:"id"`
		}
		require.NoError(t, json.Unmarshal(raw, &person))
		ids[at] = person.ID
		s.edit(t, person.ID, map[string]any{"accountEnabled": at >= 3, "department": "Sales"})
	}
	return ids
}

func TestAccountEnabledThatIsNullForAllUsersCreatesReactivatesAndDeactivatesNoAccount(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365()))
	ids := fiftyPeople(t, s)
	assert.Equal(t, 47, s.apply(t).Counts["created"])
	for _, id := range ids[3:5] {
		s.edit(t, id, map[string]any{"accountEnabled": false})
	}
	require.Equal(t, 2, s.apply(t).Counts["deactivated"])
	before := s.fingerprint(t, "users")

	for at, id := range ids {
		s.edit(t, id, map[string]any{"accountEnabled": nil})
		if at == 10 {
			s.edit(t, id, map[string]any{"jobTitle": "Lead"})
		}
	}
	for _, mode := range []string{stage.ModePreview, stage.ModeApply, stage.ModeApply} {
		run := s.sync(t, mode)
		require.Equal(t, "partial", run.State, "%s", run.Raw)
		assert.Equal(t, "attributes_unknown", run.Error.Code)
		assert.Contains(t, run.Error.Message, "accountEnabled for 50 users")
		assert.Equal(t, []int{0, 0, 0}, []int{run.Counts["created"], run.Counts["reactivated"], run.Counts["deactivated"]})
		if mode == stage.ModePreview {
			assert.Equal(t, before, s.fingerprint(t, "users"))
		}
	}
	assert.Equal(t, 47-2, s.active(t))
	assert.Equal(t, 1, s.count(t, `SELECT count(*) FROM users WHERE position = 'Lead'`), "linked accounts are kept up to date")

	for at, id := range ids {
		s.edit(t, id, map[string]any{"accountEnabled": at >= 6})
	}
	run := s.apply(t)
	assert.Equal(t, []int{0, 0, 1}, []int{run.Counts["created"], run.Counts["reactivated"], run.Counts["deactivated"]}, "%s", run.Raw)
	assert.Equal(t, 44, s.active(t))
}

func TestAnAttributeOfARuleThatIsNullForAllUsersAfterEarlierReadsSawItDecidesNothing(t *testing.T) {
	sales := map[string]any{"attribute": "department", "operator": "equals", "value": "Sales"}
	scope := map[string]any{"rules": []any{map[string]any{"name": "Sales", "effect": "allow", "when": sales}}}
	s := begin(t, plain, policy(scope, office365()))
	ids := fiftyPeople(t, s)
	require.Equal(t, 47, s.apply(t).Counts["created"])
	before := s.fingerprint(t, "users")
	for at, id := range ids {
		attributes := map[string]any{"department": nil}
		if at == 10 {
			attributes["jobTitle"] = "Lead"
		}
		s.edit(t, id, attributes)
	}
	for _, mode := range []string{stage.ModePreview, stage.ModeApply, stage.ModeApply} {
		run := s.sync(t, mode)
		require.Equal(t, "partial", run.State, "%s", run.Raw)
		assert.Equal(t, "attributes_unknown", run.Error.Code)
		assert.Contains(t, run.Error.Message, "department for 47 users")
		assert.Equal(t, []int{0, 0, 0}, []int{run.Counts["created"], run.Counts["reactivated"], run.Counts["deactivated"]})
		if mode == stage.ModePreview {
			assert.Equal(t, before, s.fingerprint(t, "users"))
		}
	}
	one := s.applyTo(t, ids[20])
	assert.Equal(t, []any{"partial", "attributes_unknown"}, []any{one.State, one.Error.Code}, "a run for one user knows it as well")
	assert.Equal(t, 47, s.active(t))

	for at, id := range ids {
		department := "Sales"
		if at == 6 {
			department = "Finance"
		}
		s.edit(t, id, map[string]any{"department": department})
	}
	assert.Equal(t, 1, s.apply(t).Counts["deactivated"])
}
