package tests

import (
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// only makes these users the whole tenant.
func (s *scene) only(t *testing.T, users ...map[string]any) {
	t.Helper()
	people := make([]json.RawMessage, len(users))
	for i, user := range users {
		encoded, err := json.Marshal(user)
		require.NoError(t, err)
		people[i] = encoded
	}
	require.NoError(t, s.Tenant.ReplacePeople(people))
}

// userNamed is a member whose mail is the name at corp.example.
func userNamed(id, name string) map[string]any {
	return map[string]any{"id": id, "displayName": name, "mail": name + "@corp.example", "userPrincipalName": name + "@corp.example",
		"accountEnabled": true, "userType": "Member"}
}

const (
	firstUser  = "0000000a-c4c4-4b00-8000-000000000000"
	secondUser = "0000000b-c4c4-4b00-8000-000000000000"
	thirdUser  = "0000000c-c4c4-4b00-8000-000000000000"
)

func TestNoUserGetsTheNameOfABotOrOneThatThePolicyReserves(t *testing.T) {
	s := begin(t, plain, policy(everyone(), map[string]any{"accounts": map[string]any{"reserved_usernames": []string{"@Alerts"}}}))
	s.only(t, userNamed(firstUser, "System-Bot"), userNamed(secondUser, "jira"), userNamed(thirdUser, "alerts"))
	s.apply(t)
	accounts := s.accounts(t)
	assert.Equal(t, "system-bot1", accounts["system-bot@corp.example"].Username)
	assert.Equal(t, "jira1", accounts["jira@corp.example"].Username)
	assert.Equal(t, "alerts1", accounts["alerts@corp.example"].Username)
}

func TestAFollowedUsernameDoesNotBecomeTheNameOfABotAndOneThatIsStays(t *testing.T) {
	s := begin(t, plain, policy(everyone(), map[string]any{"mapping": map[string]any{"username": map[string]any{"when": "always"}}}))
	s.only(t, userNamed(firstUser, "anna"), userNamed(secondUser, "github"))
	existing := s.register(t, &model.User{Username: "github", Email: "github@corp.example", Password: "Password-of-GitHub-1"})
	s.execute(t, `UPDATE users SET emailverified = true WHERE id = $1`, existing.Id)
	s.apply(t)
	s.edit(t, firstUser, map[string]any{"mail": "playbooks@corp.example"})
	for range 2 {
		s.apply(t)
		accounts := s.accounts(t)
		assert.Equal(t, "playbooks1", accounts["playbooks@corp.example"].Username)
		assert.Equal(t, "github", accounts["github@corp.example"].Username)
	}
}

func TestThePrincipalNameOfAnExternalUserIsNoAddress(t *testing.T) {
	const external = "ben_partner.example#EXT#@corp.onmicrosoft.example"
	scope := map[string]any{"everyone": true, "guests": true}
	s := begin(t, plain, policy(scope))
	ben := map[string]any{"id": firstUser, "displayName": "Ben", "mail": nil, "userPrincipalName": external, "otherMails": []string{"ben@partner.example"},
		"accountEnabled": true, "userType": "Member"}
	eva := map[string]any{"id": secondUser, "displayName": "Eva", "mail": " ", "userPrincipalName": "eva_partner.example#EXT#@corp.onmicrosoft.example",
		"otherMails": []string{}, "accountEnabled": true, "userType": "Guest"}
	s.only(t, ben, eva)
	for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
		assert.Equal(t, map[string]int{"skip external_principal_name": 2}, s.reasonsOf(t, s.sync(t, mode)), mode)
	}
	assert.Zero(t, s.countAccounts(t))

	s.configure(t, policy(scope, map[string]any{"mapping": map[string]any{"email": map[string]any{"sources": []string{"mail", "otherMails", "userPrincipalName"}}}}))
	assert.Equal(t, 1, s.apply(t).Counts["created"])
	assert.Equal(t, "ben", s.accounts(t)["ben@partner.example"].Username)
}

func TestAccountsOfSynchronizationAndExchangeGetAnAccountOnlyIfThePolicySaysSo(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	names := []string{"Sync_DC01_8f3e1a2b4c5d", "HealthMailbox0a1b2c3d4e5f60718293a4b5c6d7e8f9", "DiscoverySearchMailbox{D919BA05-46A6-415f-80AD-7E09334BB852}"}
	users := []map[string]any{userNamed("0000000d-c4c4-4b00-8000-000000000000", "minsu.kim")}
	for i, id := range []string{firstUser, secondUser, thirdUser} {
		user := userNamed(id, names[i])
		user["mail"] = nil
		users = append(users, user)
	}
	s.only(t, users...)
	for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
		assert.Equal(t, map[string]int{"create new_person": 1, "skip service_account": 3}, s.reasonsOf(t, s.sync(t, mode)), mode)
	}

	s.configure(t, policy(map[string]any{"everyone": true, "service_accounts": true}))
	assert.Equal(t, 3, s.apply(t).Counts["created"])
	s.configure(t, policy(everyone()))
	run := s.apply(t)
	assert.Equal(t, []int{4, 0}, []int{run.Counts["unchanged"], run.Counts["deactivated"]}, "a linked account stays")
}
