package entra

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keyPair is a self-signed certificate and its key as PEM text.
type keyPair struct {
	certificate, key string
	public           crypto.PublicKey
}

func newKeyPair(t testing.TB) keyPair {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	return signed(t, key)
}

func signed(t testing.TB, key crypto.Signer) keyPair {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "entrasync test"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	return keyPair{block("CERTIFICATE", certificate), block("PRIVATE KEY", private), key.Public()}
}

func block(kind string, content []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}))
}

func TestCheckCertificate(t *testing.T) {
	pair, other := newKeyPair(t), newKeyPair(t)
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	elliptic := signed(t, curve)
	legacy := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: []byte("x"),
		Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}}))
	for _, test := range []struct {
		name, text string
		want       error
	}{
		{"certificate and key", pair.certificate + pair.key, nil},
		{"key first", pair.key + pair.certificate, nil},
		{"with its chain", other.certificate + pair.certificate + pair.key, nil},
		{"with words around it", "Bag Attributes\n" + pair.certificate + "Key:\n" + pair.key, nil},
		{"nothing", "", errNoPEM},
		{"garbage", "not a certificate", errNoPEM},
		{"certificate alone", pair.certificate, errCertificateParts},
		{"key alone", pair.key, errCertificateParts},
		{"two keys", pair.certificate + pair.key + other.key, errCertificateParts},
		{"a broken certificate", block("CERTIFICATE", []byte("x")) + pair.key, errCertificateParts},
		{"another's key", pair.certificate + other.key, errKeyMismatch},
		{"an elliptic key", elliptic.certificate + elliptic.key, errKeyNotRSA},
		{"an encrypted key", pair.certificate + block("ENCRYPTED PRIVATE KEY", []byte("x")), errKeyEncrypted},
		{"an encrypted key of the old form", pair.certificate + legacy, errKeyEncrypted},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.ErrorIs(t, CheckCertificate(test.text), test.want)
		})
	}
}
