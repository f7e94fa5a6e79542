package tenant_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

var eventual = []string{"ConsistencyLevel", "eventual"}

func membersOf(server *tenant.Server, group, query string) string {
	return server.URL() + "/v1.0/groups/" + group + "/transitiveMembers/microsoft.graph.user?" + query
}

// wantMembers checks the members of a group, in the tenant's order.
func wantMembers(t *testing.T, graph *graphClient, group string, want []string) {
	t.Helper()
	page, err := graph.page(membersOf(graph.server, group, "$count=true&$select=id&$top=999"), eventual...)
	must(t, err)
	var got []string
	for _, each := range page.Value {
		got = append(got, each.ID)
	}
	if !slices.Equal(got, want) || page.Count == nil || *page.Count != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMembersOfNestedGroupsAreRead(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	departments := map[string][]string{}
	for _, raw := range company.People() {
		var person struct{ ID, Department string }
		must(t, json.Unmarshal(raw, &person))
		departments[person.Department] = append(departments[person.Department], person.ID)
	}
	wantMembers(t, graph, company.GroupID("Platform"), departments["Platform"])
	var want []string
	for _, id := range idsOf(t, company.People()) {
		for _, team := range []string{"Platform", "플랫폼팀", "Sales", "Finance", "영업팀", "재무팀"} {
			if slices.Contains(departments[team], id) {
				want = append(want, id)
			}
		}
	}
	wantMembers(t, graph, company.GroupID("Headquarters"), want)
}

func TestMembersChangeWhileTheTenantRuns(t *testing.T) {
	server, graph := few(t)
	for _, id := range []string{"outer", "inner"} {
		must(t, server.PutGroup(json.RawMessage(`{"id":"`+id+`","displayName":"`+id+`"}`)))
	}
	order := idsOf(t, server.People())
	inOrder := func(ids ...string) []string {
		return slices.DeleteFunc(slices.Clone(order), func(id string) bool { return !slices.Contains(ids, id) })
	}
	must(t, server.SetMembers("outer", []string{strings.ToUpper(ann), "INNER", "nobody"}))
	must(t, server.SetMembers("inner", []string{ann, bob, "outer"})) // a circle, and one user twice
	wantMembers(t, graph, "outer", inOrder(ann, bob))
	server.RemovePerson(bob)
	wantMembers(t, graph, "outer", inOrder(ann))
	wantControl(t, server, "PUT", "groups/inner/members", `{"members":["`+cho+`"]}`, 204)
	wantMembers(t, graph, "outer", inOrder(ann, cho))
	wantControl(t, server, "DELETE", "groups/inner", "", 204)
	wantMembers(t, graph, "outer", inOrder(ann))
	_, err := graph.get(membersOf(server, "inner", "$count=true"), eventual...)
	wantGraphError(t, err, 404, "Request_ResourceNotFound", "inner")

	wantControl(t, server, "PUT", "groups/inner/members", `{"members":[]}`, 400)
	wantControl(t, server, "POST", "groups", `{"id":"third","displayName":"Third"}`, 204)
	wantControl(t, server, "POST", "groups", `{"displayName":"no id"}`, 400)
	wantControl(t, server, "DELETE", "groups/inner", "", 404)
	if groups := wantControl(t, server, "GET", "groups", "", 200); !strings.Contains(groups, "third") || strings.Contains(groups, "inner") {
		t.Errorf("got %s", groups)
	}
	if members := wantControl(t, server, "GET", "groups/outer/members", "", 200); !strings.Contains(members, ann) {
		t.Errorf("got %s", members)
	}
}

func TestMembersNeedTheirHeaderOnEveryPage(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	group := company.GroupID("Everybody")
	for _, query := range []string{"$count=true", "$select=id"} {
		_, err := graph.get(membersOf(server, group, query))
		wantGraphError(t, err, 400, "Request_UnsupportedQuery", "")
	}
	_, err := graph.get(membersOf(server, group, "$select=id"), eventual...)
	wantGraphError(t, err, 400, "Request_UnsupportedQuery", "$count=true")
	page, err := graph.page(membersOf(server, group, "$count=true&$select=id&$top=2"), eventual...)
	must(t, err)
	_, err = graph.get(page.NextLink)
	wantGraphError(t, err, 400, "Request_UnsupportedQuery", "ConsistencyLevel")
	second, err := graph.page(page.NextLink, eventual...)
	must(t, err)
	if len(page.Value) != 2 || len(second.Value) != 2 || page.Value[1].ID == second.Value[0].ID {
		t.Errorf("got %v and %v", page.Value, second.Value)
	}
}

func TestMembersDependOnConsent(t *testing.T) {
	link := func(server *tenant.Server) string {
		return membersOf(server, company.GroupID("Platform"), "$count=true&$top=1")
	}
	server := start(t, tenant.Options{Roles: []string{"User.Read.All"}})
	_, err := newGraphClient(server, goodCredential(t, server)).get(link(server), eventual...)
	wantGraphError(t, err, http.StatusForbidden, "Authorization_RequestDenied", "")

	server = start(t, tenant.Options{Roles: []string{"GroupMember.Read.All"}})
	graph := newGraphClient(server, goodCredential(t, server))
	for _, query := range []string{"", "&$select=id,displayName,businessPhones"} {
		body, err := graph.get(link(server)+query, eventual...)
		must(t, err)
		var page struct{ Value []map[string]any }
		must(t, json.Unmarshal(body, &page))
		member := page.Value[0]
		if member["@odata.type"] != "#microsoft.graph.user" || member["id"] == nil {
			t.Errorf("got %v", member)
		}
		for name, value := range member {
			if value != nil && name != "id" && name != "@odata.type" {
				t.Errorf("%s is %v, want null", name, value)
			}
		}
	}
}

func TestGroupsAreFound(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	must(t, server.PutGroup(json.RawMessage(`{"id":"q","displayName":"The \"Q\" Team, Design-Ops"}`)))
	groups := server.URL() + "/v1.0/groups?$select=id,displayName&$search="
	for search, want := range map[string]int{`"displayName:des"`: 2, `"displayName:\"Q\" ops"`: 1, `"displayName:esign"`: 0, `"displayName:품질"`: 1, `"displayName:"`: 0} {
		page, err := graph.page(groups+url.QueryEscape(search), eventual...)
		must(t, err)
		if len(page.Value) != want {
			t.Errorf("%s: got %d groups, want %d", search, len(page.Value), want)
		}
	}
	both, err := graph.page(groups+url.QueryEscape(`"displayName:des"`)+"&$filter="+url.QueryEscape("startsWith(displayName,'The')"), eventual...)
	must(t, err)
	if len(both.Value) != 1 {
		t.Errorf("got %v, want what fits both", both.Value)
	}
	_, err = graph.get(groups + url.QueryEscape(`"displayName:des"`))
	wantGraphError(t, err, 400, "Request_UnsupportedQuery", "'ConsistencyLevel: eventual'")
	_, err = graph.get(groups+"displayName:des", eventual...)
	wantGraphError(t, err, 400, "BadRequest", "Syntax error")
	_, err = graph.get(groups+url.QueryEscape(`"mail:des"`), eventual...)
	wantGraphError(t, err, 400, "Request_UnsupportedQuery", "mail")
	_, err = graph.get(server.URL()+"/v1.0/users?$search=x", eventual...)
	wantGraphError(t, err, 400, "Request_UnsupportedQuery", "$search")

	body, err := graph.get(server.URL() + "/v1.0/groups/" + company.GroupID("Design") + "?$select=displayName")
	must(t, err)
	if !strings.HasSuffix(string(body), `"displayName":"Design"}`) {
		t.Errorf("got %s", body)
	}
	_, err = graph.get(server.URL() + "/v1.0/groups/" + unknownID)
	wantGraphError(t, err, 404, "Request_ResourceNotFound", unknownID)
}
