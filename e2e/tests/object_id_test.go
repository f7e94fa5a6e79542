package tests

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// putAs adds a user with an ID that no directory of Microsoft has.
func (s *scene) putAs(t *testing.T, id, email string) {
	t.Helper()
	s.put(t, map[string]any{"id": id, "accountEnabled": true, "displayName": "Odd " + email, "mail": email, "userPrincipalName": email})
}

func TestUsersWithoutAValidObjectIDAreSkippedAndEndNoRun(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365()))
	odd := []string{"constructor", "__proto__", "toString", "user-1"}
	for i, id := range odd {
		s.putAs(t, id, fmt.Sprintf("odd%d@hanbit.example", i))
	}
	run := s.apply(t)
	assert.Equal(t, "succeeded", run.State)
	assert.Zero(t, run.Counts["failed"])
	for i := range odd {
		told := s.changeOf(t, run, fmt.Sprintf("odd%d@hanbit.example", i))
		assert.Equal(t, []string{"skip", "planned", "no_object_id"}, outcomeOf(told))
	}
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_links WHERE object_id = ANY($1)`, "{"+odd[0]+","+odd[1]+","+odd[2]+","+odd[3]+"}"))
}

// Earlier versions linked such users. Then every run failed as soon as they were missing twice.
func TestAnAccountThatAnEarlierVersionLinkedByAWordEndsNoRun(t *testing.T) {
	for _, id := range []string{"constructor", "__proto__"} {
		t.Run(id, func(t *testing.T) {
			s := begin(t, plain, policy(everyone(), office365(), leavers(map[string]any{"missing_reads": 2})))
			s.apply(t)
			s.execute(t, `UPDATE entrasync_links SET object_id = $1 WHERE object_id = $2`, id, s.objectID(t, minjun))
			require.True(t, s.Tenant.RemovePerson(s.objectID(t, minjun)))
			for newcomer := range 3 {
				email := fmt.Sprintf("newcomer%d@hanbit.example", newcomer)
				s.putAs(t, fmt.Sprintf("00000000-0000-4000-8000-%012d", 900+newcomer), email)
				run := s.apply(t)
				assert.Equal(t, "succeeded", run.State, "%s", run.Raw)
				assert.Equal(t, []string{"create", "done", "new_person"}, outcomeOf(s.changeOf(t, run, email)))
				assert.Equal(t, []string{"conflict", "planned", "no_object_id"}, outcomeOf(s.changeOf(t, run, minjun)))
			}
			assert.Zero(t, s.accounts(t)[minjun].DeleteAt, "what cannot be asked for proves nothing")
			got := s.get(t, "/changes?object_id="+id)
			assert.Equal(t, http.StatusOK, got.status, "%s", got)
		})
	}
}

func TestAUserWhoseObjectIDComesInCapitalsKeepsTheAccount(t *testing.T) {
	s := begin(t, plain, following(everyone(), leavers(map[string]any{"missing_reads": 1, "min_minutes_between_reads": 0})))
	people := company.Many(10)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	require.Equal(t, 10, s.apply(t).Counts["created"])
	id := idOf(t, people[0])
	capitals := strings.Replace(string(people[0]), id, strings.ToUpper(id), 1)
	require.NotEqual(t, string(people[0]), capitals)
	require.NoError(t, s.Tenant.ReplacePeople(people[1:]))
	require.NoError(t, s.Tenant.PutPerson([]byte(capitals)))
	for range 2 {
		assert.Equal(t, 0, s.apply(t).Counts["deactivated"])
		run, _ := s.follow(t)
		assert.Equal(t, []int{0, 0, 0}, []int{run.Counts["created"], run.Counts["conflicts"], run.Counts["deactivated"]}, "%s", run.Raw)
	}
	assert.True(t, s.isActive(t, id))
	assert.Equal(t, 10, s.count(t, `SELECT count(*) FROM entrasync_links`))
}
