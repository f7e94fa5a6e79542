package entra

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// credential is an azidentity credential whose failures are [*Error].
type credential struct {
	azcore.TokenCredential

	// secret is removed from every message, in case the remote system repeats it.
	secret string
}

// loginAliases are other host names of a cloud's sign-in service. Discovery at one of them can point to another.
// Source: https://login.microsoftonline.com/common/discovery/instance
var loginAliases = map[string]string{
	"login.chinacloudapi.cn:443":           "login.partner.microsoftonline.cn:443",
	"login.partner.microsoftonline.cn:443": "login.chinacloudapi.cn:443",
}

func newCredential(cfg Config, wire wire) (*credential, error) {
	var inner azcore.TokenCredential
	var err error
	if cfg.Credential == names.CredentialManagedIdentity {
		inner, err = newManagedIdentity(cfg, wire)
	} else {
		inner, err = newAppCredential(cfg, wire)
	}
	var own *Error
	if errors.As(err, &own) {
		return nil, own
	}
	if err != nil {
		return nil, settingError("credential", errors.New(clean(err.Error(), cfg.ClientSecret)))
	}
	return &credential{TokenCredential: inner, secret: cfg.ClientSecret}, nil
}

// newAppCredential makes the credentials that sign in at the sign-in host. Discovery of other hosts is off: the settings choose
// the cloud, and nothing in the server's environment may choose another.
func newAppCredential(cfg Config, wire wire) (azcore.TokenCredential, error) {
	login, err := rootURL(cfg.LoginURL)
	if err != nil {
		return nil, settingError("login_url", err)
	}
	if cfg.TenantID == "" || cfg.ClientID == "" {
		return nil, refuse(fault.NotConfigured, "")
	}
	options := appOptions(cfg, login, wire)
	switch cfg.Credential {
	case names.CredentialSecret:
		if cfg.ClientSecret == "" {
			return nil, refuse(fault.NotConfigured, "client_secret")
		}
		return azidentity.NewClientSecretCredential(cfg.TenantID, cfg.ClientID, cfg.ClientSecret,
			&azidentity.ClientSecretCredentialOptions{ClientOptions: options, DisableInstanceDiscovery: true})
	case names.CredentialCertificate:
		certificates, key, err := parseCertificate(cfg.ClientCertificate)
		if err != nil {
			return nil, refuse(fault.CertificateInvalid, err.Error())
		}
		return azidentity.NewClientCertificateCredential(cfg.TenantID, cfg.ClientID, certificates, key,
			&azidentity.ClientCertificateCredentialOptions{ClientOptions: options, DisableInstanceDiscovery: true})
	case names.CredentialWorkloadIdentity:
		return azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{
			ClientOptions: options, DisableInstanceDiscovery: true, TenantID: cfg.TenantID, ClientID: cfg.ClientID})
	}
	return nil, errors.New("unknown kind of credential")
}

func appOptions(cfg Config, login *url.URL, wire wire) azcore.ClientOptions {
	// azidentity reads the region only from the environment. It would then sign in at another host, or ask the machine's
	// metadata service for the region. The variable belongs to this plugin's own process.
	_ = os.Unsetenv("AZURE_REGIONAL_AUTHORITY_NAME")
	hosts := []string{hostOf(login)}
	if alias, known := loginAliases[hosts[0]]; known {
		hosts = append(hosts, alias)
	}
	options := wire.clientOptions(cfg.UserAgent, guard{hosts: hosts, limit: maxLoginBytes})
	options.PerRetryPolicies = append(options.PerRetryPolicies, policyFunc(noteFailure), policyFunc(checkTokenAnswer))
	options.Cloud = cloud.Configuration{ActiveDirectoryAuthorityHost: login.String() + "/"}
	return *options
}

func newManagedIdentity(cfg Config, wire wire) (azcore.TokenCredential, error) {
	options := &azidentity.ManagedIdentityCredentialOptions{ClientOptions: azcore.ClientOptions{
		Transport:        &http.Client{Transport: wire.metadata, CheckRedirect: refuseRedirect},
		Retry:            policy.RetryOptions{MaxRetries: 3},
		Telemetry:        policy.TelemetryOptions{Disabled: true},
		PerRetryPolicies: []policy.Policy{policyFunc(noteFailure)},
	}}
	if cfg.ClientID != "" {
		options.ID = azidentity.ClientID(cfg.ClientID)
	}
	return azidentity.NewManagedIdentityCredential(options)
}

// failureKey finds the *error in a context in which [noteFailure] stores what it saw.
type failureKey struct{}

// noteFailure keeps the network error of the latest attempt, because MSAL passes on only its text.
func noteFailure(request *policy.Request) (*http.Response, error) {
	response, err := request.Next()
	if note, ok := request.Raw().Context().Value(failureKey{}).(*error); ok {
		*note = err
	}
	return response, err
}

// GetToken implements [azcore.TokenCredential].
func (c *credential) GetToken(ctx context.Context, options policy.TokenRequestOptions) (azcore.AccessToken, error) {
	var failure error
	token, err := c.TokenCredential.GetToken(context.WithValue(ctx, failureKey{}, &failure), options)
	switch {
	case err == nil && isToken(token.Token):
		return token, nil
	case err == nil:
		return azcore.AccessToken{}, invalidAnswer(unusableToken) // of a managed identity
	}
	var refused *azidentity.AuthenticationFailedError
	switch {
	case ctx.Err() != nil || failure != nil:
		return token, transportError(ctx, failure)
	case errors.As(err, &refused) && refused.RawResponse != nil:
		body, _ := runtime.Payload(refused.RawResponse) // an unreadable body leaves the status
		return token, tokenError(refused.RawResponse.StatusCode, body, c.secret)
	}
	return token, &Error{facts: fault.Facts{Origin: fault.OriginToken, Message: clean(err.Error(), c.secret)}}
}
