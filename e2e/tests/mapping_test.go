package tests

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAMappingReachesTheAccount(t *testing.T) {
	transliterated := map[string]any{"sources": []string{"displayName"}, "transform": []map[string]any{{"step": "transliterate"}}}
	s := begin(t, plain, policy(allow("Minjun"), map[string]any{"mapping": map[string]any{
		"username": transliterated,
		"timezone": map[string]any{"sources": []string{"city"}, "when": "always"},
		"locale":   map[string]any{"when": "always"},
	}}))
	person := s.objectID(t, minjun)
	s.edit(t, person, map[string]any{"displayName": "김민준 Minjun", "city": "asia/seoul"})
	seen := func() []string {
		var rows []struct {
			Username, Locale string
			Timezone         map[string]string
		}
		s.query(t, &rows, `SELECT username, locale, timezone FROM users WHERE email = '`+minjun+`'`)
		zone := rows[0].Timezone
		return []string{rows[0].Username, rows[0].Locale, zone["manualTimezone"], zone["useAutomaticTimezone"]}
	}

	assert.Equal(t, 1, s.apply(t).Counts["created"])
	assert.Equal(t, []string{"gimminjunminjun", "ko", "Asia/Seoul", "false"}, seen())

	s.edit(t, person, map[string]any{"city": "Europe/Kyiv", "preferredLanguage": "de-AT"})
	assert.Equal(t, 1, s.apply(t).Counts["updated"])
	assert.Equal(t, []string{"gimminjunminjun", "de", "Europe/Kyiv", "false"}, seen())

	s.edit(t, person, map[string]any{"city": "Mars/Olympus", "preferredLanguage": nil})
	again := s.apply(t)
	assert.Equal(t, 1, again.Counts["unchanged"], "what Mattermost does not take leaves the account as it is")
	assert.Zero(t, again.Counts["updated"])
}
