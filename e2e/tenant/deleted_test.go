package tenant_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

func TestADeletedPersonIsKeptForRestore(t *testing.T) {
	server, graph := few(t)
	if !server.RemovePerson(strings.ToUpper(ann)) || server.RemovePerson(ann) || server.RestorePerson(bob) {
		t.Fatal("a person was not removed exactly once, or restored without cause")
	}
	_, err := graph.get(server.URL() + "/v1.0/users/" + ann)
	wantGraphError(t, err, 404, "Request_ResourceNotFound", ann)
	bin, err := graph.page(server.URL() + "/v1.0/directory/deletedItems/microsoft.graph.user")
	must(t, err)
	upn := strings.ReplaceAll(ann, "-", "") + "ann@hanbit.example"
	if len(bin.Value) != 1 || bin.Value[0].ID != ann || bin.Value[0].UserPrincipalName != upn {
		t.Errorf("got %+v", bin.Value)
	}
	body, err := graph.get(server.URL() + "/v1.0/directory/deletedItems/" + ann + "?$select=id,deletedDateTime")
	must(t, err)
	var one struct {
		ID      string  `json:"id"`
		Deleted *string `json:"deletedDateTime"`
	}
	must(t, json.Unmarshal(body, &one))
	if one.ID != ann || one.Deleted == nil {
		t.Errorf("got %s", body)
	}
	_, err = graph.get(server.URL() + "/v1.0/directory/deletedItems/" + bob)
	wantGraphError(t, err, 404, "Request_ResourceNotFound", bob)

	if !server.RestorePerson(ann) || len(server.DeletedPeople()) != 0 {
		t.Error("the person did not come back")
	}
	body, err = graph.get(server.URL() + "/v1.0/users/" + ann + "?$select=userPrincipalName,deletedDateTime")
	must(t, err)
	if !strings.HasSuffix(string(body), `"userPrincipalName":"ann@hanbit.example","deletedDateTime":null}`) {
		t.Errorf("got %s", body)
	}
	if !server.ErasePerson(ann) || server.ErasePerson(ann) || len(server.People()) != 2 {
		t.Error("the person was not erased exactly once")
	}
}

func TestPeopleAreChangedOverHTTP(t *testing.T) {
	server, _ := few(t)
	wantControl(t, server, "PATCH", "people/"+ann, `{"mail":null,"displayName":"A & <B>"}`, 204)
	if people := wantControl(t, server, "GET", "people", "", 200); !strings.Contains(people, `"mail":null`) {
		t.Errorf("got %s", people)
	}
	wantControl(t, server, "PATCH", "people/"+ann, `{"id":"`+bob+`"}`, 400)
	wantControl(t, server, "PATCH", "people/"+ann, `[]`, 400)
	wantControl(t, server, "PATCH", "people/nobody", `{}`, 404)
	if err := server.PatchPerson("nobody", json.RawMessage(`{}`)); err == nil {
		t.Error("changed a user that does not exist")
	}

	wantControl(t, server, "DELETE", "people/"+ann, "", 204)
	if bin := wantControl(t, server, "GET", "deleted", "", 200); !strings.Contains(bin, ann) {
		t.Errorf("got %s", bin)
	}
	wantControl(t, server, "POST", "deleted/"+ann+"/restore", "", 204)
	wantControl(t, server, "POST", "deleted/"+ann+"/restore", "", 404)
	wantControl(t, server, "DELETE", "deleted/"+ann, "", 204)
	wantControl(t, server, "DELETE", "deleted/"+ann, "", 404)
}

func TestResetEmptiesTheBin(t *testing.T) {
	server := start(t, tenant.Options{})
	group := server.Groups()[0]
	server.RemovePerson(idsOf(t, server.People())[0])
	server.RemoveGroup(idsOf(t, server.Groups())[0])
	must(t, server.Reset())
	if len(server.DeletedPeople()) != 0 || string(server.Groups()[0]) != string(group) {
		t.Error("the tenant is not what it was")
	}
}
