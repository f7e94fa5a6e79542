package entra

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	testUser  = "aaaaaaaa-0000-4000-8000-000000000001"
	otherUser = "aaaaaaaa-0000-4000-8000-000000000002"
)

func TestReadUserGroupsReadsEveryPageOfEachUser(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.Contains(r.URL.Path, otherUser):
			writeJSON(w, http.StatusNotFound, `{"error":{"code":"Request_ResourceNotFound"}}`)
		case r.URL.Query().Get("$skiptoken") == "":
			writeJSON(w, http.StatusOK, `{"value":[{"@odata.type":"#microsoft.graph.group","id":"not among them"},{"@odata.type":"#microsoft.graph.directoryRole","id":"`+testGroup+`"}],
				"@odata.nextLink":"`+f.URL+`/v1.0/users/x/transitiveMemberOf?$skiptoken=two"}`)
		default:
			writeJSON(w, http.StatusOK, `{"value":[{"@odata.type":"#microsoft.graph.group","id":"`+strings.ToUpper(testGroup)+`"}]}`)
		}
	})
	found, err := f.client(t).ReadUserGroups(t.Context(), UserGroupsQuery{ObjectIDs: []string{testUser, otherUser}, Among: []string{testGroup}})
	require.NoError(t, err)
	assert.Equal(t, []UserGroups{{testUser, []string{testGroup}}}, found, "a user who does not exist is not one without groups")
}

func TestReadUserGroupsRefuses(t *testing.T) {
	f := newFake(t, nil)
	_, err := f.client(t).ReadUserGroups(t.Context(), UserGroupsQuery{ObjectIDs: []string{"../groups"}})
	assert.Equal(t, "request_invalid", factsOf(t, err).Code)
	for name, link := range map[string]string{"a way elsewhere": "/v1.0/users", "a circle": "/v1.0/users/x/transitiveMemberOf"} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, nil)
			f.graph = answer(http.StatusOK, `{"value":[],"@odata.nextLink":"`+f.URL+link+`"}`)
			_, err := f.client(t).ReadUserGroups(t.Context(), UserGroupsQuery{ObjectIDs: []string{testUser}})
			assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		})
	}
	f = newFake(t, answer(http.StatusForbidden, `{"error":{"code":"Authorization_RequestDenied"}}`))
	_, err = f.client(t).ReadUserGroups(t.Context(), UserGroupsQuery{ObjectIDs: []string{testUser}})
	assert.Equal(t, "groups", factsOf(t, err).Resource)
}

func TestExistingGroupsAsksForAFewAtOnce(t *testing.T) {
	var ids []string
	for number := range 31 {
		ids = append(ids, fmt.Sprintf("AAAAAAAA-0000-4000-8000-%012d", number))
	}
	f := newFake(t, answer(http.StatusOK, `{"value":[{"id":"`+ids[3]+`","displayName":null}]}`))
	existing, err := f.client(t).ExistingGroups(t.Context(), ids)
	require.NoError(t, err)
	assert.Equal(t, strings.ToLower(ids[3]), existing[0])
	require.Len(t, f.graphRequests(), 3)
	assert.Equal(t, "id in ('"+ids[30]+"')", f.graphRequests()[2].URL.Query().Get("$filter"))
	_, err = f.client(t).ExistingGroups(t.Context(), []string{"x') or startsWith(displayName,'"})
	assert.Equal(t, "request_invalid", factsOf(t, err).Code)
}
