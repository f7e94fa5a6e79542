package tests

import (
	"net/http"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const dahyun = "dahyun.kim@hanbit.example"

// lifecycle is this part of a policy.
func lifecycle(parts map[string]any) map[string]any { return map[string]any{"lifecycle": parts} }

func leavers(keys map[string]any) map[string]any {
	return lifecycle(map[string]any{"leavers": keys})
}

func TestALeaverLosesTheAccountAndEverySessionAtOnce(t *testing.T) {
	const password = "Initial-Password-7a11!"
	s := begin(t, plain, policy(allow("Kim"), signIn(map[string]any{"method": "initial_password"})), map[string]any{"InitialPassword": password})
	s.apply(t)
	session := s.Mattermost.Client()
	_, _, err := session.Login(waiting(t), minjun, password)
	require.NoError(t, err)
	_, _, err = session.GetMe(waiting(t), "")
	require.NoError(t, err)

	s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": false})
	run := s.apply(t)
	assert.Equal(t, 1, run.Counts["deactivated"])
	assert.Equal(t, []string{"deactivate", "done", "disabled"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)

	_, response, err := session.GetMe(waiting(t), "")
	require.Error(t, err)
	assert.Equal(t, http.StatusUnauthorized, response.StatusCode, "the session ends with the account")
	_, _, err = s.Mattermost.Client().Login(waiting(t), minjun, password)
	require.Error(t, err)
	assert.Zero(t, s.count(t, `SELECT count(*) FROM sessions WHERE userid = $1`, s.accounts(t)[minjun].ID))

	s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": true, "jobTitle": "Lead"})
	run = s.apply(t)
	assert.Equal(t, 1, run.Counts["reactivated"])
	assert.Equal(t, []string{"reactivate", "done", "returned"}, outcomeOf(s.changeOf(t, run, minjun)))
	back := s.accounts(t)[minjun]
	assert.Zero(t, back.DeleteAt)
	assert.Equal(t, "Lead", back.Position)
	_, _, err = s.Mattermost.Client().Login(waiting(t), minjun, password)
	assert.NoError(t, err)
}

func outcomeOf(told change) []string { return []string{told.Action, told.Status, told.Reason} }

func TestEachWayOfLeaving(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365(), leavers(map[string]any{"missing_reads": 2})))
	s.apply(t)
	s.edit(t, s.objectID(t, dahyun), map[string]any{"displayName": "Dahyun"})
	require.True(t, s.Tenant.RemovePerson(s.objectID(t, minjun)))

	run := s.apply(t)
	assert.Equal(t, []string{"deactivate", "done", "out_of_scope"}, outcomeOf(s.changeOf(t, run, dahyun)))
	assert.Equal(t, "Policy.scope", s.changeOf(t, run, dahyun).ReasonParams["rule_path"])
	assert.Equal(t, []string{"skip", "planned", "missing_waits"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.Zero(t, s.accounts(t)[minjun].DeleteAt)

	s.later(t, 30)
	run = s.apply(t)
	assert.Equal(t, []string{"deactivate", "done", "missing"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)
	assert.Equal(t, 8, s.apply(t).Counts["unchanged"])
}

func TestAnAccountThatSomebodyElseDeactivatedStaysSo(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	id := s.accounts(t)[minjun].ID
	_, err := s.Mattermost.Admin.Client.UpdateUserActive(waiting(t), id, false)
	require.NoError(t, err)
	run := s.apply(t)
	assert.Equal(t, []string{"skip", "planned", "account_deactivated"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)
}

func TestSystemAdministratorsAndProtectedAccountsStay(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365(), lifecycle(map[string]any{"protected": []string{"HANA.KIM@hanbit.example"}})))
	s.apply(t)
	_, err := s.Mattermost.Admin.Client.UpdateUserRoles(waiting(t), s.accounts(t)[minjun].ID, model.SystemUserRoleId+" "+model.SystemAdminRoleId)
	require.NoError(t, err)
	for _, name := range []string{minjun, hana} {
		s.edit(t, s.objectID(t, name), map[string]any{"accountEnabled": false})
	}
	run := s.apply(t)
	assert.Equal(t, []string{"skip", "planned", "system_admin"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.Equal(t, []string{"skip", "planned", "protected"}, outcomeOf(s.changeOf(t, run, hana)))
	assert.Zero(t, run.Counts["deactivated"])
}

func TestAddressesFollowTheDirectoryAlsoWhenTwoPeopleSwapThem(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	before := s.accounts(t)
	minjunID, hanaID := s.objectID(t, minjun), s.objectID(t, hana)
	s.edit(t, minjunID, map[string]any{"mail": hana})
	s.edit(t, hanaID, map[string]any{"mail": minjun})
	run := s.apply(t)
	assert.Equal(t, 2, run.Counts["updated"])
	after := s.accounts(t)
	assert.Equal(t, before[minjun].ID, after[hana].ID)
	assert.Equal(t, before[hana].ID, after[minjun].ID)
	assert.True(t, after[hana].EmailVerified)
	assert.Equal(t, 10, s.apply(t).Counts["unchanged"])
}

func TestWhatSomebodyChangesInMattermostIsSetRightAndCalledDrift(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	user, _, err := s.Mattermost.Admin.Client.GetUser(waiting(t), s.accounts(t)[minjun].ID, "")
	require.NoError(t, err)
	user.Nickname = "MJ"
	_, _, err = s.Mattermost.Admin.Client.UpdateUser(waiting(t), user)
	require.NoError(t, err)
	run := s.apply(t)
	assert.Equal(t, []string{"update", "done", "drift"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.Equal(t, "Minjun Kim [Platform]", s.accounts(t)[minjun].Nickname)
	assert.Equal(t, 10, s.apply(t).Counts["unchanged"])
}
