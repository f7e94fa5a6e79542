package mattermost

import (
	"context"
	_ "embed"
	"encoding/json"
)

//go:embed find_targets.sql
var findTargets string

// maxTargets is how many teams or channels a search finds.
const maxTargets = 50

// TargetSearch says which teams or channels are looked for: those with the IDs, or those of a kind whose name contains Text. An empty
// text finds all.
type TargetSearch struct {
	IDs []string

	// Kind is "team" or "channel".
	Kind string

	// TeamID is the team of the channels.
	TeamID string
	Text   string
}

// FindTargets returns {"targets": [...]} (find_targets.sql), at most maxTargets of them, archived ones too: no API lists private channels,
// and none tells which are archived.
func (m *Memberships) FindTargets(ctx context.Context, search TargetSearch) (json.RawMessage, error) {
	return queryJSON(ctx, m.db, findTargets, list(search.IDs), search.Kind, search.TeamID, search.Text, maxTargets)
}
