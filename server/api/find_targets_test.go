package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTargetsByNameAndById(t *testing.T) {
	w := newWorld(t)
	team := strings.Repeat("t", 26)
	for query, expected := range map[string]TargetSearch{
		"kind=team":                         {Kind: "team"},
		"kind=team&q=+%EB%B3%B8%EC%82%AC+":  {Kind: "team", Text: "본사"},
		"kind=channel&q=sales&team=" + team: {Kind: "channel", Text: "sales", TeamID: team},
		"ids=" + team + "," + "c1":          {IDs: []string{team, "c1"}},
	} {
		found := w.asAdmin(http.MethodGet, "/targets?"+query, "")
		assert.Equal(t, http.StatusOK, found.Code, query)
		assert.JSONEq(t, `{"targets":[]}`, found.Body.String())
		assert.Equal(t, expected, w.jobs.search, query)
	}
	for query, at := range map[string]string{
		"": "kind", "q=a": "kind", "kind=group": "kind", "kind=channel": "team", "kind=channel&team=short": "team", "kind=team&team=" + team: "team",
		"kind=channel&team=" + strings.Repeat("%00", 26): "team", "kind=team&q=" + strings.Repeat("x", 257): "q", "kind=team&q=a%00": "q",
		"ids=" + strings.Repeat("x", 4001): "ids", "ids=" + strings.Repeat(",", 50): "ids", "ids=a&q=b": "ids", "ids=a&kind=team": "ids",
	} {
		refused := w.asAdmin(http.MethodGet, "/targets?"+query, "")
		assert.Equal(t, http.StatusBadRequest, refused.Code, query)
		assert.Equal(t, at, decode(t, refused)["path"], query)
	}
	w.jobs.err = outage{}
	assert.Equal(t, http.StatusBadGateway, w.asAdmin(http.MethodGet, "/targets?kind=team", "").Code)
}
