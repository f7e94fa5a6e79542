package tests

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

func takeOpenAccounts() map[string]any {
	return leavers(map[string]any{"disabled_unlinked": "deactivate"})
}

func TestTheOpenAccountOfADisabledUserIsLinkedAndDeactivatedIfThePolicySaysSo(t *testing.T) {
	const password = "Password-of-Minjun-1"
	s := begin(t, plain, policy(allow("Minjun")))
	existing := s.register(t, &model.User{Username: "mj", Email: minjun, Password: password})
	session := s.Mattermost.Client()
	_, _, err := session.Login(waiting(t), minjun, password)
	require.NoError(t, err)
	s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": false})
	assert.Equal(t, []string{"skip", "planned", "disabled_account_open"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)), "by default it is only named")
	assert.Empty(t, s.links(t))

	s.configure(t, policy(allow("Minjun"), takeOpenAccounts()))
	shown := s.changeOf(t, s.sync(t, stage.ModePreview), minjun)
	assert.Equal(t, []string{"deactivate", "planned", "disabled_unlinked"}, outcomeOf(shown))
	run := s.apply(t)
	assert.Equal(t, 1, run.Counts["deactivated"])
	assert.Equal(t, []string{"deactivate", "done", "disabled_unlinked"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)
	assert.Equal(t, existing.Id, s.links(t)[s.objectID(t, minjun)])
	_, _, err = session.GetMe(waiting(t), "")
	require.Error(t, err, "the session ends")

	s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": true})
	assert.Equal(t, []string{"reactivate", "done", "returned"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
}

func TestTheBrakesHoldTheOpenAccountsOfDisabledUsers(t *testing.T) {
	s := begin(t, licensed, policy(allow("Minjun", "Hana Kim", "Ops"), lifecycle(map[string]any{
		"protected": []string{"hana.old"}, "leavers": map[string]any{"disabled_unlinked": "deactivate"},
	})))
	for id, person := range map[string][]string{"00000000-0000-4000-8000-0000000000d2": {"Minjun Kim", minjun}, "00000000-0000-4000-8000-0000000000d3": {"Hana Kim", hana}} {
		s.put(t, map[string]any{"id": id, "displayName": person[0], "mail": person[1], "userPrincipalName": person[1], "accountEnabled": false, "userType": "Member"})
	}
	s.ops(t, "ops@local.example")
	s.edit(t, opsID, map[string]any{"accountEnabled": false})
	squatter := s.registerUnverified(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	s.register(t, &model.User{Username: "hana.old", Email: hana, Password: "Password-of-Hana-1"})
	manager := s.register(t, &model.User{Username: "ops", Email: "ops@local.example", Password: "Password-of-Ops-1"})
	s.promote(t, manager.Id, model.SystemUserRoleId+" "+model.SystemManagerRoleId)
	before := s.fingerprint(t, "users")

	held := s.sync(t, stage.ModeApply)
	require.Equal(t, "held", held.State, "%s", held.Raw)
	assert.Equal(t, before, s.fingerprint(t, "users"))
	assert.Equal(t, []string{"skip", "planned", "disabled_account_open"}, outcomeOf(s.changeOf(t, held, hana)), "a protected account stays")
	unverified, privileged := s.changeOf(t, held, minjun), s.changeOf(t, held, manager.Email)
	assert.Equal(t, "unverified_email", unverified.ReasonParams["approval_kinds"])
	assert.Equal(t, "privileged_account", privileged.ReasonParams["approval_kinds"])

	assert.Equal(t, 1, s.approveLines(t, held, unverified.Seq).Counts["deactivated"])
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)
	assert.Equal(t, map[string]string{"00000000-0000-4000-8000-0000000000d2": squatter.Id}, s.links(t))
	assert.Zero(t, s.accounts(t)[manager.Email].DeleteAt)
}

func TestTheSafetyLimitCountsOpenAccountsAsDeactivations(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun", "Hana Kim"), takeOpenAccounts(), defaultLimits()))
	for _, email := range []string{minjun, hana} {
		s.register(t, &model.User{Username: "old." + email[:4], Email: email, Password: "Password-of-Someone-1"})
		s.edit(t, s.objectID(t, email), map[string]any{"accountEnabled": false})
	}
	held := s.sync(t, stage.ModeApply)
	require.Equal(t, "held", held.State, "%s", held.Raw)
	assert.Equal(t, "deactivations", s.heldRun(t, held).Hold.Kinds[0].Kind)
	assert.Empty(t, s.links(t), "what is held is not linked either")
}
