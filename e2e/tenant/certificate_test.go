package tenant_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // x5t is defined as a SHA-1 thumbprint (RFC 7515, 4.1.7)
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net/url"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/golang-jwt/jwt/v5"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// certificate creates a key pair as an administrator does with openssl.
func certificate(t *testing.T) (*x509.Certificate, *rsa.PrivateKey) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Entra Sync"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	must(t, err)
	parsed, err := x509.ParseCertificate(der)
	must(t, err)
	return parsed, key
}

func certificateCredential(t *testing.T, server *tenant.Server, certificate *x509.Certificate, key crypto.PrivateKey) azcore.TokenCredential {
	t.Helper()
	credential, err := azidentity.NewClientCertificateCredential(server.TenantID, server.ClientID, []*x509.Certificate{certificate}, key,
		&azidentity.ClientCertificateCredentialOptions{ClientOptions: clientOptions(server), DisableInstanceDiscovery: true})
	must(t, err)
	return credential
}

func encodePEM(certificate *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
}

func TestAzureIdentitySignsInWithARegisteredCertificate(t *testing.T) {
	server := start(t, tenant.Options{})
	registered, key := certificate(t)
	must(t, server.RegisterCertificate(encodePEM(registered)))
	ids, err := newGraphClient(server, certificateCredential(t, server, registered, key)).users(url.Values{}, 1)
	must(t, err)
	if len(ids) != 100 {
		t.Errorf("got %d people, want the first page of 100", len(ids))
	}
}

func TestAzureIdentityReportsACertificateThatIsNotRegistered(t *testing.T) {
	server := start(t, tenant.Options{})
	other, key := certificate(t)
	wantLoginError(t, getToken(certificateCredential(t, server, other, key), server.URL()), 401, 700027, "invalid_client")
}

func TestAssertionsAreVerified(t *testing.T) {
	server := start(t, tenant.Options{})
	registered, key := certificate(t)
	_, otherKey := certificate(t)
	must(t, server.RegisterCertificate(encodePEM(registered)))
	digest := sha1.Sum(registered.Raw) //nolint:gosec // see the import
	thumbprint := base64.RawURLEncoding.EncodeToString(digest[:])
	endpoint := server.URL() + "/" + server.TenantID + "/oauth2/v2.0/token"
	soon := time.Now().Add(5 * time.Minute)
	tests := map[string]struct {
		key              *rsa.PrivateKey
		audience, issuer string
		expires          time.Time
		status, code     int
	}{
		"right":                     {key, endpoint, server.ClientID, soon, 200, 0},
		"for the issuer":            {key, server.URL() + "/" + server.TenantID + "/v2.0", server.ClientID, soon, 200, 0},
		"signed with another key":   {otherKey, endpoint, server.ClientID, soon, 401, 700027},
		"meant for another service": {key, "https://login.elsewhere.example", server.ClientID, soon, 401, 700023},
		"expired":                   {key, endpoint, server.ClientID, time.Now().Add(-time.Minute), 401, 700024},
		"about another application": {key, endpoint, unknownID, soon, 401, 700021},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assertion := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.RegisteredClaims{Issuer: test.issuer, Subject: test.issuer,
				Audience: jwt.ClaimStrings{test.audience}, ExpiresAt: jwt.NewNumericDate(test.expires)})
			assertion.Header["x5t"] = thumbprint
			signed, err := assertion.SignedString(test.key)
			must(t, err)
			wantTokenAnswer(t, server, url.Values{"grant_type": {"client_credentials"}, "client_id": {server.ClientID},
				"scope": {server.URL() + "/.default"}, "client_assertion": {signed},
				"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}, test.status, test.code)
		})
	}
}

func TestCertificatesComeAsPEM(t *testing.T) {
	server := start(t, tenant.Options{})
	for name, data := range map[string]string{"nothing": "", "no PEM": "certificate", "a broken one": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		if err := server.RegisterCertificate([]byte(data)); err == nil {
			t.Errorf("%s was registered", name)
		}
	}
}
