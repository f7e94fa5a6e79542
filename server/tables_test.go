package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	pluginTable = regexp.MustCompile(`\bentrasync_(?:links|runs|changes|people|retries|state|told|group_trees|memberships|targets)\b`)
	serverTable = regexp.MustCompile(`\b(?:FROM|JOIN|UPDATE|INTO) (users|bots|usergroups|propertygroups|propertyfields|propertyvalues)\b`)
	writing     = regexp.MustCompile(`\b(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)`)
)

// writesOfMattermost are the statements that write Mattermost's own tables, because no call of the plugin API does.
var writesOfMattermost = map[string][]string{
	"mattermost/change_email.sql":  {"users"},
	"mattermost/forget_tokens.sql": {"tokens", "oauthauthdata"},
	"mattermost/forget_grants.sql": {"oauthaccessdata"},
}

// comparison is the one statement of package mattermost that reads more of the plugin than its links: it compares the members of a team or
// channel with the ledger and the last run, row by row.
const comparison = "mattermost/target_members.sql"

// docs/architecture.md says which package may read and write which table.
func TestEachTableHasOnePackage(t *testing.T) {
	files := map[string]string{}
	for _, pattern := range []string{"*.go", "*/*.go", "*/*/*.go", "*/*.sql"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, path := range found {
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			if !strings.HasSuffix(path, "_test.go") && !strings.HasPrefix(path, "store/storetest/") {
				files[filepath.ToSlash(path)] = string(content)
			}
		}
	}
	require.Contains(t, files, "mattermost/find_accounts.sql")
	require.Contains(t, files, "store/overview.go")
	var readsLinks, readsUsers []string
	for path, content := range files {
		switch room, _, _ := strings.Cut(path, "/"); room {
		case "store":
			for _, table := range serverTable.FindAllStringSubmatch(content, -1) {
				assert.Equal(t, "users", table[1], path)
				readsUsers = append(readsUsers, path)
			}
			for _, table := range writing.FindAllStringSubmatch(content, -1) {
				assert.NotEqual(t, "users", table[1], path)
			}
		case "mattermost":
			for _, table := range pluginTable.FindAllString(content, -1) {
				if path != comparison {
					assert.Equal(t, "entrasync_links", table, path)
				}
				readsLinks = append(readsLinks, path)
			}
			for _, table := range writing.FindAllStringSubmatch(content, -1) {
				assert.Contains(t, writesOfMattermost[path], table[1], path)
			}
		default:
			assert.NotRegexp(t, pluginTable, content, path)
			assert.NotRegexp(t, serverTable, content, path)
		}
	}
	links := []string{"mattermost/find_accounts.sql", "mattermost/member_accounts.sql", "mattermost/recognized_accounts.sql", comparison}
	assert.Equal(t, links, sorted(readsLinks))
	assert.Equal(t, []string{"store/link.go", "store/memberships.go", "store/overview.go"}, sorted(readsUsers))
}

func sorted(paths []string) []string {
	slices.Sort(paths)
	return slices.Compact(paths)
}
