package store

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

var uncleanDocuments = []string{
	`null`, `{}`, `[1e400,-0,0.10,12345678901234567890]`, `"\u0000"`, `"\\u0000"`, `"\\\u0000"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`,
	`"\uD800\u0041"`, "\"\xff\"", "\"\xed\xa0\x80\"", `{"\u0000":1,"a":[{"\udfff":"\u0000"}]}`, `{"a":1,"a":"\u0000"}`, "\"\u2028<&>\"", `["\u00000000"]`,
	` [ "\uDFFF" ] `, `{"\u0000":1,"�":2}`,
}

// withoutNUL returns the expected value, computed in another way: texts are cleaned one character after the other. It returns
// false if two names become one, because then one of the two values is lost.
func withoutNUL(value any) (any, bool) {
	clean := func(text string) string {
		return strings.Map(func(sign rune) rune {
			if sign == 0 {
				return utf8.RuneError
			}
			return sign
		}, text)
	}
	switch value := value.(type) {
	case string:
		return clean(value), true
	case []any:
		for i := range value {
			one, whole := withoutNUL(value[i])
			if !whole {
				return nil, false
			}
			value[i] = one
		}
		return value, true
	case map[string]any:
		cleaned := map[string]any{}
		for name, element := range value {
			one, whole := withoutNUL(element)
			if _, twice := cleaned[clean(name)]; twice || !whole {
				return nil, false
			}
			cleaned[clean(name)] = one
		}
		return cleaned, true
	}
	return value, true
}

func decodeExactly(t *testing.T, document string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	var value any
	require.NoError(t, decoder.Decode(&value))
	return value
}

// FuzzCleanJSON cleans arbitrary JSON. The result is JSON without NUL and invalid UTF-8, is otherwise the same, and does not
// change when it is cleaned again.
func FuzzCleanJSON(f *testing.F) {
	for _, document := range uncleanDocuments {
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, document string) {
		if !json.Valid([]byte(document)) {
			t.Skip("this is never stored")
		}
		cleaned, err := cleanJSON(json.RawMessage(document))
		require.NoError(t, err)
		assert.True(t, utf8.ValidString(cleaned))
		if want, whole := withoutNUL(decodeExactly(t, document)); whole {
			assert.Equal(t, want, decodeExactly(t, cleaned))
		}
		again, err := cleanJSON(json.RawMessage(cleaned))
		require.NoError(t, err)
		assert.Equal(t, cleaned, again)
	})
}

// hugeNumber finds exponents that PostgreSQL refuses. No JavaScript number has one.
var hugeNumber = regexp.MustCompile(`[eE][+-]?\d{4}|\d{400}`)

// FuzzPostgreSQLTakesIt stores arbitrary JSON, and searches it for arbitrary text as ListChanges does.
func FuzzPostgreSQLTakesIt(f *testing.F) {
	for _, document := range uncleanDocuments {
		f.Add(document, "100%_\\\x00 sure \xff", `%_\`)
	}
	f.Add(`1`, "aXb", "a_b")
	f.Add(`1`, "", "")
	f.Add(`1`, "Ünïcode", "ï")
	db := storetest.Open(f)
	f.Fuzz(func(t *testing.T, document, text, part string) {
		if json.Valid([]byte(document)) && !hugeNumber.MatchString(document) {
			cleaned, err := cleanJSON(json.RawMessage(document))
			require.NoError(t, err)
			var asJSON, asBinary string
			require.NoError(t, db.QueryRowContext(t.Context(), `SELECT $1::json, $1::jsonb`, cleaned).Scan(&asJSON, &asBinary))
		}
		var found bool
		query := `SELECT $2 = '' OR $1::text LIKE $2`
		require.NoError(t, db.QueryRowContext(t.Context(), query, cleanText(text), containsPattern(part)).Scan(&found))
		assert.Equal(t, strings.Contains(cleanText(text), cleanText(part)), found)
	})
}
