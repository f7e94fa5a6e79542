package tests

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

func allowGroups(names ...string) map[string]any {
	ids := []string{}
	for _, name := range names {
		ids = append(ids, company.GroupID(name))
	}
	return map[string]any{"allow": map[string]any{"groups": ids}}
}

func TestNestedGroupsDecideWhoIsSynced(t *testing.T) {
	s := begin(t, plain, policy(allowGroups("Engineering"), office365()))
	run := s.apply(t)
	require.NotZero(t, run.Counts["created"])
	told := s.changeOf(t, run, minjun)
	assert.Equal(t, "groups", told.ReasonParams["rule_kind"])
	assert.Equal(t, company.GroupID("Engineering"), told.ReasonParams["rule_value"])

	// A user has left a group only after two reads without the user, because the index of members can lag.
	platform, person := company.GroupID("Platform"), s.objectID(t, minjun)
	var others []string
	for _, id := range s.Tenant.Members(platform) {
		if id != person {
			others = append(others, id)
		}
	}
	require.NoError(t, s.Tenant.SetMembers(platform, others))
	assert.Equal(t, "out_of_scope_waits", s.changeOf(t, s.apply(t), minjun).Reason)
	s.later(t, 30)
	assert.Equal(t, []string{"deactivate", "done", "out_of_scope"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
}

func TestAGroupThatDoesNotExistEndsTheRunAndTakesNobodysAccount(t *testing.T) {
	s := begin(t, plain, policy(allowGroups("Engineering"), office365()))
	s.apply(t)
	before := s.fingerprint(t, "users")
	s.configure(t, policy(allowGroups("Engineering", "No such group"), office365()))
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "failed", run.State)
	assert.Equal(t, "group_not_found", run.Error.Code)
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

func TestAGroupMemberWhomTheListOfUsersLacksIsReadByObjectID(t *testing.T) {
	s := begin(t, plain, policy(allowGroups("Engineering"), office365()))
	id := s.objectID(t, minjun)
	s.Tenant.SetUnlisted(id)
	s.Tenant.SetLagging(id)
	t.Cleanup(func() {
		s.Tenant.SetUnlisted()
		s.Tenant.SetLagging()
	})
	for range 2 {
		s.apply(t)
		assert.NotContains(t, s.links(t), id)
	}
	s.Tenant.SetLagging()
	assert.Equal(t, 1, s.apply(t).Counts["created"])
	assert.True(t, s.isActive(t, id))
	assert.Zero(t, s.apply(t).Counts["skipped"], "the user is not missing, either")
}
