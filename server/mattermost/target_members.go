package mattermost

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"
)

//go:embed target_members.sql
var targetMembers string

// MemberFilter selects members of one team or channel, and users who are missing there.
type MemberFilter struct {
	TargetID string

	// Query is a part of a display name, an email address, or a username.
	Query string

	// Standing is one of names.Standings, or "" for all.
	Standing string

	// After leaves out the usernames up to this one. Pages count from 0.
	After   string
	Page    int
	PerPage int
}

// likeLiteral makes a text stand for itself in a LIKE pattern.
var likeLiteral = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`, "\x00", "\uFFFD")

// TargetMembers returns one page of who is in a team or channel, and who is missing (target_members.sql). The target is null if there is
// no such team or channel.
func (m *Memberships) TargetMembers(ctx context.Context, tenantID string, filter MemberFilter) (json.RawMessage, error) {
	pattern := ""
	if filter.Query != "" {
		pattern = "%" + likeLiteral.Replace(strings.ToValidUTF8(filter.Query, "\uFFFD")) + "%"
	}
	return queryJSON(ctx, m.db, targetMembers, filter.TargetID, tenantID, pattern, filter.Standing, filter.After, filter.PerPage, filter.Page*filter.PerPage)
}
