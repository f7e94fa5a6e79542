package tenant_test

import (
	"net/url"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// The tenant's cost of a full read is part of every measurement of a run.
func BenchmarkReadTenThousandPeople(b *testing.B) {
	server := start(b, tenant.Options{People: company.Many(10_000)})
	graph := newGraphClient(server, goodCredential(b, server))
	query := url.Values{"$top": {"999"}, "$select": {"id,accountEnabled,displayName,givenName,surname,mail,userPrincipalName,userType"}}
	for b.Loop() {
		_, err := graph.users(query, 1000)
		must(b, err)
	}
}
