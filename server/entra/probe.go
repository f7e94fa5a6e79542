package entra

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/golang-jwt/jwt/v5"
)

// probeRetry is used while an administrator waits for the answer: one more attempt, and soon.
func probeRetry() policy.RetryOptions {
	return policy.RetryOptions{MaxRetries: 1, RetryDelay: 500 * time.Millisecond, MaxRetryDelay: 5 * time.Second,
		TryTimeout: 15 * time.Second}
}

// Probe tries one step of a connection: token (sign in), users or groups (read one). It returns a detail to show, or an empty
// text. Its errors are [*Error].
func (c *Client) Probe(ctx context.Context, step string) (string, error) {
	ctx = policy.WithRetryOptions(ctx, probeRetry())
	switch step {
	case "token":
		return c.probeToken(ctx)
	case "users":
		return "", c.probeList(ctx, step)
	case "groups":
		return "", aboutGroups(c.probeList(ctx, step))
	}
	return "", requestInvalid("unknown step: " + clean(step))
}

func (c *Client) probeList(ctx context.Context, of string) error {
	body, err := c.get(ctx, c.address(of, "$top=1", "$select=id"))
	if err != nil {
		return err
	}
	_, err = parseFrame(body, of)
	return err
}

func (c *Client) probeToken(ctx context.Context) (string, error) {
	token, err := c.credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{c.scope}, EnableCAE: true})
	var failure *Error
	if errors.As(err, &failure) {
		return "", failure
	}
	return describeToken(token.Token), nil
}

// describeToken names the tenant, the application and its roles. Only Graph may trust a token's content, so the text is shown
// and nothing depends on it. A token that cannot be read has no detail.
func describeToken(token string) string {
	var claims struct {
		jwt.RegisteredClaims
		Tenant string   `json:"tid"`
		App    string   `json:"appid"`
		Roles  []string `json:"roles"`
	}
	if _, _, err := jwt.NewParser().ParseUnverified(token, &claims); err != nil {
		return ""
	}
	var parts []string
	for _, part := range []struct{ name, value string }{
		{"tid", claims.Tenant}, {"appid", claims.App}, {"roles", strings.Join(claims.Roles, ", ")},
	} {
		if part.value != "" {
			parts = append(parts, part.name+": "+part.value)
		}
	}
	return clean(strings.Join(parts, "; "))
}
