package mattermost

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzList makes the list for the database from arbitrary texts, here separated by commas. They stay the same, except that
// those that PostgreSQL refuses are left out.
func FuzzList(f *testing.F) {
	for _, texts := range []string{"", ",", "a,b", "lee@example.com,\x00,x", "\x00a,b\x00", "\xff", "\"],[\"", "\u2028<&>\\u0000", "\xed\xa0\x80"} {
		f.Add(texts)
	}
	f.Fuzz(func(t *testing.T, joined string) {
		texts := strings.Split(joined, ",")
		want := []string{}
		for _, text := range texts {
			if strings.IndexByte(text, 0) < 0 {
				want = append(want, string([]rune(text))) // every broken byte becomes U+FFFD
			}
		}
		answer := list(texts)
		assert.NotContains(t, strings.ReplaceAll(answer, `\\`, ""), `\u0000`)
		var got []string
		require.NoError(t, json.Unmarshal([]byte(answer), &got))
		assert.Equal(t, want, got)
		assert.Equal(t, joined, strings.Join(texts, ","), "the caller's texts stay as they were")
	})
}
