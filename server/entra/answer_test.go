package entra

import (
	"encoding/json"
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

// FuzzParsePage: whatever comes, the parser answers; what it accepts is a JSON array of objects.
func FuzzParsePage(f *testing.F) {
	for _, seed := range []string{onePerson, `{"value":[]}`, `{"value":[null]}`, `{"VALUE":[{}],"value":7}`, `{"value":[{}`, ``} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := parsePage(body)
		if err != nil {
			assert.Empty(t, page)
			return
		}
		var users []map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(page.Users, &users))
		for _, user := range users {
			assert.NotNil(t, user)
		}
	})
}
