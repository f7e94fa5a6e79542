package tenant_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

func applicationOf(server *tenant.Server, id string) string {
	return server.URL() + "/v1.0/applications(appId='" + id + "')?$select=" + url.QueryEscape("passwordCredentials,keyCredentials")
}

func secretsOf(t *testing.T, graph *graphClient) []tenant.Secret {
	t.Helper()
	body, err := graph.get(applicationOf(graph.server, strings.ToUpper(graph.server.ClientID)))
	must(t, err)
	var answer struct {
		Secrets []struct {
			Hint        string
			EndDateTime time.Time
			SecretText  *string
		} `json:"passwordCredentials"`
	}
	must(t, json.Unmarshal(body, &answer))
	if strings.Contains(string(body), graph.server.ClientSecret) {
		t.Error("Graph tells the secret")
	}
	var secrets []tenant.Secret
	for _, each := range answer.Secrets {
		secrets = append(secrets, tenant.Secret{Hint: each.Hint, EndsAt: each.EndDateTime})
	}
	return secrets
}

func TestTheApplicationShowsWhenItsSecretsEnd(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	secrets := secretsOf(t, graph)
	if len(secrets) != 1 || !strings.HasPrefix(server.ClientSecret, secrets[0].Hint) || time.Until(secrets[0].EndsAt) < 179*24*time.Hour {
		t.Errorf("got %v", secrets)
	}
	wantControl(t, server, "PUT", "secrets", `[{"hint":"abc","ends_at":"2030-01-02T03:04:05Z"}]`, 204)
	want := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	if secrets = secretsOf(t, graph); len(secrets) != 1 || secrets[0].Hint != "abc" || !secrets[0].EndsAt.Equal(want) {
		t.Errorf("got %v", secrets)
	}
	wantControl(t, server, "PUT", "secrets", `{}`, 400)
	must(t, server.Reset())
	if secrets = secretsOf(t, graph); len(secrets) != 1 || secrets[0].Hint == "abc" {
		t.Errorf("got %v", secrets)
	}

	_, err := graph.get(applicationOf(server, unknownID))
	wantGraphError(t, err, 404, "Request_ResourceNotFound", unknownID)
	_, err = graph.get(server.URL() + "/v1.0/applications(appId='" + server.ClientID + "')?$select=shoeSize")
	wantGraphError(t, err, 400, "BadRequest", "on type 'microsoft.graph.application'.")
}

func TestTheApplicationNeedsAPermissionOfItsOwn(t *testing.T) {
	server := start(t, tenant.Options{Roles: []string{"User.Read.All", "GroupMember.Read.All"}})
	graph := newGraphClient(server, goodCredential(t, server))
	_, err := graph.get(applicationOf(server, server.ClientID))
	wantGraphError(t, err, 403, "Authorization_RequestDenied", "Insufficient privileges")

	open := start(t, tenant.Options{})
	must(t, open.Faults.Set(tenant.Fault{Match: tenant.MatchApplications, Kind: tenant.ConsentMissing}))
	graph = newGraphClient(open, goodCredential(t, open))
	_, err = graph.get(applicationOf(open, open.ClientID))
	wantGraphError(t, err, 403, "Authorization_RequestDenied", "")
	_, err = graph.get(open.URL() + "/v1.0/users")
	must(t, err)
}
