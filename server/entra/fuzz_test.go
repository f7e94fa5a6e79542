package entra

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Everything that comes from outside is parsed here: answers of Graph and of the token endpoint, headers, certificates. `go
// test ./entra -run '^$' -fuzz FuzzParsePage` searches beyond the seeds.

// requireObjects checks that array is a JSON array of objects, not nested too deep.
func requireObjects(t *testing.T, array json.RawMessage) {
	t.Helper()
	var objects []map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(array, &objects))
	require.NotNil(t, objects)
	for _, object := range objects {
		require.NotNil(t, object)
	}
	require.False(t, nestsTooDeep(array))
}

// requireInvalid checks that err reports an invalid answer, and nothing else.
func requireInvalid(t *testing.T, err error) {
	t.Helper()
	require.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
}

func addAll(f *testing.F, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
}

var pageSeeds = []string{onePerson, `{"value":[]}`, `{"value":[null]}`, `{"VALUE":[{}],"value":7}`, `{"value":[{}`, ``,
	`{"value":[{"id":"1"}],"@odata.nextLink":"https://graph.example.com/v1.0/users?$skiptoken=x"}`,
	`{"value":[{"id":"1","@removed":{"reason":"changed"}}],"@odata.deltaLink":"https://graph.example.com/v1.0/x"}`,
	`{"value":[{"id":"` + strings.Repeat(`[`, 300) + `"}]}`, `{"value":[` + strings.Repeat(`{"a":`, 300)}

func FuzzParsePage(f *testing.F) {
	addAll(f, pageSeeds...)
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := parsePage(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Empty(t, page)
			return
		}
		requireObjects(t, page.Users)
	})
}

func FuzzParseDeltaPage(f *testing.F) {
	addAll(f, pageSeeds...)
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := parseDeltaPage(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Empty(t, page)
			return
		}
		requireObjects(t, page.Users)
		assert.NotEqual(t, page.Next == "", page.Delta == "", "a page leads to exactly one place")
	})
}

func FuzzParseMembersAndGroups(f *testing.F) {
	addAll(f, pageSeeds...)
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := parseMembers(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Empty(t, page)
		}
		for _, id := range page.IDs {
			assert.NotEmpty(t, strings.TrimSpace(id))
		}
		groups, err := parseGroups(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Nil(t, groups)
		}
		assert.LessOrEqual(t, len(firstOfEach(groups)), maxFoundGroups)
	})
}

func FuzzParseGroupDelta(f *testing.F) {
	addAll(f, pageSeeds...)
	addAll(f, `{"value":[{"id":"`+testGroup+`","members@delta":[{"id":"1"},{"id":"2","@removed":{"reason":"deleted"}}]}],"@odata.deltaLink":"x"}`,
		`{"value":[{"id":"`+testGroup+`","members@delta":null,"@removed":null}],"@odata.nextLink":"x"}`)
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := parseGroupDelta(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Empty(t, page)
		}
		for _, group := range page.Groups {
			assert.Regexp(t, objectIDPattern, group.ID)
		}
		named, err := parseNamedGroups(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Empty(t, named)
		}
	})
}

func FuzzParseSecrets(f *testing.F) {
	addAll(f, `{"passwordCredentials":[{"hint":"inv","endDateTime":"2030-01-01T00:00:00Z"},{"hint":null,"endDateTime":null}]}`, `{}`, `null`,
		`{"passwordCredentials":[{"endDateTime":"soon"}]}`, `{"passwordCredentials":{}}`, `{"passwordCredentials":[7]}`)
	now := time.UnixMilli(1_800_000_000_000)
	f.Fuzz(func(t *testing.T, body []byte) {
		secrets, err := parseSecrets(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Nil(t, secrets)
		}
		end := likelyEnd(secrets, "inv", now)
		assert.True(t, end.IsZero() || slices.ContainsFunc(secrets, func(each passwordCredential) bool { return each.End.Equal(end) }))
	})
}

func FuzzParseUser(f *testing.F) {
	addAll(f, `{"id":"1"}`, ` {} `, `null`, `{}{}`, `[{}]`, `{"id":"1"`, `{"a":{"b":[1e999]}}`)
	f.Fuzz(func(t *testing.T, body []byte) {
		user, err := parseUser(body)
		if err != nil {
			requireInvalid(t, err)
			assert.Nil(t, user)
			return
		}
		requireObjects(t, user)
	})
}

