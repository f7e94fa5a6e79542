package mattermost

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
)

func TestTheRulesAreTheServersSettings(t *testing.T) {
	config := &model.Config{}
	assert.Equal(t, Rules{SingleSignOn: map[string]ServiceState{"office365": {}, "openid": {}, "gitlab": {}, "saml": {}}}, rulesOf(config, nil),
		"a server without settings")

	config.SetDefaults()
	rules := rulesOf(config, nil)
	assert.True(t, rules.PasswordSignIn)
	assert.Equal(t, ServiceState{}, rules.SingleSignOn["office365"], "off, with the addresses that it has by default")

	config.TeamSettings.RestrictCreationToDomains = new("corp.example")
	config.GuestAccountsSettings.RestrictCreationToDomains = new("partner.example")
	config.GuestAccountsSettings.Enable = new(true)
	config.EmailSettings.EnableSignInWithEmail = new(false)
	rules = rulesOf(config, nil)
	assert.Equal(t, "corp.example", rules.MemberDomains)
	assert.Equal(t, "partner.example", rules.GuestDomains)
	assert.True(t, rules.HasGuests)
	assert.True(t, rules.PasswordSignIn, "with the username")

	config.EmailSettings.EnableSignInWithUsername = new(false)
	assert.False(t, rulesOf(config, nil).PasswordSignIn)
}

func TestAServiceIsCompleteWithAnApplicationAndItsAddresses(t *testing.T) {
	config := &model.Config{}
	config.SetDefaults()
	for _, service := range []*model.SSOSettings{&config.GitLabSettings, &config.OpenIdSettings} {
		service.Enable, service.Id = new(true), new("app")
	}
	config.Office365Settings.Enable, config.Office365Settings.Id, config.Office365Settings.Secret = new(true), new("app"), new("secret")
	config.OpenIdSettings.Secret = new("secret")
	services := rulesOf(config, nil).SingleSignOn
	assert.Equal(t, ServiceState{IsEnabled: true, IsComplete: true}, services["office365"])
	assert.Equal(t, ServiceState{IsEnabled: true}, services["openid"], "no address")
	assert.Equal(t, ServiceState{IsEnabled: true}, services["gitlab"], "no secret")

	config.OpenIdSettings.DiscoveryEndpoint = new("https://login.example/.well-known/openid-configuration")
	config.SamlSettings.Enable, config.SamlSettings.IdpURL = new(true), new("https://login.example/saml")
	services = rulesOf(config, model.NewTestLicense()).SingleSignOn
	assert.Equal(t, ServiceState{true, true, true}, services["openid"])
	assert.Equal(t, ServiceState{true, true, true}, services["saml"])
	assert.True(t, rulesOf(config, &model.License{Features: &model.Features{Cloud: new(true)}}).SingleSignOn["office365"].IsLicensed)
}

func TestAChangedAddressIsHeldAgainstTheListOfTheKindOfAccount(t *testing.T) {
	config := &model.Config{}
	config.TeamSettings.RestrictCreationToDomains = new("corp.example")
	config.GuestAccountsSettings.RestrictCreationToDomains = new("partner.example")
	member, guest := &model.User{Roles: "system_user"}, &model.User{Roles: "system_guest"}
	saml := &model.User{Roles: "system_user", AuthService: "saml"}
	for email, refused := range map[string][]bool{
		"a@corp.example": {false, true, false}, "a@partner.example": {true, false, false}, "a@other.example": {true, true, false},
	} {
		for i, user := range []*model.User{member, guest, saml} {
			assert.Equal(t, refused[i], refusesDomain(user, email, config), "%s for %s %s", email, user.Roles, user.AuthService)
		}
	}
}
