package tests

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// employ begins with a company of this many users who all have accounts, under the default safety limits. It returns their
// object IDs.
func employ(t *testing.T, count int, parts ...map[string]any) (*scene, []string) {
	t.Helper()
	s := begin(t, plain, policy(everyone(), append([]map[string]any{office365(), defaultLimits()}, parts...)...))
	people := company.Many(count)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	ids := make([]string, count)
	for at, person := range people {
		ids[at] = idOf(t, person)
	}
	require.Equal(t, count, s.apply(t).Counts["created"])
	return s, ids
}

// editAll changes the attributes of these users.
func (s *scene) editAll(t *testing.T, ids []string, attributes map[string]any) {
	t.Helper()
	for _, id := range ids {
		s.edit(t, id, attributes)
	}
}

// kindsOf are the reasons for which a run holds changes, with their numbers.
func (s *scene) kindsOf(t *testing.T, run *stage.Run) map[string]int {
	t.Helper()
	kinds := map[string]int{}
	if held := s.heldRun(t, run); held.Hold != nil {
		for _, each := range held.Hold.Kinds {
			kinds[each.Kind] = each.Count
		}
	}
	return kinds
}

func TestFiveOfNineAccountsDoNotGoWithoutAnApproval(t *testing.T) {
	s, ids := employ(t, 9)
	s.editAll(t, ids[:5], map[string]any{"accountEnabled": false})
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "held", run.State, "%s", run.Raw)
	assert.Equal(t, map[string]int{"deactivations": 5}, s.kindsOf(t, run))
	assert.Equal(t, 9, s.active(t))

	t.Run("nor do users who vanish from the list and by ID", func(t *testing.T) {
		s, ids := employ(t, 9)
		for _, id := range ids[:4] {
			require.True(t, s.Tenant.RemovePerson(id))
		}
		s.sync(t, stage.ModeApply)
		s.later(t, 30)
		run := s.sync(t, stage.ModeApply)
		assert.Equal(t, map[string]int{"deactivations": 4}, s.kindsOf(t, run))
		assert.Equal(t, 9, s.active(t))
	})
}

func TestAReadThatBringsFiveHundredUsersCreatesNoAccountWithoutAnApproval(t *testing.T) {
	s, _ := employ(t, 10)
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(90)))
	preview := s.sync(t, stage.ModePreview)
	assert.Equal(t, map[string]int{"creations": 80}, s.kindsOf(t, preview), "a preview says so before")
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "held", run.State, "%s", run.Raw)
	assert.Equal(t, map[string]int{"creations": 80}, s.kindsOf(t, run))
	assert.Equal(t, 10, s.active(t))

	s.approveHeld(t, run, nil)
	assert.Equal(t, 90, s.active(t))
	assert.Equal(t, 90, s.apply(t).Counts["unchanged"])
}

func TestFortyReturnersGetNoAccessWithoutAnApproval(t *testing.T) {
	s, ids := employ(t, 60)
	s.editAll(t, ids[:40], map[string]any{"accountEnabled": false})
	s.approveHeld(t, s.sync(t, stage.ModeApply), nil)
	require.Equal(t, 20, s.active(t))

	s.editAll(t, ids[:40], map[string]any{"accountEnabled": true})
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "held", run.State, "%s", run.Raw)
	assert.Equal(t, map[string]int{"reactivations": 40}, s.kindsOf(t, run))
	assert.Equal(t, 20, s.active(t))
}

func TestAFirstImportNeedsAnAdministrator(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365(), defaultLimits()), map[string]any{"TriggerToken": triggerToken})
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(60)))
	started := s.ask(t, withToken(asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": stage.ModeApply}}, triggerToken))
	require.Equal(t, http.StatusAccepted, started.status, "%s", started)
	var byToken stage.Run
	started.decode(t, &byToken)
	run := s.awaitEnd(t, byToken.ID)
	assert.Equal(t, "held", run.State, "%s", run.Raw)
	assert.Equal(t, map[string]int{"creations": 60}, s.kindsOf(t, run))
	assert.Zero(t, s.active(t))

	assert.Empty(t, s.kindsOf(t, s.sync(t, stage.ModePreview)))
	assert.Equal(t, 60, s.apply(t).Counts["created"])

	// The first import does not count, so a few newcomers on the same day are not held.
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(63)))
	assert.Equal(t, 3, s.apply(t).Counts["created"])
}

