package entra

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadGroupDeltaTellsWhichGroupsChangedAndWhoJoinedOrLeft(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("$deltatoken") == "latest" {
			writeJSON(w, http.StatusOK, `{"value":[],"@odata.deltaLink":"`+f.URL+`/v1.0/groups/delta?$deltatoken=one"}`)
			return
		}
		writeJSON(w, http.StatusOK, `{"value":[
			{"id":"`+testGroup+`","displayName":"x","members@delta":[
				{"@odata.type":"#microsoft.graph.user","id":"1"},
				{"@odata.type":"#microsoft.graph.user","id":"2","@removed":{"reason":"deleted"}},
				{"@odata.type":"#microsoft.graph.group","id":"3"},{"id":"4"}]},
			{"id":"`+testGroup+`","@removed":{"reason":"changed"}}],
			"@odata.nextLink":"`+f.URL+`/v1.0/groups/delta?$skiptoken=two"}`)
	})
	client := f.client(t)
	latest, err := client.ReadGroupDelta(t.Context(), GroupDeltaQuery{})
	require.NoError(t, err)
	assert.Equal(t, GroupDeltaPage{Groups: []ChangedGroup{}, Delta: f.URL + "/v1.0/groups/delta?$deltatoken=one"}, latest)
	page, err := client.ReadGroupDelta(t.Context(), GroupDeltaQuery{Cursor: latest.Delta})
	require.NoError(t, err)
	assert.Equal(t, GroupDeltaPage{Next: f.URL + "/v1.0/groups/delta?$skiptoken=two", Groups: []ChangedGroup{
		{ID: testGroup, Joined: []string{"1", "4"}, Left: []string{"2"}, Nested: []string{"3"}},
		{ID: testGroup, Removed: true, Joined: []string{}, Left: []string{}, Nested: []string{}},
	}}, page)

	first := f.graphRequests()[0]
	assert.Equal(t, "/v1.0/groups/delta", first.URL.Path)
	assert.Equal(t, "$deltatoken=latest&$select=id,displayName,members", first.URL.RawQuery)
	assert.Equal(t, "return=minimal", f.graphRequests()[1].Header.Get("Prefer"))
}

func TestReadGroupDeltaRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"a group without an id":  `{"value":[{}],"@odata.deltaLink":"HOST/v1.0/groups/delta?2"}`,
		"a member without an id": `{"value":[{"id":"` + testGroup + `","members@delta":[{"id":" "}]}],"@odata.deltaLink":"HOST/v1.0/groups/delta?2"}`,
		"no link":                `{"value":[]}`,
		"two links":              `{"value":[],"@odata.deltaLink":"HOST/v1.0/groups/delta?2","@odata.nextLink":"HOST/v1.0/groups/delta?3"}`,
		"a circle":               `{"value":[],"@odata.nextLink":"HOST/v1.0/groups/delta?1"}`,
		"no list":                `{"value":{},"@odata.deltaLink":"HOST/v1.0/groups/delta?2"}`,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, nil)
			f.graph = answer(http.StatusOK, strings.ReplaceAll(body, "HOST", f.URL))
			_, err := f.client(t).ReadGroupDelta(t.Context(), GroupDeltaQuery{Cursor: f.URL + "/v1.0/groups/delta?1"})
			assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		})
	}
	f := newFake(t, answer(http.StatusOK, `{"value":[],"@odata.deltaLink":"https://graph.elsewhere.example/v1.0/groups"}`))
	for _, cursor := range []string{"", "https://graph.elsewhere.example/v1.0/groups"} {
		_, err := f.client(t).ReadGroupDelta(t.Context(), GroupDeltaQuery{Cursor: cursor})
		assert.Equal(t, "foreign_link", factsOf(t, err).Code)
	}
	assert.Len(t, f.graphRequests(), 1)
}
