package mattermost

import (
	"context"

	"github.com/mattermost/mattermost/server/public/model"
)

// Rules are the settings of the server that decide which accounts it creates and which its users can sign in to (ServerRules in
// webapp/src/sync/types.ts). A password must follow rules, too, but no password enters the sync logic (passwordProblem).
type Rules struct {
	MemberDomains  string                  `json:"member_domains"`
	GuestDomains   string                  `json:"guest_domains"`
	HasGuests      bool                    `json:"has_guests"`
	PasswordSignIn bool                    `json:"password_sign_in"`
	SingleSignOn   map[string]ServiceState `json:"single_sign_on"`
}

// ServiceState is what the server has of a single sign-on service.
type ServiceState struct {
	IsEnabled  bool `json:"is_enabled"`
	IsComplete bool `json:"is_complete"`

	// IsLicensed reports whether the sign-in page offers the service (config/client.go of the server).
	IsLicensed bool `json:"is_licensed"`
}

// Rules returns the server's rules as they are now.
func (s *Server) Rules() Rules {
	return rulesOf(s.api.GetConfig(), s.api.GetLicense())
}

// ServerRules returns the server's rules as they are now.
func (a *Accounts) ServerRules(context.Context) (any, error) {
	return rulesOf(a.api.GetConfig(), a.api.GetLicense()), nil
}

func rulesOf(config *model.Config, license *model.License) Rules {
	features := &model.Features{}
	if license != nil && license.Features != nil {
		features = license.Features
	}
	office365 := value(features.Office365OAuth) || (license != nil && license.IsCloud())
	return Rules{
		MemberDomains: value(config.TeamSettings.RestrictCreationToDomains),
		GuestDomains:  value(config.GuestAccountsSettings.RestrictCreationToDomains),
		HasGuests:     value(config.GuestAccountsSettings.Enable),
		// Either is enough: users are told their username in the message about a new password.
		PasswordSignIn: value(config.EmailSettings.EnableSignInWithEmail) || value(config.EmailSettings.EnableSignInWithUsername),
		SingleSignOn: map[string]ServiceState{
			model.ServiceOffice365: {value(config.Office365Settings.Enable), isComplete(config.Office365Settings.SSOSettings()), office365},
			model.ServiceOpenid:    {value(config.OpenIdSettings.Enable), isComplete(&config.OpenIdSettings), value(features.OpenId)},
			model.ServiceGitlab:    {value(config.GitLabSettings.Enable), isComplete(&config.GitLabSettings), value(features.OpenId)},
			// The server does not save an enabled SAML that is not complete.
			model.UserAuthServiceSaml: {value(config.SamlSettings.Enable), value(config.SamlSettings.IdpURL) != "", value(features.SAML)},
		},
	}
}

// isComplete reports whether the server can send users to the service: with the application's ID and secret, and the addresses
// or the document that names them.
func isComplete(service *model.SSOSettings) bool {
	hasAddresses := value(service.DiscoveryEndpoint) != "" || (value(service.AuthEndpoint) != "" && value(service.TokenEndpoint) != "")
	return value(service.Id) != "" && value(service.Secret) != "" && hasAddresses
}
