package store

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// inSQL are the columns that hold values of closed lists, and what they may hold.
var inSQL = map[string][]string{
	"state":   names.RunStates,
	"status":  names.ChangeStatuses,
	"action":  names.Actions,
	"mode":    names.RunModes,
	"reading": names.Readings,
}

// TestStatementsUseWordsOfTheLists compares the values that SQL statements write themselves with the lists that they belong to.
func TestStatementsUseWordsOfTheLists(t *testing.T) {
	compared := regexp.MustCompile(`\b(state|status|action|mode|reading)\s*(?:=|<>|(?:NOT )?IN)\s*\(?\s*((?:'\w+'(?:,\s*)?)+)`)
	chosen := regexp.MustCompile(`(?:THEN|ELSE) ('[a-z_]+')`)
	word := regexp.MustCompile(`'(\w+)'`)
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, match := range compared.FindAllStringSubmatch(string(text), -1) {
			for _, name := range word.FindAllStringSubmatch(match[2], -1) {
				assert.Contains(t, inSQL[match[1]], name[1], "%s: %s", file, match[0])
				found++
			}
		}
		for _, match := range chosen.FindAllStringSubmatch(string(text), -1) {
			assert.Contains(t, names.RunStates, strings.Trim(match[1], "'"), "%s: %s", file, match[0])
			found++
		}
	}
	assert.Greater(t, found, 20, "the test still finds the words")
}
