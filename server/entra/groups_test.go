package entra

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

const testGroup = "bbbbbbbb-cccc-dddd-eeee-ffffffffffff"

func TestReadGroupMembersReadsUsersAndNestedGroups(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("$skiptoken") == "" {
			writeJSON(w, http.StatusOK, `{"value":[{"id":"1","@odata.type":"#microsoft.graph.user"},{"id":"d","@odata.type":"#microsoft.graph.device"},
				{"id":"g","@odata.type":"#microsoft.graph.group"}],"@odata.nextLink":"`+f.URL+`/v1.0/groups/x/transitiveMembers?$skiptoken=two"}`)
			return
		}
		writeJSON(w, http.StatusOK, `{"value":[{"@odata.type":"#microsoft.graph.user","id":"2","displayName":null},{"id":"3"}]}`)
	})
	client := f.client(t)
	first, err := client.ReadGroupMembers(t.Context(), MemberQuery{GroupID: testGroup})
	require.NoError(t, err)
	assert.Equal(t, MemberPage{IDs: []string{"1"}, Groups: []string{"g"}, Next: f.URL + "/v1.0/groups/x/transitiveMembers?$skiptoken=two"}, first)
	second, err := client.ReadGroupMembers(t.Context(), MemberQuery{GroupID: testGroup, Cursor: first.Next})
	require.NoError(t, err)
	assert.Equal(t, MemberPage{IDs: []string{"2", "3"}, Groups: []string{"3"}}, second, "a member of an unknown kind may be both")

	request := f.graphRequests()[0]
	assert.Equal(t, "/v1.0/groups/"+testGroup+"/transitiveMembers", request.URL.Path)
	assert.Equal(t, "$select=id&$top=999", request.URL.RawQuery)
	assert.Empty(t, request.Header.Get("ConsistencyLevel"), "an index can lag behind")
}

func TestAFailureOfGroupsNamesThem(t *testing.T) {
	for name, want := range map[string]fault.Facts{
		"no such group":   {Origin: "graph", Status: 404, Code: "Request_ResourceNotFound", Resource: "groups"},
		"consent missing": {Origin: "graph", Status: 403, Code: "Authorization_RequestDenied", Resource: "groups"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, answer(want.Status, `{"error":{"code":"`+want.Code+`"}}`))
			_, err := f.client(t).ReadGroupMembers(t.Context(), MemberQuery{GroupID: testGroup})
			assert.Equal(t, want, factsOf(t, err), "reading members")
			_, err = f.client(t).FindGroups(t.Context(), "Design")
			assert.Equal(t, want, factsOf(t, err), "finding groups")
			_, err = f.client(t).ReadGroupDelta(t.Context(), GroupDeltaQuery{})
			assert.Equal(t, want, factsOf(t, err), "reading changes")
			_, err = f.client(t).ExistingGroups(t.Context(), []string{testGroup})
			assert.Equal(t, want, factsOf(t, err), "reading groups")
			_, err = f.client(t).Probe(t.Context(), "groups")
			assert.Equal(t, want, factsOf(t, err), "probing")
			_, err = f.client(t).Probe(t.Context(), "users")
			assert.Empty(t, factsOf(t, err).Resource, "users are no groups")
		})
	}
}

func TestReadGroupMembersRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"a member without id": `{"value":[{"id":" "}]}`,
		"an id of no text":    `{"value":[{"id":7}]}`,
		"no list":             `{"value":{}}`,
		"a circle":            `{"value":[],"@odata.nextLink":"HOST/v1.0/groups/` + testGroup + `/transitiveMembers?1"}`,
		"a way elsewhere":     `{"value":[],"@odata.nextLink":"HOST/v1.0/users"}`,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, nil)
			f.graph = answer(http.StatusOK, strings.ReplaceAll(body, "HOST", f.URL))
			page, err := f.client(t).ReadGroupMembers(t.Context(), MemberQuery{Cursor: f.URL + "/v1.0/groups/" + testGroup + "/transitiveMembers?1"})
			assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
			assert.Empty(t, page)
		})
	}
	f := newFake(t, answer(http.StatusOK, `{"value":[],"@odata.nextLink":"https://graph.elsewhere.example/v1.0/groups"}`))
	_, err := f.client(t).ReadGroupMembers(t.Context(), MemberQuery{GroupID: testGroup})
	assert.Equal(t, "foreign_link", factsOf(t, err).Code)
	asked := len(f.graphRequests())
	for _, cursor := range []string{
		"https://graph.elsewhere.example/v1.0/groups/" + testGroup + "/transitiveMembers", f.URL + "/v1.0/users", f.URL + "/v1.0/groups", "x",
		f.URL + "/v1.0/groups/" + testGroup + "/transitiveMembers/../../../users", f.URL + "/v1.0/groups/" + testGroup + "/transitiveMembersOf",
		f.URL + "/v1.0/groups/" + testGroup + "/transitiveMembers/%2e%2e/owners", f.URL + "/v1.0/users/groups/" + testGroup + "/transitiveMembers",
	} {
		_, err = f.client(t).ReadGroupMembers(t.Context(), MemberQuery{Cursor: cursor})
		assert.Equal(t, "request_invalid", factsOf(t, err).Code, cursor)
	}
	_, err = f.client(t).ReadGroupMembers(t.Context(), MemberQuery{GroupID: "../users"})
	assert.Equal(t, "request_invalid", factsOf(t, err).Code)
	assert.Len(t, f.graphRequests(), asked)
}

