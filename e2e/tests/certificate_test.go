package tests

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

func TestACertificateSignsInAsWellAsASecretAndItsKeyIsToldToNobody(t *testing.T) {
	certificate, key := newCertificate(t)
	settings := map[string]any{"Credential": "certificate", "ClientSecret": "", "ClientCertificate": string(certificate) + string(key)}
	s := begin(t, plain, policy(allow("Kim Haneul"), office365()), settings)
	refused := s.sync(t, stage.ModeApply)
	require.NotNil(t, refused.Error)
	assert.Equal(t, "certificate_rejected", refused.Error.Code, "the application does not know it yet")

	require.NoError(t, s.Tenant.RegisterCertificate(certificate))
	assert.Equal(t, 2, s.apply(t).Counts["created"])

	log, err := s.Mattermost.Log()
	require.NoError(t, err)
	config, _, err := s.Mattermost.Admin.Client.GetConfig(waiting(t))
	require.NoError(t, err)
	for place, content := range map[string]string{
		"log": log, "tables": s.dump(t), "settings": fmt.Sprint(config.PluginSettings.Plugins[stage.PluginID]),
	} {
		for line := range bytes.Lines(key) {
			assertLacks(t, content, strings.TrimSpace(string(line)), "the key", place)
		}
	}
}

// newCertificate creates a certificate with its private key, in PEM.
func newCertificate(t *testing.T) (certificate, key []byte) {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "Entra Sync"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	require.NoError(t, err)
	encodedKey, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	certificate = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed})
	return certificate, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encodedKey})
}
