package entra

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/golang-jwt/jwt/v5"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

var tenantIDPattern = regexp.MustCompile(`[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`)

// TenantID returns the ID of the tenant that the credential reads, or "" if Microsoft does not say it. Microsoft calls access tokens
// opaque: one that names its tenant saves a request, and nothing depends on it being readable. Otherwise Graph names the
// organization, which needs the permission Organization.Read.All, and then the public metadata of the sign-in service does. Its errors
// are [*Error].
// Source: https://learn.microsoft.com/entra/identity-platform/access-tokens, https://learn.microsoft.com/graph/api/organization-list
func (c *Client) TenantID(ctx context.Context) (string, error) {
	token, err := c.credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{c.scope}, EnableCAE: true})
	if err != nil {
		return "", asError(ctx, err)
	}
	if id := tenantOfToken(token.Token); id != "" {
		return id, nil
	}
	id, err := c.organizationID(ctx)
	if err != nil || id != "" {
		return id, err
	}
	return c.TenantIDOf(ctx, c.tenant), nil
}

// asError returns the error of a credential as [*Error].
func asError(ctx context.Context, err error) error {
	var failure *Error
	if errors.As(err, &failure) {
		return failure
	}
	return transportError(ctx, err)
}

func tenantOfToken(token string) string {
	var claims struct {
		jwt.RegisteredClaims
		Tenant string `json:"tid"`
	}
	if _, _, err := jwt.NewParser().ParseUnverified(token, &claims); err != nil {
		return ""
	}
	return wholeTenantID(claims.Tenant)
}

func wholeTenantID(text string) string {
	if id := tenantIDPattern.FindString(text); id == text {
		return id
	}
	return ""
}

// organizationID is "" without the permission, and in a cloud that has no organization.
func (c *Client) organizationID(ctx context.Context) (string, error) {
	body, err := c.get(ctx, c.address("organization", "$select=id"))
	var refusal *Error
	if errors.As(err, &refusal) && refusal.facts.Origin == fault.OriginGraph && refusal.facts.Status >= 400 && refusal.facts.Status < 500 &&
		refusal.facts.Status != http.StatusTooManyRequests && refusal.facts.Status != http.StatusUnauthorized {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var answer struct {
		Value []struct {
			ID string `json:"id"`
		} `json:"value"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || len(answer.Value) != 1 {
		return "", nil
	}
	return wholeTenantID(answer.Value[0].ID), nil
}

// TenantIDOf returns the ID of the tenant with this domain name or ID from the public metadata of the sign-in service, or "" if
// there is none. The service answers without a credential, so none is sent.
// Source: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
func (c *Client) TenantIDOf(ctx context.Context, name string) string {
	if c.login == nil || name == "" || strings.ContainsAny(name, "/\\?#%") {
		return ""
	}
	address := *c.login
	address.Path += "/" + url.PathEscape(name) + "/v2.0/.well-known/openid-configuration"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return ""
	}
	response, err := c.signIn.Do(request)
	if err != nil {
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	var metadata struct {
		Issuer string `json:"issuer"`
	}
	if response.StatusCode != http.StatusOK || json.NewDecoder(response.Body).Decode(&metadata) != nil {
		return ""
	}
	return tenantIDPattern.FindString(metadata.Issuer)
}
