package tests

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// staff are users of the domains, some in each, with usernames s0, s1, ….
func (s *scene) staff(t *testing.T, counts map[string]int) {
	t.Helper()
	people := []json.RawMessage{}
	for _, domain := range []string{"corp.example", "partner.example", "wrong.example"} {
		for range counts[domain] {
			number := len(people)
			people = append(people, fmt.Appendf(nil, `{"id":"%08x-c1c1-4b00-8000-000000000000","displayName":"Staff %d","givenName":"S","surname":"%d","mail":"staff%d@%s",`+
				`"userPrincipalName":"staff%d@corp.onmicrosoft.example","accountEnabled":true,"userType":"Member"}`, number, number, number, number, domain, number))
		}
	}
	require.NoError(t, s.Tenant.ReplacePeople(people))
}

// setServer changes settings of the server, and returns a function that restores them.
func (s *scene) setServer(t *testing.T, change func(*model.Config)) (restore func()) {
	t.Helper()
	client := s.Mattermost.Admin.Client
	before, _, err := client.GetConfig(waiting(t))
	require.NoError(t, err)
	changed, _, err := client.GetConfig(waiting(t))
	require.NoError(t, err)
	change(changed)
	_, _, err = client.UpdateConfig(waiting(t), changed)
	require.NoError(t, err)
	return func() { // the test's context ends before its cleanup
		now, _, err := client.GetConfig(waiting(t))
		require.NoError(t, err)
		before.PluginSettings = now.PluginSettings
		_, _, err = client.UpdateConfig(waiting(t), before)
		require.NoError(t, err)
	}
}

// makeGuest makes an account a guest account, which the server's own route does only with a license.
func (s *scene) makeGuest(t *testing.T, email string) {
	t.Helper()
	s.execute(t, `UPDATE users SET roles = 'system_guest' WHERE email = $1`, email)
	_, err := s.Mattermost.Admin.Client.InvalidateCaches(waiting(t))
	require.NoError(t, err)
}

func allowDomains(domains string) func(*model.Config) {
	return func(c *model.Config) { c.TeamSettings.RestrictCreationToDomains = &domains }
}

// reasonsOf counts the lines of a run by action and reason.
func (s *scene) reasonsOf(t *testing.T, run *stage.Run) map[string]int {
	t.Helper()
	counted := map[string]int{}
	for _, each := range s.changes(t, run.ID) {
		counted[each.Action+" "+each.Reason]++
	}
	return counted
}

func TestAPlanLeavesOutTheAddressesWhoseDomainTheServerRefusesAndTheRunDoesThePlan(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	s.staff(t, map[string]int{"corp.example": 4, "wrong.example": 12})
	defer s.setServer(t, allowDomains("corp.example, @other.example"))()

	preview := s.sync(t, stage.ModePreview)
	assert.Equal(t, "succeeded", preview.State)
	want := map[string]int{"create new_person": 4, "skip email_domain_refused": 12}
	assert.Equal(t, want, s.reasonsOf(t, preview))
	assert.Equal(t, []int{4, 12}, []int{preview.Counts["created"], preview.Counts["skipped"]})

	run := s.apply(t)
	assert.Equal(t, want, s.reasonsOf(t, run))
	assert.Equal(t, []int{4, 12, 0}, []int{run.Counts["created"], run.Counts["skipped"], run.Counts["failed"]})
	again := s.apply(t)
	assert.Equal(t, []int{4, 12, 0}, []int{again.Counts["unchanged"], again.Counts["skipped"], again.Counts["failed"]}, "said in every run")

	defer s.setServer(t, allowDomains(""))()
	assert.Equal(t, 12, s.apply(t).Counts["created"])
}

func TestSAMLAccountsMayHaveAddressesOfAnyDomainAndOtherServicesMayNot(t *testing.T) {
	s := begin(t, plain)
	defer s.setServer(t, allowDomains("corp.example"))()
	for service, want := range map[string]map[string]int{
		"saml": {"create new_person": 3}, "openid": {"create new_person": 1, "skip email_domain_refused": 2},
	} {
		s.removeAccounts(t)
		s.removeHistory(t)
		s.configure(t, policy(everyone(), signIn(map[string]any{"method": "single_sign_on", "service": service})))
		s.staff(t, map[string]int{"corp.example": 1, "wrong.example": 2})
		assert.Equal(t, want, s.reasonsOf(t, s.apply(t)), service)
	}
}

