package tests

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// outsider is a user of another department than Engineering.
const outsider = "dddddddd-0000-4000-8000-000000000001"

// beginEngineers syncs the members of Engineering, which are those of groups within it, and returns the scene after a full run. The
// newcomer is in no group.
func beginEngineers(t *testing.T) *scene {
	t.Helper()
	s := begin(t, plain, following(allowGroups("Engineering")))
	require.NoError(t, s.Tenant.PutPerson(json.RawMessage(newKim)))
	require.NotZero(t, s.apply(t).Counts["created"])
	return s
}

// setMembers changes the direct members of a group of the company.
func (s *scene) setMembers(t *testing.T, group string, change func(members []string) []string) {
	t.Helper()
	id := company.GroupID(group)
	require.NoError(t, s.Tenant.SetMembers(id, change(s.Tenant.Members(id))))
}

func with(id string) func([]string) []string {
	return func(members []string) []string { return append(members, id) }
}

func without(id string) func([]string) []string {
	return func(members []string) []string {
		return slices.DeleteFunc(members, func(each string) bool { return each == id })
	}
}

// readsAllUsers reports whether a run has asked for the list of users.
func readsAllUsers(asked []string) bool { return slices.Contains(asked, "/users") }

func TestAnIncrementalRunNoticesWhoJoinsAndLeavesANestedGroup(t *testing.T) {
	s := beginEngineers(t)
	_, asked := s.follow(t)
	assert.Equal(t, []string{"/groups/delta", "/users/delta"}, asked)

	s.setMembers(t, "Platform", with(outsider))
	run, asked := s.follow(t)
	assert.Equal(t, 1, run.Counts["created"], "%s", run.Raw)
	assert.True(t, s.isActive(t, outsider))
	engineering := "/groups/" + company.GroupID("Engineering") + "/transitiveMembers"
	want := []string{"/groups/delta", engineering, "/users/" + outsider, "/users/" + outsider + "/transitiveMemberOf", "/users/delta"}
	slices.Sort(want)
	assert.Equal(t, want, asked, "no other user, and no other group")

	// A user has left only after two reads that are far enough apart; an incremental run counts because it asks about this user.
	s.setMembers(t, "Platform", without(outsider))
	run, asked = s.follow(t)
	assert.Equal(t, "out_of_scope_waits", s.changeOf(t, run, "kim.newcomer@hanbit.example").Reason)
	assert.False(t, readsAllUsers(asked))
	s.later(t, 30)
	run, asked = s.follow(t)
	assert.Equal(t, 1, run.Counts["deactivated"], "%s", run.Raw)
	assert.False(t, readsAllUsers(asked))
	assert.False(t, s.isActive(t, outsider))

	before := s.fingerprint(t, "users")
	s.apply(t)
	assert.Equal(t, before, s.fingerprint(t, "users"), "a full run finds nothing left to do")
}

func TestAnIncrementalRunTakesAGroupThatWasCreatedAgainForAnotherOne(t *testing.T) {
	s := beginEngineers(t)
	id := company.GroupID("Engineering")
	members := s.Tenant.Members(id)
	require.True(t, s.Tenant.RemoveGroup(id))
	again := strings.Replace(id, id[:8], "dddddddd", 1)
	require.NoError(t, s.Tenant.PutGroup(json.RawMessage(`{"id":"`+again+`","displayName":"Engineering"}`)))
	require.NoError(t, s.Tenant.SetMembers(again, members))
	before := s.fingerprint(t, "users")
	run := s.startFollowing(t)
	assert.Equal(t, "failed", run.State)
	assert.Equal(t, "group_not_found", run.Error.Code)
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

func TestAGroupThatCannotBeReadTakesNothing(t *testing.T) {
	s := beginEngineers(t)
	s.setMembers(t, "Platform", with(outsider))
	s.setMembers(t, "Sales", func([]string) []string { return nil })
	before := s.fingerprint(t, "users")
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{ID: "hidden", Match: tenant.MatchMembers, Kind: tenant.ConsentMissing}))
	run := s.startFollowing(t)
	assert.Equal(t, "failed", run.State)
	assert.Equal(t, "group_consent_missing", run.Error.Code)
	assert.Equal(t, before, s.fingerprint(t, "users"))
	require.True(t, s.Tenant.Faults.Remove("hidden"))
	run, asked := s.follow(t)
	assert.Equal(t, 1, run.Counts["created"], "%s", run.Raw)
	assert.False(t, readsAllUsers(asked))
}

