package job

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	// signatureHeader carries "sha256=" and the HMAC-SHA256 of the body in hex.
	signatureHeader = "X-Entrasync-Signature"

	webhookTries      = 3
	webhookTryTimeout = 10 * time.Second

	// webhookTimeout limits all attempts together, whatever Retry-After says.
	webhookTimeout = 2 * time.Minute
)

// webhook posts results to an external address. Its errors contain neither the address nor the secret: the address alone is
// often enough to send messages to the receiver.
type webhook struct {
	client *retryablehttp.Client
}

func newWebhook() *webhook {
	client := retryablehttp.NewClient()
	client.Logger = nil // the default one prints addresses
	client.RetryMax = webhookTries - 1
	client.ErrorHandler = retryablehttp.PassthroughErrorHandler
	client.HTTPClient.Timeout = webhookTryTimeout
	// The body goes only to the configured address.
	client.HTTPClient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &webhook{client: client}
}

// send posts a JSON body, signed if there is a secret, and retries after failures that can be temporary.
func (w *webhook) send(ctx context.Context, address, secret string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, webhookTimeout)
	defer cancel()
	request, err := retryablehttp.NewRequestWithContext(ctx, http.MethodPost, address, body)
	if err != nil {
		return errors.New("the address is not valid")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "entrasync")
	if secret != "" {
		request.Header.Set(signatureHeader, "sha256="+signature(secret, body))
	}
	response, err := w.client.Do(request)
	if err != nil {
		return withoutAddress(err)
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10) // allows the connection to be reused
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return fmt.Errorf("the webhook answered %d", response.StatusCode)
	}
	return nil
}

func signature(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// withoutAddress removes the wrapper in which net/http quotes the address.
func withoutAddress(err error) error {
	var wrapped *url.Error
	for errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return err
}
