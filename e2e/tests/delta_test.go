package tests

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// following are the settings for incremental runs. The schedule is off, so that no run starts automatically.
func following(scope map[string]any, parts ...map[string]any) map[string]any {
	settings := policy(scope, append(parts, office365())...)
	settings["IncrementalMinutes"] = 30
	return settings
}

// follow runs an incremental run to success, and returns its requests to the tenant.
func (s *scene) follow(t *testing.T) (run *stage.Run, asked []string) {
	t.Helper()
	before := len(s.Tenant.Requests())
	started := &stage.Run{}
	body := map[string]string{"mode": stage.ModeApply, "reading": "incremental"}
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs", body, started))
	run = s.awaitEnd(t, started.ID)
	require.Equal(t, "succeeded", run.State, "%s", run.Raw)
	for _, request := range s.Tenant.Requests()[before:] {
		if path, isGraph := strings.CutPrefix(request.Path, "/v1.0"); isGraph {
			asked = append(asked, path)
		}
	}
	slices.Sort(asked)
	return run, asked
}

// readingOf is what a run read.
func readingOf(t *testing.T, run *stage.Run) string {
	t.Helper()
	var told struct {
		Reading string `json:"reading"`
	}
	require.NoError(t, json.Unmarshal(run.Raw, &told))
	return told.Reading
}

// linked are the object IDs of the first users with an account.
func (s *scene) linked(t *testing.T, count int) []string {
	t.Helper()
	var rows []struct {
		ObjectID string `json:"object_id"`
	}
	s.query(t, &rows, `SELECT object_id FROM entrasync_links ORDER BY object_id LIMIT $1`, count)
	require.Len(t, rows, count)
	ids := make([]string, count)
	for at, row := range rows {
		ids[at] = row.ObjectID
	}
	return ids
}

// patch changes attributes of a user of the tenant.
func (s *scene) patch(t *testing.T, objectID, attributes string) {
	t.Helper()
	require.NoError(t, s.Tenant.PatchPerson(objectID, json.RawMessage(attributes)))
}

// isActive reports whether the user's account is active.
func (s *scene) isActive(t *testing.T, objectID string) bool {
	t.Helper()
	return s.count(t, `SELECT count(*) FROM users JOIN entrasync_links ON account_id = users.id WHERE object_id = $1 AND deleteat = 0`, objectID) == 1
}

const newKim = `{"id":"dddddddd-0000-4000-8000-000000000001","displayName":"Kim Newcomer","mail":"kim.newcomer@hanbit.example",
	"userPrincipalName":"kim.newcomer@hanbit.example","accountEnabled":true,"userType":"Member"}`

func TestDeltaRunDoesWhatHasChangedAndAsksForNothingElse(t *testing.T) {
	s := begin(t, plain, following(allow("Kim")))
	s.apply(t)
	ids := s.linked(t, 6)
	s.patch(t, ids[0], `{"jobTitle":"Changed Title"}`)
	s.patch(t, ids[1], `{"accountEnabled":false}`)
	require.True(t, s.Tenant.RemovePerson(ids[2]))
	require.True(t, s.Tenant.ErasePerson(ids[3]))
	s.patch(t, ids[4], `{"displayName":"Somebody Else"}`)
	require.NoError(t, s.Tenant.PutPerson(json.RawMessage(newKim)))

	run, asked := s.follow(t)

	assert.Equal(t, "incremental", readingOf(t, run))
	want := []string{"/users/dddddddd-0000-4000-8000-000000000001", "/users/delta"}
	for _, id := range ids[:5] {
		want = append(want, "/users/"+id)
	}
	slices.Sort(want)
	assert.Equal(t, want, asked)
	assert.Equal(t, 4, run.Counts["directory"], "two of the six are not there any more")
	assert.Equal(t, []int{1, 1, 4}, []int{run.Counts["created"], run.Counts["updated"], run.Counts["deactivated"]})
	reasons := map[string]string{}
	for _, each := range s.changes(t, run.ID) {
		assert.Equal(t, "done", each.Status)
		reasons[each.ObjectID] = each.Reason
	}
	assert.Equal(t, map[string]string{
		ids[0]: "attributes_changed", ids[1]: "disabled", ids[2]: "soft_deleted", ids[3]: "hard_deleted", ids[4]: "out_of_scope",
		"dddddddd-0000-4000-8000-000000000001": "new_person",
	}, reasons)
	for _, id := range ids[1:5] {
		assert.False(t, s.isActive(t, id), id)
	}
	assert.True(t, s.isActive(t, ids[5]))

	t.Run("gives accounts back to those who return", func(t *testing.T) {
		s.patch(t, ids[1], `{"accountEnabled":true}`)
		require.True(t, s.Tenant.RestorePerson(ids[2]))
		run, asked := s.follow(t)
		assert.Equal(t, 2, run.Counts["reactivated"], "%s", run.Raw)
		assert.Len(t, asked, 3)
		assert.True(t, s.isActive(t, ids[1]) && s.isActive(t, ids[2]))
	})
	t.Run("and without changes nothing is read and written", func(t *testing.T) {
		before := s.fingerprints(t)
		run, asked := s.follow(t)
		assert.Equal(t, []string{"/users/delta"}, asked)
		assert.Zero(t, run.Counts["directory"])
		assert.Equal(t, before, s.fingerprints(t))
	})
	t.Run("and a full run finds nothing left to do", func(t *testing.T) {
		before := s.fingerprint(t, "users")
		run := s.apply(t)
		assert.Equal(t, "full", readingOf(t, run))
		assert.Equal(t, before, s.fingerprint(t, "users"))
	})
}