func TestAReadWithoutNamesEmptiesNoName(t *testing.T) {
	s, ids := employ(t, 35)
	before := s.accounts(t)
	s.editAll(t, ids, map[string]any{"givenName": nil, "surname": nil, "jobTitle": "Engineer"})
	run := s.sync(t, stage.ModeApply)
	assert.Equal(t, "held", run.State, "%s", run.Raw)
	assert.Equal(t, map[string]int{"emptied_fields": 35}, s.kindsOf(t, run))
	for email, now := range s.accounts(t) {
		assert.Equal(t, []string{before[email].FirstName, before[email].LastName}, []string{now.FirstName, now.LastName}, email)
		assert.Equal(t, "Engineer", now.Position, "other fields of the same users are updated")
	}

	lines := s.changes(t, run.ID)
	held := lines[0]
	for _, line := range lines {
		if line.Status == "held" {
			assert.Equal(t, "fields_emptied", line.Reason)
			held = line
		}
	}
	s.approveHeld(t, run, map[string]any{"changes": []int{held.Seq}})
	emptied := 0
	for _, now := range s.accounts(t) {
		if now.FirstName == "" && now.LastName == "" {
			emptied++
		}
	}
	assert.Equal(t, 1, emptied)
}

// statesOf runs a sync for each of these users, and counts how the runs ended.
func (s *scene) statesOf(t *testing.T, ids []string) map[string]int {
	t.Helper()
	states := map[string]int{}
	for _, id := range ids {
		states[s.applyTo(t, id).State]++
	}
	return states
}

func TestWhatARunHoldsNoRunForOneUserDoes(t *testing.T) {
	s, ids := employ(t, 60)
	s.editAll(t, ids[:40], map[string]any{"accountEnabled": false})
	held := s.heldRun(t, s.sync(t, stage.ModeApply))
	require.Equal(t, 40, held.Counts["held"])

	for _, id := range ids[:15] {
		run := s.applyTo(t, id)
		lines := s.changes(t, run.ID)
		require.Len(t, lines, 1)
		assert.Equal(t, []string{"skip", "planned", "waits_for_approval"}, outcomeOf(lines[0]))
	}
	assert.Equal(t, 60, s.active(t))

	t.Run("nor a full run in which they are few", func(t *testing.T) {
		s.editAll(t, ids[2:40], map[string]any{"accountEnabled": true})
		run := s.sync(t, stage.ModeApply)
		assert.Equal(t, "held", run.State, "%s", run.Raw)
		assert.Equal(t, map[string]int{"deactivations": 2}, s.kindsOf(t, run))
		assert.Equal(t, 60, s.active(t))

		// The first run no longer holds them, but the second does.
		assert.Equal(t, map[string]int{"succeeded": 2}, s.statesOf(t, ids[:2]))
		assert.Equal(t, 60, s.active(t))
		s.approveHeld(t, run, nil)
		assert.Equal(t, 58, s.active(t))
	})
}

// approveHeld approves what the run holds, all of it or what body names, and waits until that is made.
func (s *scene) approveHeld(t *testing.T, run *stage.Run, body any) {
	t.Helper()
	accepted := s.approve(t, s.heldRun(t, run), body)
	require.Equal(t, http.StatusAccepted, accepted.status, accepted.String())
	s.awaitEndOfRuns(t)
}

func TestManyRunsForOneUserCannotDoWhatOneRunWouldHold(t *testing.T) {
	for kind, attributes := range map[string]func(at int) map[string]any{
		"deactivations": func(int) map[string]any { return map[string]any{"accountEnabled": false} },
		"email_changes": func(at int) map[string]any { return map[string]any{"mail": fmt.Sprintf("new.%d@hanbit.example", at)} },
	} {
		t.Run(kind, func(t *testing.T) {
			s, ids := employ(t, 60)
			for at, id := range ids[:15] {
				s.edit(t, id, attributes(at))
			}
			assert.Equal(t, map[string]int{"succeeded": 5, "held": 10}, s.statesOf(t, ids[:15]))
			assert.Equal(t, 5, s.count(t, `SELECT count(*) FROM entrasync_changes WHERE status = 'done' AND action <> 'create'`))

			// After a day, they count no more. What is held stays held.
			s.execute(t, `UPDATE entrasync_runs SET finished_at = finished_at - 86400001`)
			run := s.sync(t, stage.ModeApply)
			assert.Equal(t, map[string]int{kind: 10}, s.kindsOf(t, run))
		})
	}
}

