package entra

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadUsersFollowsEveryPage(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("$skiptoken") == "" {
			writeJSON(w, http.StatusOK, `{"value":[{"id":"1"}],"@odata.nextLink":"`+f.URL+`/v1.0/users?$skiptoken=two"}`)
			return
		}
		writeJSON(w, http.StatusOK, onePerson)
	})
	client := f.client(t)

	first, err := firstPage(client)
	require.NoError(t, err)
	assert.JSONEq(t, `[{"id":"1"}]`, string(first.Users))
	second, err := client.ReadUsers(context.Background(), Query{Cursor: first.Next})
	require.NoError(t, err)
	assert.Empty(t, second.Next)
	assert.Contains(t, string(second.Users), `"Kim <b>"`, "users stay the bytes that Graph sent")

	requests := f.graphRequests()
	require.Len(t, requests, 2)
	assert.Equal(t, "999", requests[0].URL.Query().Get("$top"))
	assert.Equal(t, "id,displayName", requests[0].URL.Query().Get("$select"))
	assert.Equal(t, "entrasync/test", requests[0].UserAgent())
	assert.Equal(t, "Bearer "+fakeToken(1), requests[1].Header.Get("Authorization"))
	assert.Len(t, f.tokenForms(), 1, "one token serves both pages")
}
