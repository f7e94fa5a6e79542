package entra

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadNestedGroupsReadsTheNameAndEveryPage(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !strings.HasSuffix(r.URL.Path, "/members/microsoft.graph.group"):
			writeJSON(w, http.StatusOK, `{"id":"`+testGroup+`","displayName":"All staff"}`)
		case r.Header.Get("ConsistencyLevel") != "eventual":
			writeJSON(w, http.StatusBadRequest, `{"error":{"code":"Request_UnsupportedQuery"}}`)
		case r.URL.Query().Get("$skiptoken") == "":
			writeJSON(w, http.StatusOK, `{"value":[{"id":"`+testUser+`","displayName":"Sales"}],
				"@odata.nextLink":"`+f.URL+`/v1.0/groups/`+testGroup+`/members/microsoft.graph.group?$skiptoken=two"}`)
		default:
			writeJSON(w, http.StatusOK, `{"value":[{"id":"`+otherUser+`","displayName":null}]}`)
		}
	})
	nested, err := f.client(t).ReadNestedGroups(t.Context(), testGroup)
	require.NoError(t, err)
	assert.Equal(t, NestedGroups{"All staff", []NamedGroup{{testUser, "Sales"}, {otherUser, ""}}}, nested)
}

func TestReadNestedGroupsRefuses(t *testing.T) {
	f := newFake(t, nil)
	_, err := f.client(t).ReadNestedGroups(t.Context(), "../users")
	assert.Equal(t, "request_invalid", factsOf(t, err).Code)

	f = newFake(t, answer(http.StatusNotFound, `{"error":{"code":"Request_ResourceNotFound"}}`))
	nested, err := f.client(t).ReadNestedGroups(t.Context(), testGroup)
	require.NoError(t, err)
	assert.Equal(t, NestedGroups{"", []NamedGroup{}}, nested, "a group that is gone has nothing in it")

	f = newFake(t, nil)
	f.graph = func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, `{"id":"`+testGroup+`","value":[],"@odata.nextLink":"`+f.URL+`/v1.0/users"}`)
	}
	_, err = f.client(t).ReadNestedGroups(t.Context(), testGroup)
	assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
}
