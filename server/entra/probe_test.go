package entra

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func TestProbeSteps(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	client := f.client(t)

	detail, err := client.Probe(t.Context(), "token")
	require.NoError(t, err)
	assert.Equal(t, "tid: "+testTenant+"; appid: "+testClient+"; roles: User.Read.All", detail)
	assert.Empty(t, f.graphRequests())

	for _, step := range []string{"users", "groups"} {
		_, err = client.Probe(t.Context(), step)
		require.NoError(t, err)
		requests := f.graphRequests()
		assert.Equal(t, "/v1.0/"+step, requests[len(requests)-1].URL.Path)
		assert.Equal(t, "1", requests[len(requests)-1].URL.Query().Get("$top"))
	}
	assert.Len(t, f.tokenForms(), 1, "every step uses the first one's token")

	_, err = client.Probe(t.Context(), "secrets")
	assert.Equal(t, "request_invalid", factsOf(t, err).Code)
}

func TestProbeFailuresAreNamed(t *testing.T) {
	f := newFake(t, answer(http.StatusForbidden, `{"error":{"code":"Authorization_RequestDenied","message":"No."}}`))
	_, err := f.client(t).Probe(t.Context(), "groups")
	assert.Equal(t, fault.Facts{Origin: "graph", Status: 403, Code: "Authorization_RequestDenied", Resource: "groups", Message: "No."}, factsOf(t, err))

	f = newFake(t, answer(http.StatusOK, `{"value":"none"}`))
	_, err = f.client(t).Probe(t.Context(), "users")
	assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)

	f.token = answer(http.StatusBadRequest, `{"error":"invalid_request","error_codes":[90002],"error_description":"AADSTS90002: No tenant."}`)
	_, err = f.client(t).Probe(t.Context(), "token")
	assert.Equal(t, []int{90002}, factsOf(t, err).Codes)
}

func TestAProbeDoesNotWaitLong(t *testing.T) {
	f := newFake(t, throttled("6"))
	_, err := f.client(t).Probe(t.Context(), "users")
	assert.Equal(t, 429, factsOf(t, err).Status)
	assert.Len(t, f.graphRequests(), 1)
}

func TestOpaqueTokensHaveNoDetail(t *testing.T) {
	for _, token := range []string{"", "opaque", "a.b.c", "..", fakeToken(1)[:40]} {
		assert.Empty(t, describeToken(token))
	}
}
