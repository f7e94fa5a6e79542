package entra

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func TestReadDeltaFollowsARoundToItsMark(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, r *http.Request) {
		switch query := r.URL.Query(); {
		case query.Get("$skiptoken") == "two":
			writeJSON(w, http.StatusOK, `{"value":[{"id":"2","mail":null}],"@odata.deltaLink":"`+f.URL+`/v1.0/users/delta?$deltatoken=mark"}`)
		case query.Get("$deltatoken") == "mark":
			writeJSON(w, http.StatusOK, `{"value":[{"id":"1","@removed":{"reason":"changed"}}],"@odata.deltaLink":"`+
				f.URL+`/v1.0/users/delta?$deltatoken=mark2"}`)
		default:
			writeJSON(w, http.StatusOK, `{"value":[],"@odata.nextLink":"`+f.URL+`/v1.0/users/delta?$skiptoken=two"}`)
		}
	})
	client := f.client(t)

	first, err := client.ReadDelta(t.Context(), DeltaQuery{Select: []string{"id", "mail"}})
	require.NoError(t, err)
	assert.Equal(t, `[]`, string(first.Users), "an empty page may go on")
	assert.Empty(t, first.Delta)
	second, err := client.ReadDelta(t.Context(), DeltaQuery{Cursor: first.Next})
	require.NoError(t, err)
	assert.Equal(t, `[{"id":"2","mail":null}]`, string(second.Users), "users stay the bytes that Graph sent")
	assert.Empty(t, second.Next)
	third, err := client.ReadDelta(t.Context(), DeltaQuery{Cursor: second.Delta})
	require.NoError(t, err)
	assert.JSONEq(t, `[{"id":"1","@removed":{"reason":"changed"}}]`, string(third.Users))

	requests := f.graphRequests()
	assert.Equal(t, "/v1.0/users/delta", requests[0].URL.Path)
	assert.Equal(t, "$select=id,mail", requests[0].URL.RawQuery, "Graph refuses a page size here")
	for _, request := range requests {
		assert.Equal(t, "return=minimal", request.Header.Get("Prefer"))
	}
}

func TestReadDeltaBeginsAtThisMoment(t *testing.T) {
	var f *fake
	f = newFake(t, func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, `{"value":[],"@odata.deltaLink":"`+f.URL+`/v1.0/users/delta?$deltatoken=now"}`)
	})
	page, err := f.client(t).ReadDelta(t.Context(), DeltaQuery{Latest: true, Select: []string{"mail"}})
	require.NoError(t, err)
	assert.Equal(t, f.URL+"/v1.0/users/delta?$deltatoken=now", page.Delta)
	assert.Equal(t, "$deltatoken=latest&$select=mail", f.graphRequests()[0].URL.RawQuery)
}

func TestAForgottenMarkIsNamed(t *testing.T) {
	for name, refusal := range map[string]struct {
		status int
		code   string
	}{
		"reset":     {http.StatusGone, "resyncRequired"},
		"expired":   {http.StatusBadRequest, "syncStateNotFound"},
		"not found": {http.StatusNotFound, "syncStateNotFound"},
		"gone":      {http.StatusGone, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "https://"+r.Host+"/v1.0/users/delta?$deltatoken=")
				writeJSON(w, refusal.status, `{"error":{"code":"`+refusal.code+`"}}`)
			})
			_, err := f.client(t).ReadDelta(t.Context(), DeltaQuery{Cursor: f.URL + "/v1.0/users/delta?$deltatoken=old"})
			assert.Equal(t, fault.Facts{Origin: "graph", Status: refusal.status, Code: refusal.code}, factsOf(t, err))
			assert.Len(t, f.graphRequests(), 1, "neither retried nor redirected")
		})
	}
}

func TestReadDeltaRefuses(t *testing.T) {
	const host = "https://graph.elsewhere.example/v1.0/users/delta?$deltatoken=x"
	for _, test := range []struct{ name, body, code string }{
		{"a page that leads nowhere", `{"value":[]}`, "directory_answer_invalid"},
		{"a page that leads to two places", `{"value":[],"@odata.nextLink":"HOST/v1.0/a","@odata.deltaLink":"HOST/v1.0/b"}`, "directory_answer_invalid"},
		{"a page that leads to itself", `{"value":[],"@odata.nextLink":"HOST/v1.0/users/delta?$skiptoken=1"}`, "directory_answer_invalid"},
		{"a list of something else", `{"value":[7],"@odata.deltaLink":"HOST/v1.0/b"}`, "directory_answer_invalid"},
		{"a foreign next link", `{"value":[],"@odata.nextLink":"` + host + `"}`, "foreign_link"},
		{"a foreign delta link", `{"value":[],"@odata.deltaLink":"` + host + `"}`, "foreign_link"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, nil)
			f.graph = answer(http.StatusOK, strings.ReplaceAll(test.body, "HOST", f.URL))
			page, err := f.client(t).ReadDelta(t.Context(), DeltaQuery{Cursor: f.URL + "/v1.0/users/delta?$skiptoken=1"})
			assert.Equal(t, test.code, factsOf(t, err).Code)
			assert.Empty(t, page)
		})
	}
	f := newFake(t, nil)
	_, err := f.client(t).ReadDelta(t.Context(), DeltaQuery{Cursor: host})
	assert.Equal(t, "foreign_link", factsOf(t, err).Code)
	_, err = f.client(t).ReadDelta(t.Context(), DeltaQuery{Select: []string{"a&b"}})
	assert.Equal(t, "request_invalid", factsOf(t, err).Code)
	assert.Empty(t, f.graphRequests())
}