// FuzzCheckLink checks that whatever a page links to, the token goes only to the configured host and below /v1.0/, as the
// package that dials reads the address.
func FuzzCheckLink(f *testing.F) {
	for _, seed := range []string{"https://graph.example.com/v1.0/users?$skiptoken=x", "https://GRAPH.example.com:443/v1.0/u",
		"https://graph.example.com@evil.example/v1.0/u", "https://graph.example.com/v1.0/../beta", "//graph.example.com/v1.0/u",
		"https://graph.example.com\\@evil.example/v1.0/", "https://graph.example.com/v1.0/%2e%2e/%2e%2e/x", "https://graph.example.com:0443/v1.0/u"} {
		f.Add(seed)
	}
	client := &Client{graph: &url.URL{Scheme: "https", Host: "graph.example.com"}}
	f.Fuzz(func(t *testing.T, link string) {
		if err := client.checkLink(link); err != nil {
			require.Equal(t, "foreign_link", factsOf(t, err).Code)
			return
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, http.NoBody)
		require.NoError(t, err)
		assert.Equal(t, "https", request.URL.Scheme)
		assert.Equal(t, "graph.example.com", strings.ToLower(request.URL.Hostname()))
		assert.Contains(t, []string{"", "443"}, request.URL.Port())
		assert.Nil(t, request.URL.User)
		assert.True(t, strings.HasPrefix(request.URL.Path, "/v1.0/"))
		assert.False(t, strings.HasPrefix(request.URL.JoinPath().Path, "/beta"))
	})
}

// requireHarmless checks that an error of the remote system is one short line that is valid in JSON and contains no secrets.
func requireHarmless(t *testing.T, failure *Error, secrets ...string) {
	t.Helper()
	encoded, err := json.Marshal(failure.Facts())
	require.NoError(t, err)
	for _, text := range []string{failure.Error(), string(encoded)} {
		for _, secret := range secrets {
			require.NotContains(t, text, secret)
		}
		require.NotContains(t, text, "\n")
	}
	for _, text := range []string{failure.facts.Code, failure.facts.Message, failure.facts.TraceID} {
		require.LessOrEqual(t, len([]rune(text)), maxMessageRunes+1)
	}
}

func FuzzGraphError(f *testing.F) {
	f.Add(403, "Authorization_RequestDenied", "you sent Bearer ", ".", "trace-1")
	f.Add(410, "resyncRequired", "", "\r\nmore", "")
	f.Add(-1, "\x00", "eyJ", "eyJ.", "\xff")
	f.Fuzz(func(t *testing.T, status int, code, before, after, trace string) {
		token := fakeToken(1)
		response := &http.Response{StatusCode: status, Header: http.Header{"Request-Id": {trace + token}}}
		body, err := json.Marshal(map[string]any{"error": map[string]any{
			"code": code + token, "message": before + token + after, "innerError": map[string]string{"request-id": trace}}})
		require.NoError(t, err)
		requireHarmless(t, graphError(response, body), token)
		requireHarmless(t, graphError(response, []byte(before+token+after)), token)
	})
}

func FuzzTokenError(f *testing.F) {
	f.Add(401, "invalid_client", "AADSTS7000215: you sent ", " as the secret", testSecret)
	f.Add(400, "", "\t", "\x00", "two words of\ta secret")
	f.Fuzz(func(t *testing.T, status int, code, before, after, secret string) {
		secret = "s3cr3t" + strings.ToValidUTF8(secret, "?") // a secret can have any characters, but is not one of our own words
		body, err := json.Marshal(map[string]any{"error": code + secret, "error_description": before + secret + after,
			"error_codes": []int{7000215}, "trace_id": secret})
		require.NoError(t, err)
		requireHarmless(t, tokenError(status, body, secret), strings.TrimSpace(secret))
		requireHarmless(t, tokenError(status, []byte(before+secret+after), secret), strings.TrimSpace(secret))
	})
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"2.128", "7", "", "-1.5", "NaN", "Inf", "1e300", "0x1p-2", "0.0001", "2147483647.0", "Wed, 21 Oct 2026 07:28:00 GMT"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		milliseconds, isFractional := fractionOfRetryAfter(header)
		if !isFractional {
			assert.Zero(t, milliseconds)
			return
		}
		assert.Positive(t, milliseconds)
		assert.LessOrEqual(t, milliseconds, int64(math.MaxInt32)*1000)
	})
}

func FuzzCheckCertificate(f *testing.F) {
	pair := newKeyPair(f)
	addAll(f, pair.certificate+pair.key, pair.key+pair.certificate, pair.certificate, pair.key, "", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
		"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n")
	f.Fuzz(func(t *testing.T, text []byte) {
		certificates, key, err := parseCertificate(string(text))
		if err == nil {
			require.NotEmpty(t, certificates)
			require.NotNil(t, key)
			return
		}
		// This is one of our own sentences, so nothing of the text can be in it.
		assert.Contains(t, []error{errNoPEM, errKeyEncrypted, errKeyNotRSA, errKeyMismatch, errCertificateParts}, err)
		assert.Equal(t, err, CheckCertificate(string(text)))
	})
}

func FuzzDescribeToken(f *testing.F) {
	for _, seed := range []string{`{"tid":"t","appid":"a","roles":["User.Read.All"]}`, `{"tid":7}`, `{}`, `{"roles":["\n"]}`, ``} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, claims string) {
		parts := strings.Split(fakeToken(1), ".")
		detail := describeToken(fmt.Sprintf("%s.%s.%s", parts[0], base64.RawURLEncoding.EncodeToString([]byte(claims)), parts[2]))
		assert.NotContains(t, detail, "\n")
		assert.LessOrEqual(t, len([]rune(detail)), maxMessageRunes+1)
	})
}
