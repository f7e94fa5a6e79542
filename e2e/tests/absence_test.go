package tests

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// later moves everything that links remember into the past by this many minutes.
func (s *scene) later(t *testing.T, minutes int) {
	t.Helper()
	s.execute(t, `UPDATE entrasync_links SET counted_at = counted_at - $1 WHERE counted_at <> 0`, minutes*60_000)
	s.execute(t, `UPDATE entrasync_memberships SET unwanted_since = unwanted_since - $1 WHERE unwanted_since <> 0`, minutes*60_000)
	s.execute(t, `UPDATE entrasync_memberships SET role_unwanted_since = role_unwanted_since - $1 WHERE role_unwanted_since <> 0`, minutes*60_000)
}

// groupOf40 makes a group of 40 users. It returns the users, and those without the first three.
func groupOf40(t *testing.T, s *scene) (group string, all, without []string) {
	t.Helper()
	people := company.Many(40)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	for _, raw := range people {
		var person struct {
			ID string `json:"id"`
		}
		require.NoError(t, json.Unmarshal(raw, &person))
		all = append(all, person.ID)
	}
	group = company.GroupID("Engineering")
	require.NoError(t, s.Tenant.SetMembers(group, all))
	return group, all, all[3:]
}

func TestAGroupWithoutThreeMembersInTwoReadsWithinSecondsDeactivatesNoAccount(t *testing.T) {
	s := begin(t, plain, policy(allowGroups("Engineering"), office365()))
	group, all, without := groupOf40(t, s)
	require.Equal(t, 40, s.apply(t).Counts["created"])

	require.NoError(t, s.Tenant.SetMembers(group, without))
	assert.Zero(t, s.apply(t).Counts["deactivated"])
	assert.Zero(t, s.apply(t).Counts["deactivated"], "the same moment proves nothing new")
	assert.Equal(t, 40, s.active(t))

	require.NoError(t, s.Tenant.SetMembers(group, all))
	s.later(t, 30)
	assert.Equal(t, 40, s.apply(t).Counts["unchanged"])
	require.NoError(t, s.Tenant.SetMembers(group, without))
	assert.Zero(t, s.apply(t).Counts["deactivated"], "they were there in between, so counting starts again")

	s.later(t, 30)
	assert.Equal(t, 3, s.apply(t).Counts["deactivated"], "two reads half an hour apart are evidence")
}
