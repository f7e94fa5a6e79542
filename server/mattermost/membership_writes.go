package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// teamBatch is how many users join a team with one call. The server adds them one by one, so a small batch loses nothing, and several
// are written at once.
const teamBatch = 16

// kindTeam is the kind of target that is a team; the other kind is a channel.
const kindTeam = "team"

// membershipWrite is the request of Join, Leave, and SetAdmin.
type membershipWrite struct {
	Kind       string   `json:"kind"`
	TargetID   string   `json:"target_id"`
	AccountIDs []string `json:"account_ids"`

	// IsQuiet lets no one see that these users have joined or left.
	IsQuiet bool `json:"is_quiet"`

	// IsAdmin is whether SetAdmin gives the role or takes it away.
	IsAdmin bool `json:"is_admin"`
}

func membershipWriteFrom(input json.RawMessage) (request membershipWrite, err error) {
	if err = json.Unmarshal(input, &request); err != nil {
		err = fmt.Errorf("memberships to write: %w", err)
	}
	return request, err
}

// Join takes {"kind": "team"|"channel", "target_id", "account_ids": string[], "is_quiet"} and returns {"results": [{facts}]} in the
// order of the accounts. A user who is a member stays one. A team takes many users with one call; a channel has no such call.
func (m *Memberships) Join(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	request, err := membershipWriteFrom(input)
	if err != nil {
		return nil, err
	}
	if request.Kind == kindTeam {
		return m.joinTeam(ctx, options, request)
	}
	return writeAll(ctx, request.AccountIDs, options, never, func(accountID string) writeResult {
		return m.quietly(request.IsQuiet, []string{request.TargetID}, accountID, false, func() *model.AppError {
			_, err := m.api.AddUserToChannel(request.TargetID, accountID, m.botID)
			return err
		})
	}), nil
}

func never(fault.Facts) bool { return false }

// quietly writes one membership and dismisses the posts that tell of it.
func (m *Memberships) quietly(isQuiet bool, channelIDs []string, accountID string, isLeaving bool, write func() *model.AppError) writeResult {
	if isQuiet {
		m.quiet.Expect(channelIDs, accountID, isLeaving)
	}
	if err := write(); err != nil {
		if isQuiet {
			m.quiet.Forget(channelIDs, accountID, isLeaving)
		}
		return writeResult{Facts: factsOf(err)}
	}
	return writeResult{AccountID: accountID}
}

// teamFullIDs are the errors of a team that takes no more users.
var teamFullIDs = []string{"app.team.join_user_to_team.max_accounts.app_error", "app.team.join_user_to_team.save_member.max_accounts.app_error"}

func isTeamFull(facts fault.Facts) bool { return slices.Contains(teamFullIDs, facts.Code) }

// joinTeam adds users batch by batch, several batches at the same time. Once the team is full, the remaining users get the same facts
// without another request.
func (m *Memberships) joinTeam(ctx context.Context, options WriteOptions, request membershipWrite) (any, error) {
	var channelIDs []string
	if request.IsQuiet {
		var err error
		if channelIDs, err = m.defaultChannelsOf(ctx, request.TargetID); err != nil {
			return nil, err
		}
	}
	batches := slices.Collect(slices.Chunk(request.AccountIDs, teamBatch))
	outcomes := make([]map[string]writeResult, len(batches))
	indexes := make([]int, len(batches))
	for i := range indexes {
		indexes[i] = i
	}
	each := options
	each.Wrote = nil
	all := writeAll(ctx, indexes, each, isTeamFull, func(i int) writeResult {
		outcomes[i] = m.joinTeamAtOnce(request, batches[i], channelIDs)
		var full writeResult
		for _, outcome := range outcomes[i] {
			if options.Wrote != nil {
				options.Wrote()
			}
			if outcome.Facts != nil && isTeamFull(*outcome.Facts) {
				full = outcome
			}
		}
		return full
	})
	results := make([]writeResult, 0, len(request.AccountIDs))
	for i, batch := range batches {
		for _, accountID := range batch {
			result, isWritten := outcomes[i][accountID]
			if !isWritten {
				result = writeResult{Facts: all.Results[i].Facts}
			}
			results = append(results, result)
		}
	}
	return writeResults{Results: results}, nil
}

// joinTeamAtOnce returns the result of each account.
func (m *Memberships) joinTeamAtOnce(request membershipWrite, accountIDs, channelIDs []string) map[string]writeResult {
	for _, accountID := range accountIDs {
		m.quiet.Expect(channelIDs, accountID, false)
	}
	outcomes := make(map[string]writeResult, len(accountIDs))
	members, err := m.api.CreateTeamMembersGracefully(request.TargetID, accountIDs, m.botID)
	for _, accountID := range accountIDs {
		outcomes[accountID] = writeResult{AccountID: accountID}
		if err != nil {
			outcomes[accountID] = writeResult{Facts: factsOf(err)}
		}
	}
	for _, member := range members {
		if member.Error != nil {
			outcomes[member.UserId] = writeResult{Facts: factsOf(member.Error)}
		}
	}
	for _, accountID := range accountIDs {
		if outcomes[accountID].Facts != nil {
			m.quiet.Forget(channelIDs, accountID, false)
		}
	}
	return outcomes
}

// notMember are the errors of a server that finds no membership to end.
var notMember = []string{"api.team.remove_user_from_team.missing.app_error", "app.channel.get_member.missing.app_error", "app.team.get_member.missing.app_error"}

// Leave takes what Join takes and returns what it returns. A user who is no member is done.
func (m *Memberships) Leave(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	request, err := membershipWriteFrom(input)
	if err != nil {
		return nil, err
	}
	channelIDs := []string{request.TargetID}
	leave := func(accountID string) *model.AppError { return m.api.DeleteChannelMember(request.TargetID, accountID) }
	if request.Kind == kindTeam {
		if channelIDs, err = m.defaultChannelsOf(ctx, request.TargetID); err != nil {
			return nil, err
		}
		channelIDs = channelIDs[:min(1, len(channelIDs))] // only Town Square tells who has left the team
		leave = func(accountID string) *model.AppError {
			return m.api.DeleteTeamMember(request.TargetID, accountID, m.botID)
		}
	}
	return writeAll(ctx, request.AccountIDs, options, never, func(accountID string) writeResult {
		result := m.quietly(request.IsQuiet, channelIDs, accountID, true, func() *model.AppError { return leave(accountID) })
		if result.Facts != nil && slices.Contains(notMember, result.Facts.Code) {
			return writeResult{AccountID: accountID}
		}
		return result
	}), nil
}
