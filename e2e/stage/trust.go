package stage

import (
	"errors"
	"os"
	"slices"
)

// trustVariable names the file of trusted certificate authorities for a Go program, and so
// for the plugin, which inherits it from the server.
const trustVariable = "SSL_CERT_FILE"

// writeTrust writes the system's certificate authorities and another one to a file. The others
// are kept, so that a directory with a public certificate can also be reached.
func writeTrust(file string, caPEM []byte) error {
	system, err := systemAuthorities()
	if err != nil {
		return err
	}
	return os.WriteFile(file, slices.Concat(system, []byte("\n"), caPEM), 0o600)
}

// systemAuthorities reads the file with the system's certificate authorities, in the same places as Go.
func systemAuthorities() ([]byte, error) {
	places := []string{
		os.Getenv(trustVariable),
		"/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Alpine
		"/etc/pki/tls/certs/ca-bundle.crt",   // Fedora, RHEL
		"/etc/ssl/ca-bundle.pem",             // openSUSE
		"/etc/ssl/cert.pem",                  // BSD, macOS
	}
	for _, place := range places {
		if place == "" {
			continue
		}
		content, err := os.ReadFile(place)
		if err == nil || !errors.Is(err, os.ErrNotExist) {
			return content, err
		}
	}
	return nil, nil // a system without certificate authorities is fine, because the added one is enough
}
