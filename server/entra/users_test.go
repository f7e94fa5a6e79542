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

func TestReadUsersRefusesABadQuery(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	client := f.client(t)
	for name, query := range map[string]Query{
		"no page size":         {Select: []string{"id"}},
		"more than Graph has":  {Select: []string{"id"}, Top: 1000},
		"an injected option":   {Select: []string{"id&$filter=x"}, Top: 1},
		"a path":               {Select: []string{"manager/id"}, Top: 1},
		"an empty attribute":   {Select: []string{""}, Top: 1},
		"another alphabet's e": {Select: []string{"еmail"}, Top: 1},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client.ReadUsers(context.Background(), query)
			assert.Equal(t, "request_invalid", factsOf(t, err).Code)
		})
	}
	assert.Empty(t, f.graphRequests())
}

func TestANextLinkToItselfEnds(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, `{"value":[],"@odata.nextLink":"`+f.URL+`/v1.0/users?$skiptoken=same"}`)
	})
	client := f.client(t)
	page, err := firstPage(client)
	require.NoError(t, err)
	_, err = client.ReadUsers(context.Background(), Query{Cursor: page.Next})
	assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
}

func TestFindUsers(t *testing.T) {
	one := answer(http.StatusOK, `{"id":"`+testPerson+`"}`)
	for _, test := range []struct {
		name, user, path, filter string
		graph                    http.HandlerFunc
		want                     string
	}{
		{"by object id", testPerson, "/v1.0/users/" + testPerson, "", one, `[{"id":"` + testPerson + `"}]`},
		{"no user has the ID", testPerson, "/v1.0/users/" + testPerson, "",
			answer(http.StatusNotFound, `{"error":{"code":"Request_ResourceNotFound"}}`), `[]`},
		{"by email", " kim@example.com ", "/v1.0/users",
			"userPrincipalName eq 'kim@example.com' or mail eq 'kim@example.com'",
			answer(http.StatusOK, onePerson), `[{"id":"` + testPerson + `","displayName":"Kim <b>"}]`},
		{"with signs that mean something", "o'neil+a&b#EXT#@x.example.com", "/v1.0/users",
			"userPrincipalName eq 'o''neil+a&b#EXT#@x.example.com' or mail eq 'o''neil+a&b#EXT#@x.example.com'",
			answer(http.StatusOK, `{"value":[]}`), `[]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, test.graph)
			users, err := f.client(t).FindUsers(t.Context(), test.user, []string{"id", "mail"})
			require.NoError(t, err)
			assert.JSONEq(t, test.want, string(users))
			request := f.graphRequests()[0]
			assert.Equal(t, test.path, request.URL.Path)
			assert.Equal(t, test.filter, request.URL.Query().Get("$filter"))
			assert.Equal(t, "id,mail", request.URL.Query().Get("$select"))
			assert.NotContains(t, request.URL.RawQuery, "+")
		})
	}
}

func TestFindUsersAsksNothingForNobody(t *testing.T) {
	f := newFake(t, nil)
	users, err := f.client(t).FindUsers(t.Context(), "  ", nil)
	require.NoError(t, err)
	assert.JSONEq(t, `[]`, string(users))
	assert.Empty(t, f.graphRequests())
}

func TestFindUsersReportsARefusal(t *testing.T) {
	f := newFake(t, answer(http.StatusForbidden, `{"error":{"code":"Authorization_RequestDenied"}}`))
	for _, user := range []string{testPerson, "kim@example.com"} {
		_, err := f.client(t).FindUsers(t.Context(), user, nil)
		assert.Equal(t, 403, factsOf(t, err).Status)
	}
	f = newFake(t, answer(http.StatusOK, `{"value":[],"@odata.nextLink":"https://graph.example.com/v1.0/users"}`))
	_, err := f.client(t).FindUsers(t.Context(), "kim@example.com", nil)
	assert.Equal(t, "foreign_link", factsOf(t, err).Code)
}
