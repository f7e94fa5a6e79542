package main

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/v8/config"
)

// openConfig opens the configuration file in the data directory and applies this
// start's settings to it. What was saved through the API, such as a plugin's
// settings, is kept.
func openConfig(o options) (*config.Store, error) {
	address, err := url.Parse(o.siteURL)
	if err != nil || address.Port() == "" {
		return nil, fmt.Errorf("-site-url %q: want http://host:port with an optional path", o.siteURL)
	}
	store, err := config.NewStoreFromDSN(filepath.Join(o.dataDir, "config.json"), false, nil, true)
	if err != nil {
		return nil, fmt.Errorf("open the configuration: %w", err)
	}
	settings := store.Get().Clone()
	serve(settings, o, address.Host)
	allowPlugins(settings, o.dataDir)
	setUpSignIn(settings)
	stayQuiet(settings, o.dataDir)
	if _, _, err := store.Set(settings); err != nil {
		return nil, errors.Join(fmt.Errorf("save the configuration: %w", err), store.Close())
	}
	return store, nil
}

func serve(c *model.Config, o options, listenAddress string) {
	c.ServiceSettings.SiteURL = model.NewPointer(o.siteURL)
	c.ServiceSettings.ListenAddress = model.NewPointer(listenAddress)
	c.ServiceSettings.EnableDeveloper = model.NewPointer(false)
	c.ServiceSettings.EnableTesting = model.NewPointer(false)
	// A web client would ask for the name of the organization and cover the page with a list of tasks.
	c.ServiceSettings.EnableOnboardingFlow = model.NewPointer(false)
	c.SqlSettings.DriverName = model.NewPointer(model.DatabaseDriverPostgres)
	c.SqlSettings.DataSource = model.NewPointer(o.dsn)
	c.FileSettings.Directory = model.NewPointer(filepath.Join(o.dataDir, "files"))
	c.TeamSettings.EnableOpenServer = model.NewPointer(false)
	c.RateLimitSettings.Enable = model.NewPointer(false)
	// If this is off, the server deactivates all guests at startup.
	c.GuestAccountsSettings.Enable = model.NewPointer(true)
}

func allowPlugins(c *model.Config, dataDir string) {
	c.PluginSettings.Enable = model.NewPointer(true)
	c.PluginSettings.EnableUploads = model.NewPointer(true)
	c.PluginSettings.RequirePluginSignature = model.NewPointer(false)
	c.PluginSettings.Directory = model.NewPointer(filepath.Join(dataDir, "plugins"))
	c.PluginSettings.ClientDirectory = model.NewPointer(filepath.Join(dataDir, "client_plugins"))
	c.PluginSettings.AutomaticPrepackagedPlugins = model.NewPointer(false)
}

// setUpSignIn sets up the single sign-on services, as far as the settings say. No one can sign in with them here.
func setUpSignIn(c *model.Config) {
	endpoint := model.NewPointer("https://login.example/document")
	c.Office365Settings.Enable = model.NewPointer(true)
	c.Office365Settings.Id, c.Office365Settings.Secret = model.NewPointer("app"), model.NewPointer("secret")
	for _, service := range []*model.SSOSettings{&c.OpenIdSettings, &c.GitLabSettings} {
		service.Enable = model.NewPointer(true)
		service.Id, service.Secret, service.DiscoveryEndpoint = model.NewPointer("app"), model.NewPointer("secret"), endpoint
	}
	saml := &c.SamlSettings
	saml.Enable, saml.Verify, saml.Encrypt = model.NewPointer(true), model.NewPointer(false), model.NewPointer(false)
	saml.IdpURL, saml.IdpDescriptorURL, saml.IdpCertificateFile = endpoint, endpoint, model.NewPointer("certificate.crt")
	saml.EmailAttribute, saml.UsernameAttribute = model.NewPointer("email"), model.NewPointer("username")
	saml.ServiceProviderIdentifier = model.NewPointer("mattermost")
}

// stayQuiet logs to one file and turns off everything that connects to the internet.
func stayQuiet(c *model.Config, dataDir string) {
	c.LogSettings.EnableConsole = model.NewPointer(false)
	c.LogSettings.EnableFile = model.NewPointer(true)
	c.LogSettings.FileLevel = model.NewPointer("DEBUG")
	c.LogSettings.FileLocation = model.NewPointer(dataDir)
	c.LogSettings.EnableDiagnostics = model.NewPointer(false)
	c.LogSettings.EnableSentry = model.NewPointer(false)

	c.AnnouncementSettings.AdminNoticesEnabled = model.NewPointer(false)
	c.AnnouncementSettings.UserNoticesEnabled = model.NewPointer(false)
	c.EmailSettings.SendEmailNotifications = model.NewPointer(false)
	c.EmailSettings.SendPushNotifications = model.NewPointer(false)
	c.PluginSettings.EnableMarketplace = model.NewPointer(false)
	c.PluginSettings.EnableRemoteMarketplace = model.NewPointer(false)
	c.ServiceSettings.EnableLinkPreviews = model.NewPointer(false)
	c.ServiceSettings.EnableSecurityFixAlert = model.NewPointer(false)
}

// testLicense is the server module's license for tests. It is set in this
// process only and never stored. Without a license, a server stops at 250 users.
func testLicense() *model.License {
	license := model.NewTestLicenseSKU(model.LicenseShortSkuEnterprise)
	license.Features.Users = model.NewPointer(1_000_000)
	return license
}
