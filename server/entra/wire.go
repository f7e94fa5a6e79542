package entra

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"golang.org/x/net/http/httpproxy"
)

const (
	// maxAnswerBytes limits one page: 999 users with every attribute are about 5 MiB.
	maxAnswerBytes = 64 << 20

	// maxLoginBytes limits a sign-in answer, which is a few KiB.
	maxLoginBytes = 1 << 20
)

// wire is what both pipelines, sign-in and Graph, share: connections and the retry layer.
type wire struct {
	transport http.RoundTripper

	// metadata reaches the machine's own identity service, never through a proxy.
	metadata *http.Transport
	retry    policy.RetryOptions
}

func newWire() wire {
	direct := newTransport(5 * time.Second)
	proxied := newTransport(15 * time.Second)
	proxy := httpproxy.FromEnvironment().ProxyFunc()
	proxied.Proxy = func(request *http.Request) (*url.URL, error) { return proxy(request.URL) }
	proxied.OnProxyConnectResponse = checkProxy
	return wire{transport: proxied, metadata: direct, retry: retryOptions()}
}

func newTransport(dialTimeout time.Duration) *http.Transport {
	return &http.Transport{
		DialContext:           (&net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: 60 * time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   8,
		ForceAttemptHTTP2:     true,
		HTTP2:                 &http.HTTP2Config{SendPingTimeout: 30 * time.Second, PingTimeout: 15 * time.Second},
	}
}

// clientOptions makes the options of a pipeline whose requests reach only the hosts of limits.
func (w wire) clientOptions(userAgent string, limits guard) *policy.ClientOptions {
	limits.next = w.transport
	return &policy.ClientOptions{
		Transport:        &http.Client{Transport: limits, CheckRedirect: refuseRedirect},
		Retry:            w.retry,
		Telemetry:        policy.TelemetryOptions{Disabled: true},
		PerCallPolicies:  []policy.Policy{setUserAgent(userAgent)},
		PerRetryPolicies: []policy.Policy{policyFunc(readFractionalRetryAfter)},
	}
}

// refuseRedirect returns the redirect itself to the caller: neither Graph nor sign-in redirects a program, and a token must not
// be sent wherever an answer points.
func refuseRedirect(*http.Request, []*http.Request) error {
	return http.ErrUseLastResponse
}

func setUserAgent(name string) policy.Policy {
	return policyFunc(func(request *policy.Request) (*http.Response, error) {
		request.Raw().Header.Set("User-Agent", name)
		return request.Next()
	})
}

// guard is the last check before the network: only the named hosts, only https, and at most limit bytes in return.
type guard struct {
	next  http.RoundTripper
	hosts []string
	limit int64
}

// RoundTrip implements [http.RoundTripper].
func (g guard) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Scheme != "https" || !slices.Contains(g.hosts, hostOf(request.URL)) {
		if request.Body != nil {
			_ = request.Body.Close()
		}
		return nil, foreignLink(request.URL.Host)
	}
	response, err := g.next.RoundTrip(request)
	if isLasting(err) {
		return nil, &Error{facts: networkFacts(err)}
	}
	if err != nil {
		return nil, err
	}
	response.Body = limitedBody{http.MaxBytesReader(nil, response.Body, g.limit)}
	return response, nil
}

// limitedBody turns reaching the limit into an error that is not retried.
type limitedBody struct{ io.ReadCloser }

func (b limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = invalidAnswer("the answer is too large")
	}
	return n, err
}

// checkProxy names the proxy as the system that refused. net/http would only return the status as text.
func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
	if response.StatusCode != http.StatusOK {
		return &proxyError{status: response.StatusCode}
	}
	return nil
}