func TestAnAddressInADomainThatTheServerRefusesIsNotGivenAndTheOtherFieldsFollow(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	s.staff(t, map[string]int{"corp.example": 3})
	s.apply(t)
	member, guest, waiter := s.objectID(t, "staff0@corp.example"), s.objectID(t, "staff1@corp.example"), s.objectID(t, "staff2@corp.example")
	s.makeGuest(t, "staff1@corp.example")
	defer s.setServer(t, func(c *model.Config) {
		c.TeamSettings.RestrictCreationToDomains = model.NewPointer("corp.example")
		c.GuestAccountsSettings.RestrictCreationToDomains = model.NewPointer("partner.example")
	})()
	s.edit(t, member, map[string]any{"mail": "staff0@partner.example", "jobTitle": "Guide"})
	s.edit(t, guest, map[string]any{"mail": "staff1@partner.example", "jobTitle": "Guide"})
	s.edit(t, waiter, map[string]any{"mail": "staff0@corp.example"})

	for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
		run := s.sync(t, mode)
		assert.Equal(t, "succeeded", run.State, "%s", run.Raw)
		assert.Equal(t, map[string]int{
			"update attributes_changed": 2, "update email_changed": 1, "skip email_domain_refused": 1, "conflict address_taken": 1,
		}, s.reasonsOf(t, run), mode)
	}
	accounts := s.accounts(t)
	assert.Equal(t, "Guide", accounts["staff0@corp.example"].Position)
	assert.Equal(t, "Guide", accounts["staff1@partner.example"].Position)
	assert.Contains(t, accounts, "staff2@corp.example", "the wanted address did not become free")
}

func TestTwoUsersOfDifferentDomainsSwapTheirAddressesWhereEachKindOfAccountHasItsOwn(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	s.staff(t, map[string]int{"corp.example": 1, "partner.example": 1})
	s.apply(t)
	one, other := s.objectID(t, "staff0@corp.example"), s.objectID(t, "staff1@partner.example")
	s.makeGuest(t, "staff0@corp.example")
	defer s.setServer(t, func(c *model.Config) {
		c.TeamSettings.RestrictCreationToDomains = model.NewPointer("corp.example")
		c.GuestAccountsSettings.RestrictCreationToDomains = model.NewPointer("partner.example")
	})()
	s.edit(t, one, map[string]any{"mail": "staff1@partner.example"})
	s.edit(t, other, map[string]any{"mail": "staff0@corp.example"})
	run := s.apply(t)
	assert.Zero(t, run.Counts["failed"])
	assert.Equal(t, "system_guest", s.accounts(t)["staff1@partner.example"].Roles)
	assert.Equal(t, "system_user", s.accounts(t)["staff0@corp.example"].Roles)
}

// warnings are the codes and paths of what the server cannot do of the policy.
func (s *scene) warnings(t *testing.T) (told []string) {
	t.Helper()
	var status struct {
		Warnings []struct {
			Code, Path, Message, Hint string
		}
		Faults []any
	}
	s.get(t, "/status").decode(t, &status)
	assert.Empty(t, status.Faults)
	for _, warning := range status.Warnings {
		assert.Contains(t, warning.Hint, "System Console >")
		told = append(told, warning.Code+" "+warning.Path+": "+warning.Message)
	}
	return told
}

