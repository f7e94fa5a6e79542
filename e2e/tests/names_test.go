package tests

import (
	"fmt"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// followedNames gives accounts the local part of the directory's address as their username, also later.
func followedNames(parts ...map[string]any) map[string]any {
	mapping := map[string]any{"mapping": map[string]any{"username": map[string]any{"when": "always"}}}
	return policy(allow("Swap"), append([]map[string]any{mapping}, parts...)...)
}

// namesakes adds users whose display names begin with "Swap", with these local parts.
func (s *scene) namesakes(t *testing.T, names ...string) (objectIDs []string) {
	t.Helper()
	for i, name := range names {
		id := fmt.Sprintf("5a4b0000-0000-4000-8000-%012d", i+1)
		s.put(t, map[string]any{
			"id": id, "displayName": "Swap " + string(rune('A'+i)), "mail": name + "@swap.example", "userPrincipalName": id + "@swap.example", "accountEnabled": true, "userType": "Member",
		})
		objectIDs = append(objectIDs, id)
	}
	return objectIDs
}

// namesOf returns the usernames of the accounts of these users.
func (s *scene) namesOf(t *testing.T, objectIDs []string) (names []string) {
	t.Helper()
	var rows []struct {
		Owner    string `json:"object_id"`
		Username string `json:"username"`
	}
	s.query(t, &rows, `SELECT object_id, username FROM entrasync_links JOIN users ON users.id = account_id`)
	byOwner := map[string]string{}
	for _, row := range rows {
		byOwner[row.Owner] = row.Username
	}
	for _, id := range objectIDs {
		names = append(names, byOwner[id])
	}
	return names
}

func TestUsernamesMoveBetweenAccountsAsTheDirectorySays(t *testing.T) {
	s := begin(t, plain, followedNames())
	people := s.namesakes(t, "swap.anna", "swap.bea", "swap.cleo", "swap.dora")
	require.Equal(t, 4, s.apply(t).Counts["created"])
	call := func(names ...string) *scene {
		for i, name := range names {
			s.edit(t, people[i], map[string]any{"mail": name + "@swap.example"})
		}
		return s
	}

	t.Run("two users swap theirs", func(t *testing.T) {
		run := call("swap.bea", "swap.anna").apply(t)
		assert.Equal(t, "succeeded", run.State)
		assert.Equal(t, []string{"swap.bea", "swap.anna", "swap.cleo", "swap.dora"}, s.namesOf(t, people))
	})
	t.Run("three pass theirs around", func(t *testing.T) {
		call("swap.anna", "swap.cleo", "swap.bea").apply(t)
		assert.Equal(t, []string{"swap.anna", "swap.cleo", "swap.bea", "swap.dora"}, s.namesOf(t, people))
	})
	t.Run("they move along a chain", func(t *testing.T) {
		call("swap.cleo", "swap.bea", "swap.dora", "swap.emma").apply(t)
		assert.Equal(t, []string{"swap.cleo", "swap.bea", "swap.dora", "swap.emma"}, s.namesOf(t, people))
	})
	t.Run("then nothing is left to do", func(t *testing.T) {
		assert.Equal(t, 4, s.apply(t).Counts["unchanged"])
	})
}

func TestAnAccountGetsItsPlainUsernameWhenItIsFree(t *testing.T) {
	s := begin(t, plain, followedNames())
	local := s.register(t, &model.User{Username: "swap.anna", Email: "local@swap.example", Password: "Password-of-Anna-1"})
	people := s.namesakes(t, "swap.anna")
	s.apply(t)
	assert.Equal(t, []string{"swap.anna1"}, s.namesOf(t, people))

	run := s.apply(t)
	assert.Equal(t, 1, run.Counts["unchanged"], "the name stays taken: no change")
	assert.Empty(t, s.changes(t, run.ID))

	s.execute(t, `UPDATE users SET username = 'someone.else' WHERE id = $1`, local.Id)
	s.apply(t)
	assert.Equal(t, []string{"swap.anna"}, s.namesOf(t, people))
}

func TestTheAddressOfADeactivatedAccountGoesToTheUserWhoHasItNow(t *testing.T) {
	const address = "swap.anna@swap.example"
	releasing := func(isOn bool) map[string]any {
		return policy(allow("Swap"), lifecycle(map[string]any{"release_addresses": isOn, "leavers": map[string]any{"missing_reads": 1, "min_minutes_between_reads": 0}}))
	}
	s := begin(t, plain, releasing(false))
	people := s.namesakes(t, "swap.anna", "swap.bea")
	s.apply(t)
	old := s.accounts(t)[address]
	s.edit(t, people[0], map[string]any{"accountEnabled": false})
	require.Equal(t, 1, s.apply(t).Counts["deactivated"])

	s.edit(t, people[0], map[string]any{"mail": "swap.left@swap.example"})
	s.put(t, map[string]any{"id": "5a4b0000-0000-4000-8000-000000000099", "displayName": "Swap New", "mail": address, "accountEnabled": true, "userType": "Member"})
	t.Run("by default it is a conflict", func(t *testing.T) {
		run := s.apply(t)
		assert.Equal(t, 1, run.Counts["conflicts"])
		assert.Equal(t, old.ID, s.accounts(t)[address].ID)
	})
	t.Run("with the choice the new user gets it in one run", func(t *testing.T) {
		s.configure(t, releasing(true))
		run := s.apply(t)
		assert.Equal(t, "succeeded", run.State)
		assert.Equal(t, []int{1, 1, 0}, []int{run.Counts["created"], run.Counts["updated"], run.Counts["conflicts"]})
		accounts := s.accounts(t)
		assert.NotEqual(t, old.ID, accounts[address].ID)
		parked := accounts["entrasync-"+old.ID+"@swap.example"]
		assert.Equal(t, old.ID, parked.ID)
		assert.Equal(t, old.Username, parked.Username)
		assert.NotZero(t, parked.DeleteAt)
		reasons := map[string]string{}
		for _, each := range s.changes(t, run.ID) {
			reasons[each.Reason] = each.AccountID
		}
		assert.Equal(t, map[string]string{"address_released": old.ID, "new_person": accounts[address].ID}, reasons)
	})
	t.Run("then nothing is left to do", func(t *testing.T) {
		run := s.apply(t)
		assert.Equal(t, []int{0, 0, 0, 2}, []int{run.Counts["created"], run.Counts["updated"], run.Counts["conflicts"], run.Counts["unchanged"]})
	})
	t.Run("the user who left and returns gets the account back, with the address of now", func(t *testing.T) {
		s.edit(t, people[0], map[string]any{"accountEnabled": true, "mail": "swap.back@swap.example"})
		run := s.apply(t)
		assert.Equal(t, 1, run.Counts["reactivated"])
		assert.Equal(t, old.ID, s.accounts(t)["swap.back@swap.example"].ID)
	})
}

func TestSignInDataThatIsMadeOfTheAddressFollowsIt(t *testing.T) {
	saml := func(when string) map[string]any {
		return policy(allow("Swap"), signIn(map[string]any{"method": "single_sign_on", "service": "saml"}),
			map[string]any{"mapping": map[string]any{"auth_data": map[string]any{"sources": []string{"mail"}, "when": when}}})
	}
	s := begin(t, licensed, saml("on_create"))
	people := s.namesakes(t, "swap.anna", "swap.bea")
	require.Equal(t, 2, s.apply(t).Counts["created"])
	before := s.accounts(t)["swap.anna@swap.example"]
	s.execute(t, `UPDATE users SET mfaactive = true, mfasecret = 'secret' WHERE id = $1`, before.ID)
	data := func(email string) string { return text(s.accounts(t)[email].AuthData) }

	t.Run("by default the account keeps what it was made with", func(t *testing.T) {
		s.edit(t, people[0], map[string]any{"mail": "swap.wed@swap.example"})
		s.apply(t)
		assert.Equal(t, "swap.anna@swap.example", data("swap.wed@swap.example"))
	})
	t.Run("with the choice it follows, and nothing else changes", func(t *testing.T) {
		s.configure(t, saml("always"))
		assert.Equal(t, 1, s.apply(t).Counts["updated"])
		assert.Equal(t, "swap.wed@swap.example", data("swap.wed@swap.example"))
		after := s.accounts(t)["swap.wed@swap.example"]
		assert.Equal(t, []any{before.ID, "saml", true, before.Username}, []any{after.ID, text(after.AuthService), after.EmailVerified, after.Username})
		assert.Equal(t, 1, s.count(t, `SELECT count(*) FROM users WHERE mfaactive AND mfasecret = 'secret'`))
	})
	t.Run("two users swap theirs", func(t *testing.T) {
		s.edit(t, people[0], map[string]any{"mail": "swap.bea@swap.example"})
		s.edit(t, people[1], map[string]any{"mail": "swap.wed@swap.example"})
		assert.Equal(t, "succeeded", s.apply(t).State)
		assert.Equal(t, "swap.bea@swap.example", data("swap.bea@swap.example"))
		assert.Equal(t, "swap.wed@swap.example", data("swap.wed@swap.example"))
		assert.Equal(t, before.ID, s.accounts(t)["swap.bea@swap.example"].ID)
	})
	t.Run("what another account has is a conflict", func(t *testing.T) {
		s.execute(t, `UPDATE users SET authdata = 'swap.next@swap.example' WHERE email = 'swap.wed@swap.example'`)
		s.edit(t, people[0], map[string]any{"mail": "swap.next@swap.example"})
		s.edit(t, people[1], map[string]any{"mail": "swap.next@swap.example"})
		assert.NotZero(t, s.apply(t).Counts["unchanged"]+s.newestRun(t).Counts["conflicts"], "given to neither")
		assert.Equal(t, "swap.bea@swap.example", data("swap.bea@swap.example"))
	})
	t.Run("then nothing is left to do", func(t *testing.T) {
		s.edit(t, people[0], map[string]any{"mail": "swap.anna@swap.example"})
		s.edit(t, people[1], map[string]any{"mail": "swap.bea@swap.example"})
		s.apply(t)
		assert.Equal(t, 2, s.apply(t).Counts["unchanged"])
	})
}
