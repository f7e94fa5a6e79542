package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestGroupsByNameAndById(t *testing.T) {
	w := newWorld(t)
	found := w.asAdmin(http.MethodGet, "/groups?q=O%27Hara", "")
	assert.Equal(t, http.StatusOK, found.Code)
	assert.JSONEq(t, `{"groups":[{"id":"g1","name":"O'Hara","description":""}]}`, found.Body.String())
	known := w.asAdmin(http.MethodGet, "/groups?ids=g1,g2", "")
	assert.JSONEq(t, `{"groups":[{"id":"g1","name":"","description":""},{"id":"g2","name":"","description":""}]}`, known.Body.String())

	for query, at := range map[string]string{
		"": "q", "q=+": "q", "q=" + strings.Repeat("x", 257): "q", "ids=" + strings.Repeat("x", 4001): "ids",
		"ids=" + strings.Repeat(",", 100): "ids", "q=a&ids=b": "ids",
	} {
		refused := w.asAdmin(http.MethodGet, "/groups?"+query, "")
		assert.Equal(t, http.StatusBadRequest, refused.Code, query)
		assert.Equal(t, at, decode(t, refused)["path"], query)
	}
	w.jobs.err = outage{}
	assert.Equal(t, http.StatusBadGateway, w.asAdmin(http.MethodGet, "/groups?q="+url.QueryEscape("한"), "").Code)
}

func TestOverview(t *testing.T) {
	w := newWorld(t)
	w.jobs.overview = Overview{Overview: store.Overview{Directory: 5, ConflictsRun: "r1"}, SecretExpiresAt: 9}
	answer := w.asAdmin(http.MethodGet, "/overview", "")
	assert.Equal(t, http.StatusOK, answer.Code)
	assert.JSONEq(t, `{"directory":5,"in_scope":0,"read_at":0,"conflicts":0,"conflicts_run":"r1","linked":0,"deactivated":0,"failing":0,"failing_run":"","failing_tried":0,"failing_waiting":0,"safer_defaults":false,"secret_expires_at":9}`,
		answer.Body.String())
}
