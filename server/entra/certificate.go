package entra

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

var (
	errNoPEM            = errors.New("not PEM text")
	errKeyEncrypted     = errors.New("the private key is encrypted; store it without a passphrase")
	errKeyNotRSA        = errors.New("the private key is not an RSA key")
	errKeyMismatch      = errors.New("the private key does not belong to the certificate")
	errCertificateParts = errors.New("one certificate and one unencrypted RSA private key are needed")
)

// CheckCertificate says why text cannot be used as the application's certificate: PEM with a certificate and its unencrypted
// RSA key, in any order. The text of the error can be shown and contains nothing of the key.
func CheckCertificate(text string) error {
	_, _, err := parseCertificate(text)
	return err
}

func parseCertificate(text string) ([]*x509.Certificate, crypto.PrivateKey, error) {
	if err := checkBlocks([]byte(text)); err != nil {
		return nil, nil, err
	}
	certificates, key, err := azidentity.ParseCertificates([]byte(text), nil)
	if err != nil {
		return nil, nil, errCertificateParts
	}
	private, isRSA := key.(*rsa.PrivateKey)
	if !isRSA {
		return nil, nil, errKeyNotRSA
	}
	for _, certificate := range certificates {
		if private.PublicKey.Equal(certificate.PublicKey) {
			return certificates, key, nil
		}
	}
	return nil, nil, errKeyMismatch
}

// checkBlocks names mistakes for which the parser has no clear error.
func checkBlocks(text []byte) error {
	block, rest := pem.Decode(text)
	if block == nil {
		return errNoPEM
	}
	for ; block != nil; block, rest = pem.Decode(rest) {
		switch {
		case block.Type == "ENCRYPTED PRIVATE KEY", strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED"):
			return errKeyEncrypted
		case block.Type == "EC PRIVATE KEY":
			return errKeyNotRSA
		}
	}
	return nil
}

// endOfCertificate returns when the certificate expires, zero for text that is not a certificate.
func endOfCertificate(text string) time.Time {
	certificates, key, err := parseCertificate(text)
	if err != nil {
		return time.Time{}
	}
	for _, certificate := range certificates {
		if private, isRSA := key.(*rsa.PrivateKey); isRSA && private.PublicKey.Equal(certificate.PublicKey) {
			return certificate.NotAfter
		}
	}
	return time.Time{}
}