func TestWithoutTheChangesOfGroupsAllUsersAreRead(t *testing.T) {
	s := beginEngineers(t)
	for _, kind := range []tenant.Kind{tenant.ResyncRequired, tenant.DeltaTokenExpired, tenant.ConsentMissing} {
		require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchChanges, Kind: kind, Times: 1}))
		run, asked := s.follow(t)
		assert.Equal(t, "full", readingOf(t, run), kind)
		assert.True(t, readsAllUsers(asked), kind)
		run, _ = s.follow(t)
		assert.Equal(t, "incremental", readingOf(t, run), kind)
	}
}

func TestARunForOneUserReadsNoGroup(t *testing.T) {
	s := beginEngineers(t)
	s.setMembers(t, "Platform", with(outsider))
	before := len(s.Tenant.Requests())
	run := s.applyTo(t, outsider)
	assert.Equal(t, 1, run.Counts["created"], "%s", run.Raw)
	var asked []string
	for _, request := range s.Tenant.Requests()[before:] {
		asked = append(asked, request.Path)
	}
	assert.Contains(t, asked, "/v1.0/users/"+outsider+"/transitiveMemberOf")
	assert.False(t, slices.ContainsFunc(asked, func(path string) bool { return strings.HasSuffix(path, "/transitiveMembers") }), "%v", asked)
}

func TestAnIncrementalRunWithAHundredGroupRulesAndNoChangesMakesFewRequests(t *testing.T) {
	s := begin(t, plain)
	var rules []map[string]any
	for number := range 100 {
		id := fmt.Sprintf("eeeeeeee-0000-4000-8000-%012d", number)
		require.NoError(t, s.Tenant.PutGroup(json.RawMessage(fmt.Sprintf(`{"id":"%s","displayName":"Group %d"}`, id, number))))
		require.NoError(t, s.Tenant.SetMembers(id, []string{s.objectID(t, minjun)}))
		rules = append(rules, map[string]any{"id": fmt.Sprintf("r%d", number), "name": "Rule", "who": map[string]any{"groups": []string{id}},
			"join": []any{map[string]any{"team": map[string]any{"id": s.team(t).Id}}}})
	}
	s.configure(t, following(allow("Kim"), memberships(rules...)))
	s.apply(t)
	_, asked := s.follow(t)
	assert.Equal(t, []string{"/groups/delta", "/users/delta"}, asked)
	assert.Equal(t, 100, s.count(t, `SELECT count(*) FROM entrasync_group_trees WHERE members IS NOT NULL AND next_members IS NULL`))
}

// startFollowing runs an incremental run, however it ends.
func (s *scene) startFollowing(t *testing.T) *stage.Run {
	t.Helper()
	started := &stage.Run{}
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), "POST", "/runs", map[string]string{"mode": stage.ModeApply, "reading": "incremental"}, started))
	return s.awaitEnd(t, started.ID)
}

func TestTheGroupsOfAPrefixAreListedOncePerRun(t *testing.T) {
	s := begin(t, plain)
	rule := map[string]any{"id": "each", "name": "Each", "for_each": map[string]any{"groups_starting_with": "plat"},
		"join": []any{map[string]any{"team": map[string]any{"id": s.team(t).Id}, "channel": map[string]any{"create": map[string]any{"name": "group-{value}", "display_name": "{value}"}}}}}
	s.configure(t, following(allow("Kim"), memberships(rule)))
	s.apply(t)
	kept := func() int { return s.count(t, `SELECT count(*) FROM entrasync_group_trees WHERE members IS NOT NULL`) }
	assert.Equal(t, 1, kept(), "upper and lower case are the same")
	_, asked := s.follow(t)
	assert.Equal(t, []string{"/groups", "/groups/delta", "/users/delta"}, asked)

	require.NoError(t, s.Tenant.PutGroup(json.RawMessage(`{"id":"`+company.GroupID("Platform")+`","displayName":"Renamed"}`)))
	run, asked := s.follow(t)
	assert.False(t, readsAllUsers(asked))
	assert.NotZero(t, run.Counts["directory"], "its members are read, because they have left")
	assert.Zero(t, kept())
}
