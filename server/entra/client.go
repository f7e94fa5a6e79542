// Package entra holds the credentials of the Entra application and sends HTTP requests to Microsoft: sign-in and Microsoft
// Graph. It moves bytes and reports facts; the sync logic decides what they mean.
//
// Two rules hold for every request. The secret goes to the sign-in host only, the token to the Graph host only. Nothing that
// this package returns or prints contains a secret, an assertion or a token.
package entra

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// Config says which directory to read and with which credential. The URLs are https roots without a query.
type Config struct {
	// TenantID is the directory's ID or one of its verified domains.
	TenantID string

	// ClientID is the application's ID. For a managed identity, '' means the system-assigned one.
	ClientID string

	// ClientSecret is the secret's value, for the credential `secret`.
	ClientSecret string

	// ClientCertificate is PEM text with the certificate and its unencrypted RSA key, for `certificate`.
	ClientCertificate string

	// Credential is secret, certificate, workload_identity or managed_identity.
	Credential string

	// LoginURL is the authority's root, such as https://login.microsoftonline.com.
	LoginURL string

	// GraphURL is Graph's root without a version, such as https://graph.microsoft.com.
	GraphURL string

	// UserAgent sends the plugin's name and version to Microsoft.
	UserAgent string
}

// Client reads one directory. It keeps its token until shortly before that expires, and is safe for concurrent use.
type Client struct {
	graph      *url.URL
	scope      string
	credential *credential
	pipeline   runtime.Pipeline
	own        ownCredential

	// tenant is how the settings name the tenant. login is nil for a managed identity without a sign-in host; signIn reaches no other host.
	tenant string
	login  *url.URL
	signIn *http.Client
}

// New checks cfg and builds a client. It sends nothing yet. Its errors are [*Error].
func New(cfg Config) (*Client, error) {
	return newClient(cfg, newWire())
}

func newClient(cfg Config, wire wire) (*Client, error) {
	graph, err := rootURL(cfg.GraphURL)
	if err != nil {
		return nil, settingError("graph_url", err)
	}
	cred, err := newCredential(cfg, wire)
	if err != nil {
		return nil, err
	}
	client := &Client{
		graph:      graph,
		scope:      strings.TrimRight(graph.String(), "/") + "/.default",
		credential: cred,
		own:        newOwnCredential(cfg),
		tenant:     cfg.TenantID,
	}
	if login, err := rootURL(cfg.LoginURL); err == nil {
		limits := guard{next: wire.transport, hosts: []string{hostOf(login)}, limit: maxLoginBytes}
		client.login, client.signIn = login, &http.Client{Transport: limits, CheckRedirect: refuseRedirect, Timeout: metadataTimeout}
	}
	options := wire.clientOptions(cfg.UserAgent, guard{hosts: []string{hostOf(graph)}, limit: maxAnswerBytes})
	client.pipeline = runtime.NewPipeline("", "", runtime.PipelineOptions{
		PerRetry: []policy.Policy{client.bearer(), policyFunc(checkIntact)},
	}, options)
	return client, nil
}

// bearer signs requests with the token. A token that Graph refuses is replaced once, because it may have been revoked or have
// expired in transit.
func (c *Client) bearer() policy.Policy {
	return runtime.NewBearerTokenPolicy(c.credential, []string{c.scope}, &policy.BearerTokenOptions{
		AuthorizationHandler: policy.AuthorizationHandler{
			OnChallenge: func(_ *policy.Request, _ *http.Response, authorize func(policy.TokenRequestOptions) error) error {
				return authorize(policy.TokenRequestOptions{Scopes: []string{c.scope}, Claims: skipTokenCache})
			},
		},
	})
}

// skipTokenCache asks for no claims. Any claims option makes the credential fetch a new token.
const skipTokenCache = "{}"

// metadataTimeout limits a request for the public metadata of the sign-in service.
const metadataTimeout = 15 * time.Second

// header is a request header in addition to those that every request has.
type header struct{ name, value string }

// get reads one JSON object from Graph. Its errors are [*Error].
func (c *Client) get(ctx context.Context, address string, headers ...header) (json.RawMessage, error) {
	request, err := runtime.NewRequest(ctx, http.MethodGet, address)
	if err != nil {
		return nil, invalidAnswer("the address is not valid")
	}
	request.Raw().Header.Set("Accept", "application/json")
	for _, each := range headers {
		request.Raw().Header.Set(each.name, each.value)
	}
	response, err := c.pipeline.Do(request) //nolint:bodyclose // the pipeline has read and closed it
	if err != nil {
		return nil, transportError(ctx, err)
	}
	body, err := runtime.Payload(response)
	if err != nil {
		return nil, transportError(ctx, err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, graphError(response, body)
	}
	return body, nil
}
