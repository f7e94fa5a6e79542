package tenant_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// start starts a tenant with the company for the duration of a test.
func start(t testing.TB, options tenant.Options) *tenant.Server {
	t.Helper()
	if options.People == nil {
		options.People, options.Groups = company.People(), company.Groups()
		options.Members = company.Members(options.People)
	}
	server, err := tenant.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// clientOptions configure a cloud that is not Microsoft's own. Retries are off,
// because these tests check single responses.
func clientOptions(server *tenant.Server) policy.ClientOptions {
	return policy.ClientOptions{
		Cloud:     cloud.Configuration{ActiveDirectoryAuthorityHost: server.URL()},
		Transport: server.Client(),
		Retry:     policy.RetryOptions{MaxRetries: -1},
	}
}

func secretCredential(t testing.TB, server *tenant.Server, tenantID, clientID, secret string) azcore.TokenCredential {
	t.Helper()
	credential, err := azidentity.NewClientSecretCredential(tenantID, clientID, secret,
		&azidentity.ClientSecretCredentialOptions{ClientOptions: clientOptions(server), DisableInstanceDiscovery: true})
	must(t, err)
	return credential
}

func goodCredential(t testing.TB, server *tenant.Server) azcore.TokenCredential {
	t.Helper()
	return secretCredential(t, server, server.TenantID, server.ClientID, server.ClientSecret)
}

// graphClient is a client for Graph with Microsoft's pipeline.
type graphClient struct {
	server   *tenant.Server
	pipeline runtime.Pipeline
}

func newGraphClient(server *tenant.Server, credential azcore.TokenCredential) *graphClient {
	options := clientOptions(server)
	bearer := runtime.NewBearerTokenPolicy(credential, []string{server.URL() + "/.default"}, nil)
	return &graphClient{server: server, pipeline: runtime.NewPipeline("tenant_test", "v1",
		runtime.PipelineOptions{PerRetry: []policy.Policy{bearer}}, &options)}
}

// get returns the body of a 200, or an *azcore.ResponseError for other statuses.
func (g *graphClient) get(link string, headers ...string) ([]byte, error) {
	request, err := runtime.NewRequest(context.Background(), http.MethodGet, link)
	if err != nil {
		return nil, err
	}
	for index := 0; index < len(headers); index += 2 {
		request.Raw().Header.Set(headers[index], headers[index+1])
	}
	response, err := g.pipeline.Do(request)
	if err != nil {
		return nil, err
	}
	if !runtime.HasStatusCode(response, http.StatusOK) {
		return nil, runtime.NewResponseError(response)
	}
	return runtime.Payload(response)
}

type user struct {
	ID                string  `json:"id"`
	DisplayName       *string `json:"displayName"`
	Mail              *string `json:"mail"`
	UserPrincipalName string  `json:"userPrincipalName"`
}

type userPage struct {
	Count    *int   `json:"@odata.count"`
	NextLink string `json:"@odata.nextLink"`
	Value    []user `json:"value"`
}

func (g *graphClient) page(link string, headers ...string) (userPage, error) {
	body, err := g.get(link, headers...)
	if err != nil {
		return userPage{}, err
	}
	var page userPage
	return page, json.Unmarshal(body, &page)
}

// users reads up to maxPages pages and returns the IDs in order.
func (g *graphClient) users(query url.Values, maxPages int) (ids []string, err error) {
	pager := runtime.NewPager(runtime.PagingHandler[userPage]{
		More: func(page userPage) bool { return page.NextLink != "" },
		Fetcher: func(_ context.Context, page *userPage) (userPage, error) {
			if page == nil {
				return g.page(g.server.URL() + "/v1.0/users?" + query.Encode())
			}
			return g.page(page.NextLink)
		},
	})
	for pages := 0; pager.More() && pages < maxPages; pages++ {
		page, err := pager.NextPage(context.Background())
		if err != nil {
			return ids, err
		}
		for _, each := range page.Value {
			ids = append(ids, each.ID)
		}
	}
	return ids, nil
}

// readJSON decodes a response of the server into a value, and closes it.
func readJSON(t *testing.T, response *http.Response, into any) {
	t.Helper()
	must(t, errors.Join(json.NewDecoder(response.Body).Decode(into), response.Body.Close()))
}

// responseError is azcore's error for a response that is not a success.
func responseError(t *testing.T, err error) *azcore.ResponseError {
	t.Helper()
	var failure *azcore.ResponseError
	if !errors.As(err, &failure) {
		t.Fatalf("got %v, want a *azcore.ResponseError", err)
	}
	return failure
}

func idsOf(t *testing.T, people []json.RawMessage) []string {
	t.Helper()
	ids := make([]string, 0, len(people))
	for _, raw := range people {
		var each user
		must(t, json.Unmarshal(raw, &each))
		ids = append(ids, each.ID)
	}
	return ids
}