func TestNoAccountsAreMadeThatNoOneCanSignInToAndTheSettingsSayWhy(t *testing.T) {
	passwordOff := func(c *model.Config) {
		c.EmailSettings.EnableSignInWithEmail, c.EmailSettings.EnableSignInWithUsername = model.NewPointer(false), model.NewPointer(false)
	}
	service := func(name string) map[string]any {
		return signIn(map[string]any{"method": "single_sign_on", "service": name})
	}
	for name, c := range map[string]struct {
		accounts map[string]any
		server   func(*model.Config)
		message  string
	}{
		"a password":           {signIn(map[string]any{"method": "random_password"}), passwordOff, "signing in with a password is turned off"},
		"Office 365, off":      {office365(), func(c *model.Config) { c.Office365Settings.Enable = model.NewPointer(false) }, "turned off"},
		"SAML, off":            {service("saml"), func(c *model.Config) { c.SamlSettings.Enable = model.NewPointer(false) }, "turned off"},
		"OpenID, not set up":   {service("openid"), func(c *model.Config) { c.OpenIdSettings.Id = model.NewPointer("") }, "not set up"},
		"GitLab, no addresses": {service("gitlab"), func(c *model.Config) { c.GitLabSettings.DiscoveryEndpoint = model.NewPointer("") }, "not set up"},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, plain, policy(everyone(), c.accounts))
			s.staff(t, map[string]int{"corp.example": 3})
			s.apply(t)
			s.edit(t, s.objectID(t, "staff0@corp.example"), map[string]any{"accountEnabled": false})
			s.apply(t)
			s.edit(t, s.objectID(t, "staff0@corp.example"), map[string]any{"accountEnabled": true})
			s.edit(t, s.objectID(t, "staff1@corp.example"), map[string]any{"accountEnabled": false})
			s.edit(t, s.objectID(t, "staff2@corp.example"), map[string]any{"jobTitle": "Guide"})
			s.put(t, map[string]any{"id": "0000000f-c1c1-4b00-8000-000000000000", "displayName": "New", "mail": "new@corp.example",
				"userPrincipalName": "new@corp.example", "accountEnabled": true, "userType": "Member"})
			restore := s.setServer(t, c.server)
			defer restore()
			if told := s.warnings(t); assert.Len(t, told, 1) {
				assert.Contains(t, told[0], "sign_in_unavailable Policy.accounts.sign_in: Users could not sign in")
				assert.Contains(t, told[0], c.message)
			}
			for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
				run := s.sync(t, mode)
				assert.Equal(t, map[string]int{"skip sign_in_unavailable": 2, "deactivate disabled": 1, "update attributes_changed": 1}, s.reasonsOf(t, run))
				assert.Equal(t, "partial", run.State)
				assert.Equal(t, "sign_in_unavailable", run.Error.Code)
			}
			assert.Equal(t, 1, s.count(t, `SELECT count(*) FROM users WHERE deleteat = 0 AND NOT `+stageAccounts), "the one who stays")
			restore()
			assert.Equal(t, map[string]int{"create new_person": 1, "reactivate returned": 1, "skip disabled": 1}, s.reasonsOf(t, s.apply(t)))
		})
	}
}

func TestAServiceThatTheLicenseDoesNotIncludeIsAWarningOnly(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365()))
	s.staff(t, map[string]int{"corp.example": 1})
	if told := s.warnings(t); assert.Len(t, told, 1) {
		assert.Contains(t, told[0], "the license of this server does not include it")
	}
	assert.Equal(t, 1, s.apply(t).Counts["created"])
	s.configure(t, policy(everyone()))
	assert.Empty(t, s.warnings(t))
}

func TestRandomPasswordsMeetTheLongestRequirementsOfTheServer(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	for i, length := range []int{40, 72} {
		restore := s.setServer(t, func(c *model.Config) {
			c.PasswordSettings.MinimumLength = &length
			c.PasswordSettings.Lowercase, c.PasswordSettings.Uppercase = model.NewPointer(true), model.NewPointer(true)
			c.PasswordSettings.Number, c.PasswordSettings.Symbol = model.NewPointer(true), model.NewPointer(true)
		})
		s.staff(t, map[string]int{"corp.example": 2 * (i + 1)})
		run := s.sync(t, stage.ModeApply)
		restore()
		assert.Equal(t, "succeeded", run.State, "%s", run.Raw)
		assert.Equal(t, 2, run.Counts["created"], "at least %d characters", length)
	}
}

func TestAnInitialPasswordThatTheServerRefusesIsNamedBeforeARun(t *testing.T) {
	initial := map[string]any{"InitialPassword": "Aa1!" + strings.Repeat("x", 20)}
	s := begin(t, plain, policy(everyone(), signIn(map[string]any{"method": "initial_password"})), initial)
	defer s.setServer(t, func(c *model.Config) { c.PasswordSettings.MinimumLength = model.NewPointer(40) })()
	refused := s.ask(t, asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "preview"}}.by(s.Mattermost.Admin))
	assert.Equal(t, "initial_password_weak", refused.code())
	assert.Contains(t, string(refused.body), "MinimumLength = 40")
}
