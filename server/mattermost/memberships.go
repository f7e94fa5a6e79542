package mattermost

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

var (
	//go:embed present_memberships.sql
	presentMemberships string

	//go:embed member_accounts.sql
	memberAccounts string

	//go:embed membership_targets.sql
	membershipTargets string
)

// teamBatch is how many users join a team with one call: the server's own limit for requests from outside.
const teamBatch = 256

// MembershipAPI is the part of plugin.API that changes who is in teams and channels.
type MembershipAPI interface {
	CreateTeamMembersGracefully(teamID string, userIDs []string, requestorID string) ([]*model.TeamMemberWithError, *model.AppError)
	AddUserToChannel(channelID, userID, asUserID string) (*model.ChannelMember, *model.AppError)
	GetConfig() *model.Config
}

// Memberships reads and writes who is in which teams and channels. The JSON shapes are those of webapp/src/sync/types.ts.
type Memberships struct {
	api   MembershipAPI
	db    *sql.DB
	botID string
	quiet *Quiet
}

// NewMemberships reads from db, which holds Mattermost's tables, and writes through api as the plugin's bot.
func NewMemberships(api MembershipAPI, db *sql.DB, botID string, quiet *Quiet) *Memberships {
	return &Memberships{api: api, db: db, botID: botID, quiet: quiet}
}

// Accounts takes {"object_ids": string[]} and returns {"account_ids": string[]} (member_accounts.sql).
func (m *Memberships) Accounts(ctx context.Context, tenantID string, input json.RawMessage) (any, error) {
	var request struct {
		ObjectIDs []string `json:"object_ids"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("users whose memberships are read: %w", err)
	}
	return queryJSON(ctx, m.db, memberAccounts, tenantID, list(request.ObjectIDs))
}

// Present takes {"account_ids": string[], "targets": string[]} and returns who of the accounts is in the targets
// (present_memberships.sql).
func (m *Memberships) Present(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		AccountIDs []string `json:"account_ids"`
		Targets    []string `json:"targets"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("memberships to read: %w", err)
	}
	return queryJSON(ctx, m.db, presentMemberships, list(request.AccountIDs), list(request.Targets))
}

// Targets takes {"ids": string[]} and returns {"targets": MembershipTarget[]}; IDs that are no team or channel are left out.
func (m *Memberships) Targets(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		IDs []string `json:"ids"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("teams and channels to read: %w", err)
	}
	return queryJSON(ctx, m.db, membershipTargets, list(request.IDs), list(defaultChannels(m.api.GetConfig())))
}

// defaultChannels are the names of the channels that each member of a team is in (app.DefaultChannelNames): no one can leave the first.
func defaultChannels(config *model.Config) []string {
	names := []string{model.DefaultChannelName}
	if extra := config.TeamSettings.ExperimentalDefaultChannels; len(extra) > 0 {
		return append(names, extra...)
	}
	return append(names, "off-topic")
}

// joining is the request of Join.
type joining struct {
	Kind       string   `json:"kind"`
	TargetID   string   `json:"target_id"`
	AccountIDs []string `json:"account_ids"`

	// IsQuiet lets no one see that these users have joined.
	IsQuiet bool `json:"is_quiet"`
}

// Join takes {"kind": "team"|"channel", "target_id", "account_ids": string[], "is_quiet"} and returns {"results": [{facts}]} in the
// order of the accounts. Who is a member already stays one. A team takes many users with one call; a channel has no such call.
func (m *Memberships) Join(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	var request joining
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("users who join: %w", err)
	}
	if request.IsQuiet {
		m.quiet.Expect(request.AccountIDs)
	}
	if request.Kind == "team" {
		return m.joinTeam(ctx, options, request), nil
	}
	return writeAll(ctx, request.AccountIDs, options, never, func(accountID string) writeResult {
		if _, err := m.api.AddUserToChannel(request.TargetID, accountID, m.botID); err != nil {
			return writeResult{Facts: factsOf(err)}
		}
		return writeResult{AccountID: accountID}
	}), nil
}

func never(fault.Facts) bool { return false }

// joinTeam adds users batch by batch, several batches at the same time.
func (m *Memberships) joinTeam(ctx context.Context, options WriteOptions, request joining) writeResults {
	batches := slices.Collect(slices.Chunk(request.AccountIDs, teamBatch))
	failed := make([]map[string]*fault.Facts, len(batches))
	indexes := make([]int, len(batches))
	for i := range indexes {
		indexes[i] = i
	}
	writeAll(ctx, indexes, options, never, func(i int) writeResult {
		failed[i] = m.joinTeamAtOnce(request.TargetID, batches[i])
		return writeResult{}
	})
	results := make([]writeResult, 0, len(request.AccountIDs))
	for i, batch := range batches {
		for _, accountID := range batch {
			result := writeResult{AccountID: accountID, Facts: failed[i][accountID]}
			if failed[i] == nil {
				facts := fault.HostFacts(fault.Interrupted)
				result.Facts = &facts
			}
			results = append(results, result)
		}
	}
	return writeResults{Results: results}
}

// joinTeamAtOnce returns the facts of the users who could not join.
func (m *Memberships) joinTeamAtOnce(teamID string, accountIDs []string) map[string]*fault.Facts {
	failed := map[string]*fault.Facts{}
	members, err := m.api.CreateTeamMembersGracefully(teamID, accountIDs, m.botID)
	if err != nil {
		for _, accountID := range accountIDs {
			failed[accountID] = factsOf(err)
		}
		return failed
	}
	for _, member := range members {
		if member.Error != nil {
			failed[member.UserId] = factsOf(member.Error)
		}
	}
	return failed
}
