package entra

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParsePage(t *testing.T) {
	for _, test := range []struct {
		name, body, users, next string
	}{
		{"an empty page", `{"value":[]}`, `[]`, ""},
		{"an empty page that goes on", `{"value":[],"@odata.nextLink":"https://x"}`, `[]`, "https://x"},
		{"no next link as null", `{"value":[{"id":"1"}],"@odata.nextLink":null}`, `[{"id":"1"}]`, ""},
		{"untouched users", `{"value": [ {"a" : 1e400, "b":"\ud800"} ]}`, `[ {"a" : 1e400, "b":"\ud800"} ]`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			page, err := parsePage([]byte(test.body))
			require.NoError(t, err)
			assert.Equal(t, test.users, string(page.Users))
			assert.Equal(t, test.next, page.Next)
		})
	}
	for _, body := range []string{``, `[]`, `{}`, `null`, `{"value":null}`, `{"value":{}}`, `{"value":[1]}`, `{"value":[null]}`,
		`{"value":["{"]}`, `{"value":[[]]}`, `{"value":[{}],"@odata.nextLink":7}`, `{"value":[{}]`, `{"error":{"code":"x"}}`} {
		t.Run("refuses "+body, func(t *testing.T) {
			_, err := parsePage([]byte(body))
			assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		})
	}
}

func TestAPageOfMoreUsersThanGraphSendsIsRefused(t *testing.T) {
	pageOf := func(users int) []byte {
		return []byte(`{"value":[` + strings.TrimSuffix(strings.Repeat(`{"id":"1"},`, users), ",") + `],"@odata.deltaLink":"https://x"}`)
	}
	for _, users := range []int{1000, 200_000} {
		_, err := parsePage(pageOf(users))
		assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		assert.Contains(t, factsOf(t, err).Message, "at most 999")
		_, err = parseDeltaPage(pageOf(users))
		assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		_, err = parseMembers(pageOf(users))
		assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
	}
	_, err := parsePage(pageOf(999))
	assert.NoError(t, err)
}

func TestTheDepthOfAnAnswerIsBounded(t *testing.T) {
	nested := func(levels int) string {
		return `{"value":[{"x":` + strings.Repeat("[", levels-3) + `"[[[\"{{"` + strings.Repeat("]", levels-3) + `}]}`
	}
	_, err := parsePage([]byte(nested(maxDepth)))
	require.NoError(t, err)
	for _, levels := range []int{maxDepth + 1, 20_000} { // encoding/json itself stops at 10,000
		_, err = parsePage([]byte(nested(levels)))
		assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		_, err = parseUser([]byte(nested(levels)))
		assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)

		f := newFake(t, answer(http.StatusOK, nested(levels)))
		_, err = firstPage(f.client(t))
		assert.Equal(t, "directory_answer_invalid", factsOf(t, err).Code)
		assert.Len(t, f.graphRequests(), 1, "a deep answer is not taken for a cut one")
	}
}
