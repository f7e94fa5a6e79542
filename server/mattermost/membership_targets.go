package mattermost

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

//go:embed made_target.sql
var madeTarget string

// madeBy is the company name of the teams that the plugin creates. Mattermost shows it nowhere, and a team has no creator.
const madeBy = "entrasync"

// NewTarget is a team or channel to create.
type NewTarget struct {
	Kind        string `json:"kind"`
	TeamID      string `json:"team_id"`
	Name        string `json:"name"`
	DisplayName string `json:"display_name"`
	IsOpen      bool   `json:"is_open"`
}

// Made returns the ID of the target if it still exists. For a target without an ID it returns that of the one that the plugin has made
// with this kind, team, and name since then (ms), and "" if there is none: the target of a run that was cut off.
func (m *Memberships) Made(ctx context.Context, id, kind, teamID, name string, since int64) (string, error) {
	var made string
	err := m.db.QueryRowContext(ctx, madeTarget, id, m.botID, kind, teamID, name, since, madeBy).Scan(&made)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", databaseFailed(err)
	}
	return made, nil
}

// Create creates a team or channel without members and returns its ID. A user whose address is the email address of a team is its admin,
// so teams get none.
func (m *Memberships) Create(target NewTarget) (string, *fault.Facts) {
	if target.Kind == kindTeam {
		team := &model.Team{Name: target.Name, DisplayName: target.DisplayName, CompanyName: madeBy, Type: model.TeamInvite}
		if target.IsOpen {
			team.Type, team.AllowOpenInvite = model.TeamOpen, true
		}
		created, err := m.api.CreateTeam(team)
		if err != nil {
			return "", factsOf(err)
		}
		return created.Id, nil
	}
	channel := &model.Channel{TeamId: target.TeamID, Name: target.Name, DisplayName: target.DisplayName, Type: model.ChannelTypePrivate, CreatorId: m.botID}
	if target.IsOpen {
		channel.Type = model.ChannelTypeOpen
	}
	created, err := m.api.CreateChannel(channel)
	if err != nil {
		return "", factsOf(err)
	}
	return created.Id, nil
}

// usernames are those of accounts by their ID. $1 IDs (JSON array of text), $2 the language of the server.
const usernames = `
	SELECT json_build_object('locale', $2::text, 'usernames', coalesce(json_agg(coalesce(users.username, '') ORDER BY account.position), '[]'))::text
	FROM json_array_elements_text($1::json) WITH ORDINALITY AS account (id, position)
	LEFT JOIN users ON users.id = account.id`

// Names takes {"account_ids": string[]} and returns {"usernames": string[], "locale"}.
func (m *Memberships) Names(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		AccountIDs []string `json:"account_ids"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("accounts to name: %w", err)
	}
	locale := model.SafeDereference(m.api.GetConfig().LocalizationSettings.DefaultServerLocale)
	return queryJSON(ctx, m.db, usernames, list(request.AccountIDs), locale)
}

// Announce takes {"kind", "target_id", "text"} and writes a post of the bot into the channel, or into the Town Square of the team.
func (m *Memberships) Announce(ctx context.Context, input json.RawMessage) error {
	var request struct {
		Kind     string `json:"kind"`
		TargetID string `json:"target_id"`
		Text     string `json:"text"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return fmt.Errorf("post to write: %w", err)
	}
	channelID := request.TargetID
	if request.Kind == kindTeam {
		channelIDs, err := m.defaultChannelsOf(ctx, request.TargetID)
		if err != nil {
			return err
		}
		if len(channelIDs) == 0 {
			return nil
		}
		channelID = channelIDs[0]
	}
	if _, err := m.api.CreatePost(&model.Post{UserId: m.botID, ChannelId: channelID, Message: request.Text}); err != nil {
		return &fault.Error{Code: fault.MattermostRefused, Cause: err}
	}
	return nil
}
