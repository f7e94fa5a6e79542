package tenant_test

import (
	"net/url"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// What a full read costs the tenant is part of every measurement of a run.
func BenchmarkReadTenThousandPeople(b *testing.B) {
	server, err := tenant.Start(tenant.Options{People: company.Many(10_000)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(server.Close)
	graph := newGraphClient(server, goodCredential(&testing.T{}, server))
	query := url.Values{"$top": {"999"}, "$select": {"id,accountEnabled,displayName,givenName,surname,mail,userPrincipalName,jobTitle,department,preferredLanguage,userType"}}
	for b.Loop() {
		if _, err := graph.users(query, 1000); err != nil {
			b.Fatal(err)
		}
	}
}
