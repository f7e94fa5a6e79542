package ports

import (
	"maps"
	"slices"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// NewLookups binds the ports that only read, for the live preview on the page. Run needs no ID, because nothing is written.
func NewLookups(run Run) engine.Ports {
	lookups := New(run)
	maps.DeleteFunc(lookups, func(name string, _ engine.Port) bool { return !slices.Contains(names.Lookups, name) })
	return lookups
}
