package tenant_test

import (
	"net/url"
	"slices"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

func TestAzureClientReadsEverybodyThroughAllPages(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	for name, query := range map[string]url.Values{
		"with the default page size": {},
		"in small pages":             {"$top": {"7"}, "$select": {"id,displayName"}},
		"in one page":                {"$top": {"999"}},
	} {
		t.Run(name, func(t *testing.T) {
			ids, err := graph.users(query, 1000)
			must(t, err)
			if want := idsOf(t, company.People()); !slices.Equal(ids, want) {
				t.Errorf("got %d people, want %d in the tenant's order", len(ids), len(want))
			}
		})
	}
}
