package mattermost

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"
)

var (
	//go:embed present_memberships.sql
	presentMemberships string

	//go:embed member_accounts.sql
	memberAccounts string

	//go:embed membership_targets.sql
	membershipTargets string

	//go:embed taken_names.sql
	takenNames string

	//go:embed default_channels.sql
	defaultChannelIDs string
)

// MembershipAPI is the part of plugin.API that creates teams and channels and changes who is in them.
type MembershipAPI interface {
	GetUser(userID string) (*model.User, *model.AppError)
	UpdateUserRoles(userID, newRoles string) (*model.User, *model.AppError)
	CreateTeam(team *model.Team) (*model.Team, *model.AppError)
	CreateTeamMembersGracefully(teamID string, userIDs []string, requestorID string) ([]*model.TeamMemberWithError, *model.AppError)
	DeleteTeamMember(teamID, userID, requestorID string) *model.AppError
	GetTeamMember(teamID, userID string) (*model.TeamMember, *model.AppError)
	UpdateTeamMemberRoles(teamID, userID, newRoles string) (*model.TeamMember, *model.AppError)
	CreateChannel(channel *model.Channel) (*model.Channel, *model.AppError)
	AddUserToChannel(channelID, userID, asUserID string) (*model.ChannelMember, *model.AppError)
	DeleteChannelMember(channelID, userID string) *model.AppError
	GetChannelMember(channelID, userID string) (*model.ChannelMember, *model.AppError)
	UpdateChannelMemberRoles(channelID, userID, newRoles string) (*model.ChannelMember, *model.AppError)
	CreatePost(post *model.Post) (*model.Post, *model.AppError)
	GetConfig() *model.Config
}

// Memberships reads and writes who is in which teams and channels. The JSON shapes are those of webapp/src/sync/memberships/shapes.ts.
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

// Accounts takes {"object_ids": string[], "keep": string[]} and returns MemberAccounts (member_accounts.sql).
func (m *Memberships) Accounts(ctx context.Context, tenantID string, input json.RawMessage) (any, error) {
	var request struct {
		ObjectIDs []string `json:"object_ids"`
		Keep      []string `json:"keep"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("users whose memberships are read: %w", err)
	}
	return queryJSON(ctx, m.db, memberAccounts, tenantID, list(request.ObjectIDs), list(request.Keep))
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
	config := m.api.GetConfig()
	most := model.SafeDereference(config.TeamSettings.MaxUsersPerTeam)
	return queryJSON(ctx, m.db, membershipTargets, list(request.IDs), list(defaultChannels(config)), most)
}

// Taken takes {"names": [{"kind", "team_id", "name"}]} and returns {"taken": boolean[]} (taken_names.sql).
func (m *Memberships) Taken(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Names json.RawMessage `json:"names"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("names of teams and channels: %w", err)
	}
	return queryJSON(ctx, m.db, takenNames, string(request.Names))
}

// defaultChannels are the names of the channels that each member of a team is in (app.DefaultChannelNames): no one can leave the first.
func defaultChannels(config *model.Config) []string {
	names := []string{model.DefaultChannelName}
	if extra := config.TeamSettings.ExperimentalDefaultChannels; len(extra) > 0 {
		return append(names, extra...)
	}
	return append(names, "off-topic")
}

// defaultChannelsOf returns the IDs of the default channels of a team, Town Square first.
func (m *Memberships) defaultChannelsOf(ctx context.Context, teamID string) ([]string, error) {
	answer, err := queryJSON(ctx, m.db, defaultChannelIDs, teamID, list(defaultChannels(m.api.GetConfig())))
	if err != nil {
		return nil, err
	}
	var ids []string
	return ids, json.Unmarshal(answer, &ids)
}
