package entra

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLikelyEnd(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	day := func(days int) time.Time { return now.AddDate(0, 0, days) }
	for name, c := range map[string]struct {
		secrets []passwordCredential
		want    time.Time
	}{
		"none":                              {nil, time.Time{}},
		"one":                               {[]passwordCredential{{"inv", day(9)}}, day(9)},
		"the one that begins as ours":       {[]passwordCredential{{"abc", day(1)}, {"inv", day(9)}, {"", day(2)}}, day(9)},
		"of those the next to end":          {[]passwordCredential{{"inv", day(9)}, {"inv", day(3)}, {"inv", day(-1)}}, day(3)},
		"no hint at all: the next to end":   {[]passwordCredential{{"", day(9)}, {"", day(4)}, {"", day(-1)}}, day(4)},
		"none begins as ours":               {[]passwordCredential{{"abc", day(7)}, {"xyz", day(5)}}, day(5)},
		"all have ended: the last to do so": {[]passwordCredential{{"inv", day(-9)}, {"inv", day(-2)}}, day(-2)},
		"without a date":                    {[]passwordCredential{{"inv", time.Time{}}}, time.Time{}},
	} {
		assert.Equal(t, c.want, likelyEnd(c.secrets, "inv", now), name)
	}
}

func TestTheEndOfASecretComesFromGraph(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, `{"passwordCredentials":[
		{"hint":"abc","endDateTime":"2027-01-01T00:00:00Z"},{"hint":"inv","endDateTime":"2028-02-03T04:05:06.7Z","secretText":null}]}`))
	end, err := f.client(t).CredentialExpiry(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "2028-02-03T04:05:06.7Z", end.Format(time.RFC3339Nano))
	request := f.graphRequests()[0]
	assert.Equal(t, "/v1.0/applications(appId='"+testClient+"')", request.URL.Path)
	assert.Equal(t, "$select=passwordCredentials", request.URL.RawQuery)

	for status, body := range map[int]string{
		http.StatusForbidden: `{"error":{"code":"Authorization_RequestDenied"}}`, http.StatusOK: `{"passwordCredentials":7}`,
	} {
		f.graph = answer(status, body)
		end, err = f.client(t).CredentialExpiry(t.Context())
		assert.Error(t, err)
		assert.Zero(t, end)
	}
}

func TestTheEndOfOtherCredentialsNeedsNoQuestion(t *testing.T) {
	f := newFake(t, nil)
	pair := newKeyPair(t)
	cfg := f.config()
	cfg.Credential, cfg.ClientCertificate, cfg.ClientSecret = "certificate", pair.key+pair.certificate, ""
	client, err := newClient(cfg, f.wire())
	require.NoError(t, err)
	end, err := client.CredentialExpiry(t.Context())
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now().Add(time.Hour), end, time.Minute)

	cfg.Credential, cfg.ClientCertificate = "managed_identity", ""
	client, err = newClient(cfg, f.wire())
	require.NoError(t, err)
	end, err = client.CredentialExpiry(t.Context())
	require.NoError(t, err)
	assert.Zero(t, end)
	assert.Empty(t, f.graphRequests())
}
