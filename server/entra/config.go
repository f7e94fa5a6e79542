package entra

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

var (
	errNotHTTPS = errors.New("must begin with https://")
	errNotRoot  = errors.New("must be an address without user, query or fragment")
)

// rootURL reads the root of a service: https only, because secrets and tokens go there.
func rootURL(address string) (*url.URL, error) {
	root, err := url.Parse(strings.TrimRight(strings.TrimSpace(address), "/"))
	if err != nil {
		return nil, errNotRoot
	}
	if root.Scheme != "https" {
		return nil, errNotHTTPS
	}
	if root.Hostname() == "" || root.User != nil || root.RawQuery != "" || root.Fragment != "" {
		return nil, errNotRoot
	}
	return root, nil
}

// hostOf returns host and port in one spelling, so that two addresses of one service compare equal.
func hostOf(address *url.URL) string {
	port := address.Port()
	if port == "" {
		port = "443"
	}
	return net.JoinHostPort(strings.ToLower(address.Hostname()), port)
}
