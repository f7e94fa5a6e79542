package tenant_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

const (
	outer = "00000000-0000-4000-8000-0000000000f1"
	inner = "00000000-0000-4000-8000-0000000000f2"
)

// nested is a tenant with three users and a group within another one.
func nested(t *testing.T) (*tenant.Server, *graphClient) {
	t.Helper()
	server, graph := few(t)
	must(t, server.PutGroup(json.RawMessage(`{"id":"`+outer+`","displayName":"Outer"}`)))
	must(t, server.PutGroup(json.RawMessage(`{"id":"`+inner+`","displayName":"Inner"}`)))
	must(t, server.SetMembers(outer, []string{ann, inner}))
	must(t, server.SetMembers(inner, []string{bob}))
	return server, graph
}

func memberUser(id, removed string) string {
	return `{"@odata.type":"#microsoft.graph.user","id":"` + id + `"` + removed + `}`
}

func memberGroup(id, removed string) string {
	return `{"@odata.type":"#microsoft.graph.group","id":"` + id + `"` + removed + `}`
}

const left = `,"@removed":{"reason":"deleted"}`

func TestADeltaQueryOfGroupsTellsWhoJoinedAndLeft(t *testing.T) {
	server, graph := nested(t)
	minimal := []string{"Prefer", "return=minimal"}
	all := server.URL() + "/v1.0/groups/delta?"
	changes, link, _ := graph.follow(t, all+"$select=displayName,members", minimal...)
	wantChanges(t, changes,
		`{"id":"`+outer+`","displayName":"Outer","members@delta":[`+memberUser(ann, "")+`,`+memberGroup(inner, "")+`]}`,
		`{"id":"`+inner+`","displayName":"Inner","members@delta":[`+memberUser(bob, "")+`]}`)

	must(t, server.SetMembers(outer, []string{cho}))
	must(t, server.PutGroup(json.RawMessage(`{"id":"`+inner+`","displayName":"Renamed"}`)))
	changes, link, _ = graph.follow(t, link, minimal...)
	wantChanges(t, changes,
		`{"id":"`+outer+`","members@delta":[`+memberUser(ann, left)+`,`+memberGroup(inner, left)+`,`+memberUser(cho, "")+`]}`,
		`{"id":"`+inner+`","displayName":"Renamed"}`)

	server.RemovePerson(cho)
	server.RemoveGroup(inner)
	changes, link, _ = graph.follow(t, link, minimal...)
	wantChanges(t, changes, `{"id":"`+outer+`","members@delta":[`+memberUser(cho, left)+`]}`, `{"id":"`+inner+`","@removed":{"reason":"changed"}}`)
	changes, _, _ = graph.follow(t, link, minimal...)
	wantChanges(t, changes)

	_, names, _ := graph.follow(t, all+"$deltatoken=latest&$select=displayName")
	must(t, server.SetMembers(outer, []string{bob}))
	changes, _, _ = graph.follow(t, names)
	wantChanges(t, changes)
	_, err := graph.get(server.URL() + "/v1.0/users/delta?" + "$select=members")
	wantGraphError(t, err, http.StatusBadRequest, "BadRequest", "")
}

func TestManyMembersComeInSeveralObjects(t *testing.T) {
	server, graph := nested(t)
	server.SetDeltaPageSize(1)
	changes, _, pages := graph.follow(t, server.URL()+"/v1.0/groups/delta?$select=members&$filter="+url.QueryEscape("id eq '"+outer+"'"))
	wantChanges(t, changes, `{"id":"`+outer+`","members@delta":[`+memberUser(ann, "")+`]}`, `{"id":"`+outer+`","members@delta":[`+memberGroup(inner, "")+`]}`)
	if pages != 2 {
		t.Errorf("got %d pages", pages)
	}
}

func TestAllMembersAndAllGroupsOfAUserAreListedWithTheirKind(t *testing.T) {
	server, graph := nested(t)
	want := func(path, want string) {
		t.Helper()
		body, err := graph.get(server.URL() + "/v1.0/" + path)
		must(t, err)
		var page struct{ Value json.RawMessage }
		must(t, json.Unmarshal(body, &page))
		if string(page.Value) != want {
			t.Errorf("%s: got %s, want %s", path, page.Value, want)
		}
	}
	want("groups/"+inner+"/transitiveMembers?$select=id", "["+memberUser(bob, "")+"]")
	want("users/"+bob+"/transitiveMemberOf?$select=id&$top=999", "["+memberGroup(outer, "")+","+memberGroup(inner, "")+"]")
	want("users/"+ann+"/transitiveMemberOf?$select=id", "["+memberGroup(outer, "")+"]")
	want("groups?$select=id&$filter="+url.QueryEscape("id in ('"+inner+"','"+cho+"')"), `[{"id":"`+inner+`"}]`)
	must(t, server.SetMembers(outer, nil))
	want("users/"+bob+"/transitiveMemberOf?$select=id", "["+memberGroup(inner, "")+"]")
	for _, path := range []string{"users/" + outer + "/transitiveMemberOf", "groups/" + ann + "/transitiveMembers"} {
		_, err := graph.get(server.URL() + "/v1.0/" + path)
		wantGraphError(t, err, http.StatusNotFound, "Request_ResourceNotFound", "")
	}
	_, err := graph.get(server.URL() + "/v1.0/groups/" + inner + "/transitiveMembers?$filter=startswith(displayName,'x')")
	wantGraphError(t, err, http.StatusBadRequest, "Request_UnsupportedQuery", "")
}
