package tenant

import (
	"crypto/sha1" //nolint:gosec // x5t is defined as a SHA-1 thumbprint (RFC 7515, 4.1.7); it only names the key.
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/golang-jwt/jwt/v5"
)

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// certificates are those registered for the application, by the thumbprints that an assertion can have.
type certificates struct {
	mu           sync.RWMutex
	byThumbprint map[string]*x509.Certificate
	list         []*x509.Certificate
}

func newCertificates() *certificates {
	return &certificates{byThumbprint: map[string]*x509.Certificate{}}
}

func (c *certificates) add(pemData []byte) error {
	for block, rest := pem.Decode(pemData); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return fmt.Errorf("reading the certificate: %w", err)
		}
		one, two := sha1.Sum(certificate.Raw), sha256.Sum256(certificate.Raw) //nolint:gosec // see the import
		c.mu.Lock()
		defer c.mu.Unlock()
		c.byThumbprint[base64.RawURLEncoding.EncodeToString(one[:])] = certificate
		c.byThumbprint[base64.RawURLEncoding.EncodeToString(two[:])] = certificate
		c.list = append(c.list, certificate)
		return nil
	}
	return errors.New("there is no certificate in the PEM data")
}

// all are the certificates in the order in which they were registered.
func (c *certificates) all() []*x509.Certificate {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clone(c.list)
}

func (c *certificates) find(thumbprint string) *x509.Certificate {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.byThumbprint[thumbprint]
}

// urlAlphabet converts plain base64 to base64url. The standard requires the latter (RFC 7515), but Microsoft's Go
// client sends the former, and Entra accepts both.
var urlAlphabet = strings.NewReplacer("+", "-", "/", "_", "=", "")

// thumbprintOf reads x5t#S256, or else x5t, from an assertion's header. It is empty if there is neither.
func thumbprintOf(token *jwt.Token) string {
	for _, name := range []string{"x5t#S256", "x5t"} {
		if value, isText := token.Header[name].(string); isText {
			return urlAlphabet.Replace(value)
		}
	}
	return ""
}

// hexThumbprint is the form of a thumbprint in Entra's errors.
func hexThumbprint(thumbprint string) string {
	bytes, err := base64.RawURLEncoding.DecodeString(thumbprint)
	if err != nil {
		return ""
	}
	return strings.ToUpper(hex.EncodeToString(bytes))
}

// checkAssertion verifies the JWT with which an application proves that it has a registered
// certificate's key. tenantRoot is this server's address with the tenant, as the client wrote it.
func (s *Server) checkAssertion(form url.Values, tenantRoot string) *loginError {
	if form.Get("client_assertion_type") != assertionType {
		return new(missingParameter("client_assertion_type"))
	}
	thumbprint := ""
	claims := &jwt.RegisteredClaims{}
	_, err := jwt.ParseWithClaims(form.Get("client_assertion"), claims, func(token *jwt.Token) (any, error) {
		thumbprint = thumbprintOf(token)
		if certificate := s.certificates.find(thumbprint); certificate != nil {
			return certificate.PublicKey, nil
		}
		return nil, errors.New("no such certificate")
	}, jwt.WithValidMethods([]string{"RS256", "PS256"}), jwt.WithExpirationRequired())
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return new(malformedAssertion())
	case errors.Is(err, jwt.ErrTokenUnverifiable):
		return new(unknownCertificate(s.ClientID, hexThumbprint(thumbprint)))
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return new(wrongSignature(s.ClientID, hexThumbprint(thumbprint)))
	case err != nil:
		return new(assertionOutOfTime())
	case !isAudience(claims.Audience, tenantRoot):
		return new(wrongAudience())
	case !strings.EqualFold(claims.Issuer, s.ClientID) || !strings.EqualFold(claims.Subject, s.ClientID):
		return new(wrongIssuer())
	}
	return nil
}

// isAudience accepts the token endpoint and the issuer, as Entra does.
func isAudience(audience jwt.ClaimStrings, tenantRoot string) bool {
	return len(audience) == 1 && (strings.EqualFold(audience[0], tenantRoot+"/oauth2/v2.0/token") ||
		strings.EqualFold(audience[0], tenantRoot+"/v2.0"))
}
