package tests

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// TestNoAccountIsPlannedWithSignInDataThatTheServerHasAlready uses users who share an employee ID, and one whose ID an account of
// another service has.
func TestNoAccountIsPlannedWithSignInDataThatTheServerHasAlready(t *testing.T) {
	saml := func(matching ...string) map[string]any {
		return policy(allow("Swap"), map[string]any{
			"accounts": map[string]any{"sign_in": map[string]any{"method": "single_sign_on", "service": "saml"}, "matching": matching},
			"mapping":  map[string]any{"auth_data": map[string]any{"sources": []string{"employeeId"}}},
		})
	}
	s := begin(t, licensed, saml("link", "auth_data", "email"))
	people := s.namesakes(t, "swap.anna", "swap.bea", "swap.cleo", "swap.dora")
	for i, number := range []string{"K-1", "K-1", "K-3", "K-4"} {
		s.edit(t, people[i], map[string]any{"employeeId": number})
	}
	ldap := s.register(t, &model.User{Username: "from.ldap", Email: "ldap@swap.example", Password: "Password-of-LDAP-1"})
	s.execute(t, `UPDATE users SET authservice = 'ldap', authdata = 'K-3', password = '' WHERE id = $1`, ldap.Id)

	for _, matching := range [][]string{{"link", "auth_data", "email"}, {"link", "email"}} {
		s.removeHistory(t)
		s.configure(t, saml(matching...))
		want := map[string]int{"conflict duplicate_auth_data": 2, "conflict auth_data_taken": 1, "create new_person": 1}
		assert.Equal(t, want, s.reasonsOf(t, s.sync(t, stage.ModePreview)), matching)
	}
	run := s.apply(t)
	assert.Equal(t, "succeeded", run.State)
	assert.Equal(t, []int{1, 3, 0}, []int{run.Counts["created"], run.Counts["conflicts"], run.Counts["failed"]})

	t.Run("when it is free the accounts are created", func(t *testing.T) {
		s.edit(t, people[1], map[string]any{"employeeId": "K-2"})
		s.execute(t, `UPDATE users SET authdata = 'K-5' WHERE id = $1`, ldap.Id)
		assert.Equal(t, 3, s.apply(t).Counts["created"])
	})
	t.Run("data that follows the directory does not take it from another service either", func(t *testing.T) {
		following := saml("link", "email")
		following["Policy"].(map[string]any)["mapping"].(map[string]any)["auth_data"].(map[string]any)["when"] = "always"
		s.configure(t, following)
		s.edit(t, people[0], map[string]any{"employeeId": "K-5"})
		run := s.apply(t)
		assert.Equal(t, []int{1, 0}, []int{run.Counts["conflicts"], run.Counts["failed"]})
	})
}

func releasing(parts ...map[string]any) map[string]any {
	leavers := map[string]any{"missing_reads": 1, "min_minutes_between_reads": 0}
	return policy(allow("Swap"), append([]map[string]any{lifecycle(map[string]any{"release_addresses": true, "leavers": leavers})}, parts...)...)
}

// leaverAndSuccessor has swap.anna deactivated, and a new user with that address.
func (s *scene) leaverAndSuccessor(t *testing.T) (leaver, successor string) {
	t.Helper()
	leaver = s.namesakes(t, "swap.anna")[0]
	s.apply(t)
	s.edit(t, leaver, map[string]any{"accountEnabled": false})
	require.Equal(t, 1, s.apply(t).Counts["deactivated"])
	successor = "5a4b0000-0000-4000-8000-000000000099"
	s.put(t, map[string]any{"id": successor, "displayName": "Swap New", "mail": "swap.anna@swap.example", "accountEnabled": true, "userType": "Member"})
	return leaver, successor
}

func TestAnAddressIsNotReleasedForAUserWhoGetsNoAccount(t *testing.T) {
	const address = "swap.anna@swap.example"
	passwordOff := func(c *model.Config) {
		c.EmailSettings.EnableSignInWithEmail, c.EmailSettings.EnableSignInWithUsername = model.NewPointer(false), model.NewPointer(false)
	}
	for name, server := range map[string]func(*model.Config){
		"the server refuses the domain": allowDomains("other.example"), "no user could sign in": passwordOff,
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, plain, releasing())
			s.leaverAndSuccessor(t)
			restore := s.setServer(t, server)
			for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
				run := s.sync(t, mode)
				assert.Equal(t, []int{0, 0, 0}, []int{run.Counts["created"], run.Counts["updated"], run.Counts["failed"]}, mode)
			}
			assert.NotZero(t, s.accounts(t)[address].DeleteAt)
			restore()
			run := s.apply(t)
			assert.Equal(t, []int{1, 1}, []int{run.Counts["created"], run.Counts["updated"]})
		})
	}
}

func TestAnAddressThatTheServerWouldNotReplaceIsNotReleased(t *testing.T) {
	s := begin(t, plain, releasing())
	s.leaverAndSuccessor(t)
	s.makeGuest(t, "swap.anna@swap.example")
	defer s.setServer(t, func(c *model.Config) {
		c.GuestAccountsSettings.RestrictCreationToDomains = model.NewPointer("partner.example")
	})()
	run := s.apply(t)
	assert.Equal(t, []int{0, 0, 0, 1}, []int{run.Counts["created"], run.Counts["updated"], run.Counts["failed"], run.Counts["conflicts"]})
}

func TestAUserWhoReturnsAndSharesTheReleasedAddressIsTold(t *testing.T) {
	s := begin(t, plain, releasing())
	leaver, successor := s.leaverAndSuccessor(t)
	s.apply(t)
	s.edit(t, leaver, map[string]any{"accountEnabled": true})
	s.edit(t, successor, map[string]any{"jobTitle": "Guide"})
	for _, want := range []map[string]int{
		{"reactivate returned": 1, "conflict address_taken": 1, "update attributes_changed": 1}, {"conflict address_taken": 1},
	} {
		run := s.apply(t)
		assert.Equal(t, want, s.reasonsOf(t, run))
		for _, each := range s.changes(t, run.ID) {
			if each.Action == "conflict" {
				assert.Equal(t, leaver, each.ObjectID)
			}
		}
	}
	s.edit(t, successor, map[string]any{"mail": "swap.new@swap.example"})
	assert.Zero(t, s.apply(t).Counts["conflicts"])
	assert.Zero(t, s.accounts(t)["swap.anna@swap.example"].DeleteAt)
}

func TestARunForOneUserKnowsWhoElseHasTheAddress(t *testing.T) {
	s := begin(t, plain, policy(allow("Swap")))
	people := s.namesakes(t, "swap.anna", "swap.bea")
	s.edit(t, people[1], map[string]any{"mail": "swap.anna@swap.example"})
	assert.Equal(t, 2, s.apply(t).Counts["conflicts"])
	run := s.applyTo(t, people[0])
	assert.Equal(t, map[string]int{"conflict duplicate_email": 1}, s.reasonsOf(t, run))
}