func TestDeltaRunIsNotMisledByRepeatedAndEmptyPages(t *testing.T) {
	s := begin(t, plain, following(allow("Kim")))
	s.apply(t)
	s.Tenant.SetDeltaPageSize(1)
	t.Cleanup(func() { s.Tenant.SetDeltaPageSize(0) })
	ids := s.linked(t, 3)
	for _, id := range ids {
		s.patch(t, id, `{"jobTitle":"Changed Title"}`)
	}
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: tenant.DeltaEmptyPage, Times: 2}))
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: tenant.DeltaRepeat}))

	run, asked := s.follow(t)

	assert.Equal(t, "incremental", readingOf(t, run))
	assert.Equal(t, 3, run.Counts["updated"], "%s", run.Raw)
	assert.Equal(t, 5+3, len(asked), "two empty pages, three with a user, three users: %v", asked)
}

func TestDeltaThatIsTooOldOrRefusedIsAFullRead(t *testing.T) {
	for _, kind := range []tenant.Kind{tenant.DeltaTokenExpired, tenant.ResyncRequired, tenant.ConsentMissing} {
		t.Run(string(kind), func(t *testing.T) {
			s := begin(t, plain, following(allow("Kim")))
			s.apply(t)
			ids := s.linked(t, 2)
			s.patch(t, ids[0], `{"accountEnabled":false}`)
			require.True(t, s.Tenant.RemovePerson(ids[1]))
			require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: kind, Times: 1}))

			run, asked := s.follow(t)

			assert.Equal(t, "full", readingOf(t, run))
			assert.Contains(t, asked, "/users")
			assert.Equal(t, 1, run.Counts["deactivated"], "%s", run.Raw)
			assert.True(t, s.isActive(t, ids[1]), "to be missing once is not yet to be gone")

			s.patch(t, ids[0], `{"accountEnabled":true}`)
			next, _ := s.follow(t)
			assert.Equal(t, "incremental", readingOf(t, next))
			assert.Equal(t, 1, next.Counts["reactivated"])
		})
	}
}

func TestDeltaThatCannotBeHadLeavesFullRunsAlone(t *testing.T) {
	s := begin(t, plain, following(allow("Kim")))
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: tenant.ConsentMissing}))
	assert.NotZero(t, s.apply(t).Counts["created"])
	run, _ := s.follow(t)
	assert.Equal(t, "full", readingOf(t, run))
}

func TestDeltaOfAnotherPolicyIsAFullRead(t *testing.T) {
	s := begin(t, plain, following(allow("Kim")))
	s.apply(t)
	s.configure(t, following(allow("Kim", "한")))
	run, _ := s.follow(t)
	assert.Equal(t, "full", readingOf(t, run))
	assert.NotZero(t, run.Counts["created"], "users that the new policy puts in scope have not changed")

	s.configure(t, following(allow("Kim", "한"), map[string]any{"mapping": map[string]any{"nickname": map[string]any{"sources": []string{"department", "displayName"}}}}))
	run, _ = s.follow(t)
	assert.Equal(t, "full", readingOf(t, run))
	assert.NotZero(t, run.Counts["updated"])

	id := s.linked(t, 1)[0]
	s.patch(t, id, `{"department":"Changed Department"}`)
	run, _ = s.follow(t)
	assert.Equal(t, "incremental", readingOf(t, run))
	assert.Equal(t, 1, run.Counts["updated"], "the changes of what the new mapping reads are followed")
}

func TestDeltaMinutesOutOfRangeAreNamed(t *testing.T) {
	s := begin(t, plain, map[string]any{"IncrementalMinutes": 4})
	var told status
	s.get(t, "/status").decode(t, &told)
	require.Len(t, told.Faults, 1)
	assert.Equal(t, "IncrementalMinutes", told.Faults[0].Path)
	assert.Contains(t, told.Faults[0].Message, "5 to 1,440")
}

func TestANewUserOfWhomAReplicaDoesNotKnowYetIsAskedForAgain(t *testing.T) {
	const id = "dddddddd-0000-4000-8000-000000000001"
	s := begin(t, plain, following(allow("Kim")))
	s.apply(t)
	s.Tenant.SetLagging(id)
	t.Cleanup(func() { s.Tenant.SetLagging() })
	require.NoError(t, s.Tenant.PutPerson(json.RawMessage(newKim)))
	for range 2 {
		run, asked := s.follow(t)
		assert.Zero(t, run.Counts["created"])
		assert.Contains(t, asked, "/users/"+id)
	}
	s.Tenant.SetLagging()
	run, _ := s.follow(t)
	assert.Equal(t, []any{"incremental", 1}, []any{readingOf(t, run), run.Counts["created"]})
	_, asked := s.follow(t)
	assert.Equal(t, []string{"/users/delta"}, asked)
}
