package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// FuzzWebhookAddress posts to arbitrary addresses with the real HTTP transport, without a network. It never succeeds, and the
// error never contains the path, which is as good as a password.
func FuzzWebhookAddress(f *testing.F) {
	for _, address := range [][2]string{
		{"https://chat.example", ""}, {"", ""}, {"http://", ""}, {"mailto:", "@x"}, {"https://[", "]"}, {"http://a b", "?q"}, {"http://user:pw@chat.example:", "#x"},
		{"http://chat.example:99999", ""}, {"http://é.example", "%zz"}, {"HTTP://x\x7f", ""}, {"//chat.example", "\n"}, {"http://-.example", "/../.."},
	} {
		f.Add(address[0], address[1], "application secret")
	}
	hook := newWebhook()
	hook.client.RetryMax = 0
	hook.client.HTTPClient.Transport = &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no network") },
	}
	f.Fuzz(func(t *testing.T, before, after, secret string) {
		if strings.Contains("known-to-few", secret) {
			t.Skip("the secret is part of what is looked for")
		}
		err := hook.send(t.Context(), before+"/hooks/known-to-few"+after, secret, []byte(`{}`))
		if assert.Error(t, err) {
			assert.NotContains(t, err.Error(), "known-to-few")
		}
	})
}

// byDefinition is HMAC-SHA256 as defined in RFC 2104.
func byDefinition(key, text string) string {
	if len(key) > sha256.BlockSize {
		sum := sha256.Sum256([]byte(key))
		key = string(sum[:])
	}
	padded := func(pad byte) []byte {
		block := make([]byte, sha256.BlockSize)
		copy(block, key)
		for i := range block {
			block[i] ^= pad
		}
		return block
	}
	inner := sha256.Sum256(append(padded(0x36), text...))
	outer := sha256.Sum256(append(padded(0x5c), inner[:]...))
	return hex.EncodeToString(outer[:])
}

// asSent answers every request and keeps what was sent.
type asSent struct {
	header http.Header
	body   string
}

func (a *asSent) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	a.header, a.body = r.Header, string(body)
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: r}, err
}

// FuzzSignature signs arbitrary bodies with arbitrary secrets. The receiver can check the signature with any HMAC
// implementation, and the secret itself is not sent.
func FuzzSignature(f *testing.F) {
	f.Add("key", `{"status":"success"}`)
	f.Add("", "")
	f.Add("line\r\nX-Injected: 1", "\x00\xff")
	f.Add(strings.Repeat("long", 50), "x")
	hook, sent := newWebhook(), &asSent{}
	hook.client.HTTPClient.Transport = sent
	f.Fuzz(func(t *testing.T, secret, body string) {
		assert.NoError(t, hook.send(t.Context(), "https://chat.example/hooks/x", secret, []byte(body)))
		assert.Equal(t, body, sent.body)
		if secret == "" {
			assert.Empty(t, sent.header.Values(signatureHeader))
			return
		}
		assert.Equal(t, []string{"sha256=" + byDefinition(secret, body)}, sent.header.Values(signatureHeader))
	})
}
