package tenant_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

type deltaAnswer struct {
	NextLink  string            `json:"@odata.nextLink"`
	DeltaLink string            `json:"@odata.deltaLink"`
	Value     []json.RawMessage `json:"value"`
}

// follow reads a round from link to its end and returns the changes and the link of the next round.
func (g *graphClient) follow(t *testing.T, link string, headers ...string) (changes []string, deltaLink string, pages int) {
	t.Helper()
	for ; link != ""; pages++ {
		body, err := g.get(link, headers...)
		must(t, err)
		var page deltaAnswer
		must(t, json.Unmarshal(body, &page))
		for _, each := range page.Value {
			changes = append(changes, string(each))
		}
		if (page.NextLink == "") == (page.DeltaLink == "") {
			t.Fatalf("want either link, got %s", body)
		}
		link, deltaLink = page.NextLink, page.DeltaLink
	}
	return changes, deltaLink, pages
}

func deltaOf(server *tenant.Server, query string) string {
	return server.URL() + "/v1.0/users/delta?" + query
}

func wantChanges(t *testing.T, got []string, want ...string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

const (
	ann = "00000000-0000-4000-8000-00000000000a"
	bob = "00000000-0000-4000-8000-00000000000b"
	cho = "00000000-0000-4000-8000-00000000000c"
)

// few is a tenant with three users.
func few(t *testing.T) (*tenant.Server, *graphClient) {
	t.Helper()
	var people []json.RawMessage
	for name, id := range map[string]string{"ann": ann, "bob": bob, "cho": cho} {
		people = append(people, json.RawMessage(fmt.Sprintf(`{"id":"%s","displayName":"<%s>","mail":"%s@hanbit.example",`+
			`"userPrincipalName":"%s@hanbit.example","accountEnabled":true,"jobTitle":null}`, id, name, name, name)))
	}
	server := start(t, tenant.Options{People: people})
	return server, newGraphClient(server, goodCredential(t, server))
}

func TestADeltaQueryBeginsWithEverybody(t *testing.T) {
	server := start(t, tenant.Options{})
	graph := newGraphClient(server, goodCredential(t, server))
	for size, wantPages := range map[int]int{0: 1, 50: 3, 120: 1} {
		server.SetDeltaPageSize(size)
		changes, deltaLink, pages := graph.follow(t, deltaOf(server, "$select=displayName"))
		if len(changes) != company.Headcount || pages != wantPages {
			t.Errorf("page size %d: got %d people on %d pages", size, len(changes), pages)
		}
		if again, _, _ := graph.follow(t, deltaLink); len(again) != 0 {
			t.Errorf("nothing happened, yet %v changed", again)
		}
	}
}

func TestADeltaQueryTellsWhatChangedOfWhatIsSelected(t *testing.T) {
	server, graph := few(t)
	begun, link, _ := graph.follow(t, deltaOf(server, "$select=displayName,mail,jobTitle,accountEnabled"))
	if len(begun) != 3 || strings.Contains(begun[0], "jobTitle") || strings.Contains(begun[0], "userPrincipalName") {
		t.Errorf("what was never set or not selected is absent; got %v", begun)
	}
	must(t, server.PatchPerson(ann, json.RawMessage(`{"mail":null,"department":"Sales"}`)))
	must(t, server.PatchPerson(bob, json.RawMessage(`{"department":"Sales"}`)))
	must(t, server.PatchPerson(cho, json.RawMessage(`{"accountEnabled":false}`)))
	minimal, next, _ := graph.follow(t, link, "Prefer", "respond-async, return=minimal")
	wantChanges(t, minimal, `{"id":"`+ann+`","mail":null}`, `{"id":"`+cho+`","accountEnabled":false}`)
	usual, _, _ := graph.follow(t, link) // the same link returns the same again
	wantChanges(t, usual, `{"id":"`+ann+`","displayName":"<ann>","mail":null,"accountEnabled":true}`,
		`{"id":"`+cho+`","displayName":"<cho>","mail":"cho@hanbit.example","accountEnabled":false}`)
	nothing, _, _ := graph.follow(t, next+"&$select=department")
	wantChanges(t, nothing)
	everything, _, _ := graph.follow(t, deltaOf(server, "$deltatoken=latest"))
	wantChanges(t, everything)
}

func TestADeltaQueryWithoutSelectWatchesEverything(t *testing.T) {
	server, graph := few(t)
	_, link, _ := graph.follow(t, deltaOf(server, "$deltatoken=latest"))
	must(t, server.PatchPerson(ann, json.RawMessage(`{"department":"Sales"}`)))
	changes, _, _ := graph.follow(t, link, "Prefer", "return=minimal")
	wantChanges(t, changes, `{"id":"`+ann+`"}`) // the department is not among the default properties
}

func TestADeltaQueryTellsWhoIsGoneAndWhoIsBack(t *testing.T) {
	server, graph := few(t)
	removed := func(id, reason string) string { return `{"id":"` + id + `","@removed":{"reason":"` + reason + `"}}` }
	_, link, _ := graph.follow(t, deltaOf(server, "$deltatoken=latest&$select=mail"))
	for _, step := range []struct {
		name string
		do   func() bool
		want []string
	}{
		{"removed", func() bool { return server.RemovePerson(ann) }, []string{removed(ann, "changed")}},
		{"nothing more", func() bool { return true }, nil},
		{"restored, and another erased", func() bool { return server.RestorePerson(ann) && server.ErasePerson(bob) },
			[]string{`{"id":"` + ann + `","mail":"ann@hanbit.example"}`, removed(bob, "deleted")}},
		{"removed again", func() bool { return server.RemovePerson(ann) }, []string{removed(ann, "changed")}},
		{"erased from the bin", func() bool { return server.ErasePerson(ann) }, []string{removed(ann, "deleted")}},
		{"removed and restored between two rounds", func() bool { return server.RemovePerson(cho) && server.RestorePerson(cho) }, nil},
		{"new", func() bool {
			return server.PutPerson(json.RawMessage(`{"id":"`+bob+`","mail":"new@hanbit.example","jobTitle":"x"}`)) == nil
		}, []string{`{"id":"` + bob + `","mail":"new@hanbit.example"}`}},
	} {
		if !step.do() {
			t.Fatalf("%s: could not be done", step.name)
		}
		var changes []string
		changes, link, _ = graph.follow(t, link, "Prefer", "return=minimal")
		t.Log(step.name)
		wantChanges(t, changes, step.want...)
	}
}

func TestADeltaRoundDoesNotMoveWhileItIsRead(t *testing.T) {
	server, graph := few(t)
	server.SetDeltaPageSize(2)
	body, err := graph.get(deltaOf(server, "$select=displayName"))
	must(t, err)
	var first deltaAnswer
	must(t, json.Unmarshal(body, &first))
	server.RemovePerson(ann)
	rest, link, _ := graph.follow(t, first.NextLink)
	if len(first.Value)+len(rest) != 3 {
		t.Errorf("got %d and %d people", len(first.Value), len(rest))
	}
	changes, _, _ := graph.follow(t, link)
	wantChanges(t, changes, `{"id":"`+ann+`","@removed":{"reason":"changed"}}`)
}

func TestADeltaQueryIsFilteredByIDs(t *testing.T) {
	server, graph := few(t)
	_, link, _ := graph.follow(t, deltaOf(server, "$select=mail&$filter="+url.QueryEscape("id eq '"+ann+"' or id eq '"+strings.ToUpper(bob)+"'")))
	for _, id := range []string{ann, bob, cho} {
		must(t, server.PatchPerson(id, json.RawMessage(`{"mail":"x@hanbit.example"}`)))
	}
	changes, _, _ := graph.follow(t, link)
	wantChanges(t, changes, `{"id":"`+ann+`","mail":"x@hanbit.example"}`, `{"id":"`+bob+`","mail":"x@hanbit.example"}`)
}

func TestADeltaQueryRefusesWhatGraphRefuses(t *testing.T) {
	server, graph := few(t)
	ids := strings.Repeat("id eq '"+ann+"' or ", 50) + "id eq '" + bob + "'"
	for query, code := range map[string]string{
		"$top=5":                "Request_UnsupportedQuery",
		"$expand=manager":       "Request_UnsupportedQuery",
		"$orderby=displayName":  "Request_UnsupportedQuery",
		"$search=x":             "Request_UnsupportedQuery",
		"$select=shoeSize":      "BadRequest",
		"$deltatoken=forgotten": "syncStateNotFound",
		"$skiptoken=forgotten":  "syncStateNotFound",
		"$skiptoken=a-1-":       "syncStateNotFound",
		"$skiptoken=a--1":       "syncStateNotFound",
		"$filter=" + url.QueryEscape("mail eq 'x'"): "Request_UnsupportedQuery",
		"$filter=" + url.QueryEscape("id ne 'x'"):   "BadRequest",
		"$filter=" + url.QueryEscape(ids):           "Request_UnsupportedQuery",
	} {
		_, err := graph.get(deltaOf(server, query))
		wantGraphError(t, err, http.StatusBadRequest, code, "")
	}
}

func TestOldDeltaTokensExpire(t *testing.T) {
	server, graph := few(t)
	_, link, _ := graph.follow(t, deltaOf(server, "$deltatoken=latest"))
	for range 64 {
		graph.follow(t, deltaOf(server, "$deltatoken=latest"))
	}
	_, err := graph.get(link)
	wantGraphError(t, err, http.StatusBadRequest, "syncStateNotFound", "")
}

func TestFaultsOfDeltaQueries(t *testing.T) {
	server, graph := few(t)
	_, link, _ := graph.follow(t, deltaOf(server, "$deltatoken=latest&$select=mail"))
	must(t, server.PatchPerson(ann, json.RawMessage(`{"mail":"x@hanbit.example"}`)))
	change := `{"id":"` + ann + `","mail":"x@hanbit.example"}`

	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: tenant.DeltaEmptyPage, Times: 2}))
	changes, _, pages := graph.follow(t, link)
	wantChanges(t, changes, change)
	if pages != 3 {
		t.Errorf("got %d pages, want two empty ones and the last", pages)
	}
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: tenant.DeltaRepeat, Times: 1}))
	changes, _, _ = graph.follow(t, link)
	wantChanges(t, changes, change, change)
	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: tenant.RepeatedPage, Times: 1}))
	changes, _, _ = graph.follow(t, link)
	wantChanges(t, changes, change, change)

	must(t, server.Faults.Set(tenant.Fault{Match: tenant.MatchDelta, Kind: tenant.DeltaTokenExpired, Times: 1}))
	_, err := graph.get(link)
	wantGraphError(t, err, http.StatusBadRequest, "syncStateNotFound", "")
	must(t, server.Faults.Set(tenant.Fault{Kind: tenant.ResyncRequired, Times: 1}))
	_, err = graph.page(server.URL() + "/v1.0/users")
	must(t, err) // it can affect only delta queries
	_, err = graph.get(link)
	wantGraphError(t, err, http.StatusGone, "resyncRequired", "")
	again, _, _ := graph.follow(t, responseError(t, err).RawResponse.Header.Get("Location"))
	if len(again) != 3 {
		t.Errorf("the address of the reset gives %d users, want all", len(again))
	}
	if err := server.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.DeltaRepeat}); err == nil {
		t.Error("a fault of delta queries was set for users")
	}
}

func TestADeltaQueryNeedsConsent(t *testing.T) {
	server := start(t, tenant.Options{Roles: []string{"GroupMember.Read.All"}})
	_, err := newGraphClient(server, goodCredential(t, server)).get(deltaOf(server, ""))
	wantGraphError(t, err, http.StatusForbidden, "Authorization_RequestDenied", "")
}
