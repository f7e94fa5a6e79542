package entra

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestListGroupsReadsEveryPageAndQuotesThePrefix(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("$skiptoken") == "" {
			writeJSON(w, http.StatusOK, `{"value":[{"id":"`+testGroup+`","displayName":"R&D's 1"}],"@odata.nextLink":"`+f.URL+`/v1.0/groups?$skiptoken=two"}`)
			return
		}
		writeJSON(w, http.StatusOK, `{"value":[{"id":"`+strings.Replace(testGroup, "b", "c", 1)+`","displayName":null}]}`)
	})
	client := f.client(t)
	first, err := client.ListGroups(t.Context(), GroupQuery{Prefix: "R&D's "})
	require.NoError(t, err)
	assert.Equal(t, GroupPage{Groups: []NamedGroup{{testGroup, "R&D's 1"}}, Next: f.URL + "/v1.0/groups?$skiptoken=two"}, first)
	second, err := client.ListGroups(t.Context(), GroupQuery{Cursor: first.Next})
	require.NoError(t, err)
	assert.Equal(t, GroupPage{Groups: []NamedGroup{{strings.Replace(testGroup, "b", "c", 1), ""}}}, second)

	request := f.graphRequests()[0]
	assert.Equal(t, "startsWith(displayName,'R&D''s ')", request.URL.Query().Get("$filter"))
	assert.Equal(t, "id,displayName", request.URL.Query().Get("$select"))
	assert.Empty(t, request.Header.Get("ConsistencyLevel"), "an index can lag behind")
}

func TestListGroupsRefuses(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, `{"value":[]}`))
	for name, query := range map[string]GroupQuery{
		"no prefix":       {},
		"a blank prefix":  {Prefix: " "},
		"a long prefix":   {Prefix: strings.Repeat("x", 257)},
		"another list":    {Cursor: f.URL + "/v1.0/users"},
		"a group":         {Cursor: f.URL + "/v1.0/groups/" + testGroup},
		"another host":    {Cursor: "https://graph.elsewhere.example/v1.0/groups"},
		"a way elsewhere": {Cursor: f.URL + "/v1.0/groups/../users"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.client(t).ListGroups(t.Context(), query)
			assert.Equal(t, "request_invalid", factsOf(t, err).Code)
		})
	}
	assert.Empty(t, f.graphRequests())
	for name, body := range map[string]string{
		"a group without an id": `{"value":[{"displayName":"x"}]}`,
		"a way elsewhere":       `{"value":[],"@odata.nextLink":"HOST/v1.0/users"}`,
		"a circle":              `{"value":[],"@odata.nextLink":"HOST/v1.0/groups?1"}`,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, nil)
			f.graph = answer(http.StatusOK, strings.ReplaceAll(body, "HOST", f.URL))
			_, err := f.client(t).ListGroups(t.Context(), GroupQuery{Cursor: f.URL + "/v1.0/groups?1"})
			assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		})
	}
}

func TestAMissingPermissionToListGroupsNamesThem(t *testing.T) {
	f := newFake(t, answer(http.StatusForbidden, `{"error":{"code":"Authorization_RequestDenied"}}`))
	_, err := f.client(t).ListGroups(t.Context(), GroupQuery{Prefix: "MM-"})
	assert.Equal(t, "groups", factsOf(t, err).Resource)
}
