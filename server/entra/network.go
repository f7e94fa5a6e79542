package entra

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// errTruncated is a body that ended too early. It can be read again, so it is not an [*Error].
var errTruncated = errors.New("the answer ends too early")

// brokenBody returns the error for a body that could not be read: its own cause if that says more, else errTruncated.
func brokenBody(err error) error {
	var own *Error
	if errors.As(err, &own) || isTimeout(err) || errors.Is(err, context.Canceled) {
		return err
	}
	return errTruncated
}

// proxyError is a proxy's refusal to open a tunnel.
type proxyError struct{ status int }

func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy answered %d %s", e.status, http.StatusText(e.status))
}

// networkFacts describes why there is no complete answer.
func networkFacts(err error) fault.Facts {
	var request *url.Error // its text would repeat the whole address
	if errors.As(err, &request) {
		err = request.Err
	}
	return fault.Facts{Origin: fault.OriginNetwork, Kind: kindOf(err), Timeout: isTimeout(err), Message: clean(err.Error())}
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// kindOf returns the word of [fault.Facts] for err, empty if none fits.
func kindOf(err error) string {
	var (
		proxy *proxyError
		op    *net.OpError
		dns   *net.DNSError
	)
	switch {
	case errors.As(err, &proxy), errors.As(err, &op) && op.Op == "proxyconnect":
		return fault.KindProxy
	case errors.As(err, &dns):
		return fault.KindDNS
	case isTLS(err):
		return fault.KindTLS
	case errors.Is(err, errTruncated), errors.Is(err, io.ErrUnexpectedEOF):
		return fault.KindTruncated
	case errors.Is(err, syscall.ECONNREFUSED):
		return fault.KindRefused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF):
		return fault.KindReset
	}
	return ""
}

// isLasting reports failures that waiting does not fix: a certificate that is not trusted, or a proxy that refuses.
func isLasting(err error) bool {
	var proxy *proxyError
	return isTLS(err) || errors.As(err, &proxy) && proxy.status < http.StatusInternalServerError
}

func isTLS(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		record       tls.RecordHeaderError
		alert        tls.AlertError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
	)
	return errors.As(err, &verification) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &authority) || errors.As(err, &hostname)
}
