package ports

import (
	"maps"
	"slices"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// lookupNames are the ports that only read, and that answer outside a run what they answer in one.
var lookupNames = []string{
	"accounts.find", "accounts.taken_usernames", "accounts.room", "accounts.attribute_fields", "accounts.attribute_values",
	"links.list_active", "retries.list", "directory.read_group_members",
}

// NewLookups binds the ports that only read, for the live preview on the page. Run needs no id: nothing is written for it.
func NewLookups(run Run) engine.Ports {
	lookups := New(run)
	maps.DeleteFunc(lookups, func(name string, _ engine.Port) bool { return !slices.Contains(lookupNames, name) })
	return lookups
}