func TestWhatAFullRunHoldsNoIncrementalRunDoes(t *testing.T) {
	s := begin(t, plain, following(everyone(), defaultLimits()))
	people := company.Many(60)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	require.Equal(t, 60, s.apply(t).Counts["created"])
	for _, person := range people[:10] {
		s.edit(t, idOf(t, person), map[string]any{"accountEnabled": false})
	}
	require.Equal(t, "held", s.sync(t, stage.ModeApply).State)

	for _, person := range people[:3] {
		s.edit(t, idOf(t, person), map[string]any{"jobTitle": "Left"})
	}
	run, _ := s.follow(t)
	assert.Equal(t, "incremental", readingOf(t, run))
	assert.Equal(t, 3, run.Counts["skipped"])
	assert.Equal(t, 60, s.active(t))

	// The next incremental run looks at them again, so that they are not forgotten when the approval expires.
	s.execute(t, `UPDATE entrasync_runs SET hold = jsonb_set(hold, '{expires_at}', '1') WHERE hold IS NOT NULL`)
	run, _ = s.follow(t)
	assert.Equal(t, 3, run.Counts["deactivated"])
}

func TestWhatARunHoldsStaysHeldWhileAttributesAreUnknown(t *testing.T) {
	s, ids := employ(t, 60)
	s.editAll(t, ids[:40], map[string]any{"accountEnabled": false})
	require.Equal(t, "held", s.sync(t, stage.ModeApply).State)
	s.editAll(t, ids[2:40], map[string]any{"accountEnabled": true})
	held := s.sync(t, stage.ModeApply)
	require.Equal(t, map[string]int{"deactivations": 2}, s.kindsOf(t, held))

	s.editAll(t, ids, map[string]any{"accountEnabled": nil})
	for range 2 {
		require.Equal(t, "partial", s.sync(t, stage.ModeApply).State)
	}
	s.editAll(t, ids, map[string]any{"accountEnabled": true})
	s.editAll(t, ids[:2], map[string]any{"accountEnabled": false})
	assert.Equal(t, map[string]int{"succeeded": 1}, s.statesOf(t, ids[:1]), "nor does a run for one user")
	again := s.sync(t, stage.ModeApply)
	assert.Equal(t, map[string]int{"deactivations": 2}, s.kindsOf(t, again))
	assert.Equal(t, 60, s.active(t))
	s.approveHeld(t, again, nil)
	assert.Equal(t, 58, s.active(t))
}

func TestWhatARunHoldsIsNotForgottenWithTheHistory(t *testing.T) {
	s, ids := employ(t, 60, map[string]any{"history": map[string]any{"keep_days": 1}})
	s.editAll(t, ids[:40], map[string]any{"accountEnabled": false})
	held := s.sync(t, stage.ModeApply)
	require.Equal(t, 40, held.Counts["held"])
	s.execute(t, `UPDATE entrasync_runs SET started_at = started_at - 172800000, finished_at = finished_at - 172800000`)
	assert.Equal(t, map[string]int{"succeeded": 4}, s.statesOf(t, ids[:4]))
	assert.Equal(t, 60, s.active(t))
	assert.Equal(t, 40, s.getRun(t, held.ID).Counts["held"])
}

func TestTheTriggerTokenStartsOnlyRunsForAllUsers(t *testing.T) {
	s, ids := employ(t, 10)
	s.configure(t, map[string]any{"TriggerToken": triggerToken})
	s.edit(t, ids[0], map[string]any{"accountEnabled": false})
	for _, body := range []map[string]string{{"mode": stage.ModeApply, "user": ids[0]}, {"mode": stage.ModePreview, "user": ids[0]}} {
		refused := s.ask(t, withToken(asks{method: http.MethodPost, route: "/runs", body: body}, triggerToken))
		assert.Equal(t, http.StatusForbidden, refused.status)
		assert.Equal(t, "token_limited", refused.code())
	}
	assert.Equal(t, 10, s.active(t))
	incremental := map[string]string{"mode": stage.ModeApply, "reading": "incremental"}
	accepted := s.ask(t, withToken(asks{method: http.MethodPost, route: "/runs", body: incremental}, triggerToken))
	assert.Equal(t, http.StatusAccepted, accepted.status, "%s", accepted)
	s.awaitEndOfRuns(t)
}
