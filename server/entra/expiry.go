package entra

import (
	"context"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// hintLength is how many characters of a client secret Graph shows.
// Source: https://learn.microsoft.com/graph/api/resources/passwordcredential
const hintLength = 3

// ownCredential is what is known here about the credential in use.
type ownCredential struct {
	clientID string

	// hint is the beginning of the client secret, '' for another kind of credential.
	hint string

	// certificateEnd is when the certificate expires, zero for another kind of credential.
	certificateEnd time.Time
}

func newOwnCredential(cfg Config) ownCredential {
	own := ownCredential{clientID: cfg.ClientID}
	switch cfg.Credential {
	case names.CredentialSecret:
		if letters := []rune(cfg.ClientSecret); len(letters) > hintLength {
			own.hint = string(letters[:hintLength])
		}
	case names.CredentialCertificate:
		own.certificateEnd = endOfCertificate(cfg.ClientCertificate)
	}
	return own
}

// CredentialExpiry returns when the credential in use expires, zero if it never does or this cannot be known. A certificate
// contains the date. For secrets, Graph is asked, which requires Application.Read.All. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/application-get
func (c *Client) CredentialExpiry(ctx context.Context) (time.Time, error) {
	if !c.own.certificateEnd.IsZero() || c.own.hint == "" {
		return c.own.certificateEnd, nil
	}
	if !objectIDPattern.MatchString(c.own.clientID) {
		return time.Time{}, requestInvalid("not the id of an application")
	}
	ctx = policy.WithRetryOptions(ctx, probeRetry())
	body, err := c.get(ctx, c.address("applications(appId='"+c.own.clientID+"')", "$select=passwordCredentials"))
	if err != nil {
		return time.Time{}, err
	}
	secrets, err := parseSecrets(body)
	return likelyEnd(secrets, c.own.hint, time.Now()), err
}

// passwordCredential is a client secret as Graph shows it.
type passwordCredential struct {
	Hint string    `json:"hint"`
	End  time.Time `json:"endDateTime"`
}

func parseSecrets(body []byte) ([]passwordCredential, error) {
	var application struct {
		Secrets []passwordCredential `json:"passwordCredentials"`
	}
	if err := decode(body, &application, "an application"); err != nil {
		return nil, err
	}
	return application.Secrets, nil
}

// likelyEnd chooses the secret that is probably in use, because Graph does not say which it is. Secrets with the same beginning
// as ours come first, then those that have not expired yet, and among these the one that expires first: an early warning does
// no harm.
func likelyEnd(secrets []passwordCredential, hint string, now time.Time) time.Time {
	var ours []passwordCredential
	for _, secret := range secrets {
		if secret.Hint == hint {
			ours = append(ours, secret)
		}
	}
	if len(ours) == 0 {
		ours = secrets
	}
	var next, last time.Time
	for _, secret := range ours {
		if secret.End.After(now) && (next.IsZero() || secret.End.Before(next)) {
			next = secret.End
		}
		if secret.End.After(last) {
			last = secret.End
		}
	}
	if next.IsZero() {
		return last
	}
	return next
}
