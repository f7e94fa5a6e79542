package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// allowEmails puts the users with these addresses into scope.
func allowEmails(emails ...string) map[string]any {
	return map[string]any{"allow": map[string]any{"email": emails}}
}

const married = "dahyun.lee@hanbit.example"

// marry gives a linked user another address, which is not on the list of the scope. It returns the user's object ID.
func (s *scene) marry(t *testing.T) string {
	t.Helper()
	require.Equal(t, 2, s.apply(t).Counts["created"])
	id := s.objectID(t, dahyun)
	s.edit(t, id, map[string]any{"displayName": "Dahyun Lee", "mail": married, "userPrincipalName": married})
	return id
}

func TestAUserWhoseNewAddressIsNotOnTheListKeepsTheAccountUntilAnAdministratorApproves(t *testing.T) {
	s := begin(t, plain, policy(allowEmails(minjun, dahyun), office365(), defaultLimits()))
	id := s.marry(t)
	changes := `mail: "` + dahyun + `" → "` + married + `"`

	for _, mode := range []string{stage.ModePreview, stage.ModeApply, stage.ModeApply} {
		run := s.sync(t, mode)
		told := s.changeOf(t, run, dahyun)
		assert.Equal(t, []string{"deactivate", "out_of_scope"}, []string{told.Action, told.Reason})
		assert.Equal(t, changes, told.ReasonParams["scope_changes"])
		assert.Equal(t, "scope_attribute_changed", told.ReasonParams["approval_kinds"])
		assert.Equal(t, 1, s.kindsOf(t, run)["scope_attribute_changed"])
		assert.True(t, s.isActive(t, id))
	}
	s.heldRun(t, s.applyTo(t, id))
	assert.True(t, s.isActive(t, id), "a run for this user holds it as well")

	// Neither approving everything nor the plan of a preview covers it.
	held := s.heldRun(t, s.sync(t, stage.ModeApply))
	refused := s.approve(t, held, nil)
	assert.Equal(t, []any{http.StatusConflict, "approval_unnamed"}, []any{refused.status, refused.code()})
	refused = s.approve(t, s.heldRun(t, s.sync(t, stage.ModePreview)), nil)
	assert.Equal(t, "approval_unnamed", refused.code())
	assert.True(t, s.isActive(t, id))

	s.approveLines(t, held.Run, s.changeOf(t, held.Run, dahyun).Seq)
	assert.False(t, s.isActive(t, id))

	// The list is corrected.
	s.configure(t, policy(allowEmails(minjun, married), office365(), defaultLimits()))
	assert.Equal(t, 1, s.apply(t).Counts["reactivated"])
	assert.True(t, s.isActive(t, id))
}

func TestThePlanOfAPreviewDeactivatesAUserWithAnotherAddressByItsLine(t *testing.T) {
	s := begin(t, plain, policy(allowEmails(minjun, dahyun), office365(), defaultLimits()))
	id := s.marry(t)
	preview := s.sync(t, stage.ModePreview)
	s.approveLines(t, preview, s.changeOf(t, preview, dahyun).Seq)
	assert.False(t, s.isActive(t, id))
}

func TestAnIncrementalRunHoldsAUserWhoseNewAddressIsNotOnTheList(t *testing.T) {
	s := begin(t, plain, following(allowEmails(minjun, dahyun), defaultLimits()))
	id := s.marry(t)
	started := &stage.Run{}
	body := map[string]string{"mode": stage.ModeApply, "reading": "incremental"}
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs", body, started))
	run := s.awaitEnd(t, started.ID)
	assert.Equal(t, []string{"incremental", "held"}, []string{readingOf(t, run), run.State})
	assert.Equal(t, "scope_attribute_changed", s.changeOf(t, run, dahyun).ReasonParams["approval_kinds"])
	assert.True(t, s.isActive(t, id))
}

func TestAUserWhoLeavesTheScopeByAPolicyOrAGroupNeedsNoApprovalOfItsOwn(t *testing.T) {
	s := begin(t, plain, policy(allowEmails(minjun, dahyun), office365(), map[string]any{"guard": map[string]any{"deactivations": map[string]any{"max_percent": 100}}}))
	id := s.marry(t)
	s.configure(t, policy(allowEmails(minjun), office365(), map[string]any{"guard": map[string]any{"deactivations": map[string]any{"max_percent": 100}}}))
	assert.Equal(t, 1, s.apply(t).Counts["deactivated"], "the list no longer has the old address")
	assert.False(t, s.isActive(t, id))
}

func TestARuleOnLicensesLeavesOutAccountsWithoutOne(t *testing.T) {
	const e5 = "06ebc4ee-1bb5-47dd-8120-11324bc54e06"
	licensed := map[string]any{"attribute": "assignedLicenses", "operator": "equals", "value": e5}
	rules := map[string]any{"rules": []any{map[string]any{"name": "E5", "effect": "allow", "when": licensed}}}
	s := begin(t, plain, following(rules, defaultLimits()))
	id := s.objectID(t, minjun)
	other := s.objectID(t, dahyun)
	s.edit(t, id, map[string]any{"assignedLicenses": []any{map[string]any{"skuId": e5, "disabledPlans": []any{}}}})
	s.edit(t, other, map[string]any{"assignedLicenses": []any{map[string]any{"skuId": "50f60901-3181-4b75-8a2c-4c8e4c1d5a72", "disabledPlans": []any{}}}})
	run := s.apply(t)
	assert.Equal(t, []int{1, 1}, []int{run.Counts["in_scope"], run.Counts["created"]})

	// Another user gets the license between full runs.
	s.edit(t, other, map[string]any{"assignedLicenses": []any{map[string]any{"skuId": e5, "disabledPlans": []any{}}}})
	followed, _ := s.follow(t)
	assert.Equal(t, 1, followed.Counts["created"], "%s", followed.Raw)

	s.edit(t, id, map[string]any{"assignedLicenses": []any{}})
	held := s.sync(t, stage.ModeApply)
	assert.Equal(t, `assignedLicenses: "`+e5+`" → ""`, s.changeOf(t, held, minjun).ReasonParams["scope_changes"])
	assert.True(t, s.isActive(t, id))
}