func TestFindGroups(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("$search") {
			writeJSON(w, http.StatusOK, `{"value":[{"id":"B","displayName":"The O'Hara \"Design\""},{"id":"c","displayName":null,"mail":"x"}]}`)
			return
		}
		writeJSON(w, http.StatusOK, `{"value":[{"id":"b","displayName":"O'Hara 2"},{"id":"a","displayName":"O'Hara","description":"Two <b>"}]}`)
	})
	groups, err := f.client(t).FindGroups(t.Context(), ` O'Hara "D\ `)
	require.NoError(t, err)
	assert.Equal(t, []Group{{ID: "a", Name: "O'Hara", Description: "Two <b>"}, {ID: "b", Name: "O'Hara 2"}, {ID: "c"}}, groups)

	requests := f.graphRequests()
	require.Len(t, requests, 2)
	assert.Equal(t, `startsWith(displayName,'O''Hara "D\')`, requests[0].URL.Query().Get("$filter"))
	assert.Equal(t, `"displayName:O'Hara \"D\\"`, requests[1].URL.Query().Get("$search"))
	for _, request := range requests {
		assert.Equal(t, "eventual", request.Header.Get("ConsistencyLevel"))
		assert.Equal(t, "50", request.URL.Query().Get("$top"))
	}
}

func TestFindGroupsShowsNoMoreThanAPersonReads(t *testing.T) {
	var many []string
	for i := range 2 * maxFoundGroups {
		many = append(many, fmt.Sprintf(`{"id":"%d","displayName":"x"}`, i))
	}
	f := newFake(t, answer(http.StatusOK, `{"value":[`+strings.Join(many, ",")+`]}`))
	groups, err := f.client(t).FindGroups(t.Context(), "x")
	require.NoError(t, err)
	assert.Len(t, groups, maxFoundGroups)
}

func TestFindGroupsAsksOnlyForNames(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, `{"value":[{"displayName":"x"}]}`))
	groups, err := f.client(t).FindGroups(t.Context(), " ")
	require.NoError(t, err)
	assert.NotNil(t, groups)
	assert.Empty(t, groups)
	for _, text := range []string{"\xff", strings.Repeat("가", maxGroupName+1)} {
		_, err = f.client(t).FindGroups(t.Context(), text)
		assert.Equal(t, "request_invalid", factsOf(t, err).Code)
	}
	assert.Empty(t, f.graphRequests())
	_, err = f.client(t).FindGroups(t.Context(), "x")
	assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code, "a group without id")
}

func TestGetGroups(t *testing.T) {
	other := strings.ReplaceAll(testGroup, "b", "c")
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		switch strings.TrimPrefix(r.URL.Path, "/v1.0/groups/") {
		case testGroup:
			writeJSON(w, http.StatusOK, `{"id":"`+testGroup+`","displayName":"Design","description":null}`)
		default:
			writeJSON(w, http.StatusNotFound, `{"error":{"code":"Request_ResourceNotFound"}}`)
		}
	})
	groups, err := f.client(t).GetGroups(t.Context(), []string{other, testGroup, "../users", "", "x"})
	require.NoError(t, err)
	assert.Equal(t, []Group{{ID: testGroup, Name: "Design"}}, groups)
	for _, request := range f.graphRequests() {
		assert.Contains(t, []string{"/v1.0/groups/" + testGroup, "/v1.0/groups/" + other}, request.URL.Path, "only object ids get into an address")
		assert.Equal(t, "$select=id,displayName,description", request.URL.RawQuery)
	}

	f.graph = answer(http.StatusForbidden, `{"error":{"code":"Authorization_RequestDenied"}}`)
	_, err = f.client(t).GetGroups(t.Context(), []string{testGroup})
	assert.Equal(t, fault.Facts{Origin: "graph", Status: 403, Code: "Authorization_RequestDenied", Resource: "groups"}, factsOf(t, err))
	f.graph = answer(http.StatusOK, `{"id":"`+other+`"}`)
	_, err = f.client(t).GetGroups(t.Context(), []string{testGroup})
	assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
	none, err := f.client(t).GetGroups(t.Context(), nil)
	require.NoError(t, err)
	assert.NotNil(t, none)
}
