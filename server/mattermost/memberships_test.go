package mattermost

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/semaphore"
)

const someTargets = `
	INSERT INTO schemes VALUES ('strict', 'strict_user', 'strict_admin', 'strict_c_user', 'strict_c_admin'), ('own', '', '', 'own_user', 'own_admin');
	INSERT INTO users (id, deleteat, username, email, authdata) VALUES
		('a', 0, 'a', 'a', 'a'), ('b', 0, 'b', 'b', 'b'), ('gone', 9, 'c', 'c', 'c'), ('d', 0, 'd', 'd', 'd');
	INSERT INTO teams (id, createat, deleteat, name, displayname, companyname, schemeid) VALUES
		('corp', 1, 0, 'corp', 'Corp', '', NULL), ('ruled', 1, 0, 'ruled', 'Ruled', NULL, 'strict'), ('old', 1, 5, 'old', 'Old', '', ''),
		('ours', 100, 0, 'ours', 'Ours', 'entrasync', '');
	INSERT INTO channels (id, createat, deleteat, teamid, name, displayname, creatorid, schemeid) VALUES
		('square', 1, 0, 'corp', 'town-square', 'Town Square', '', NULL), ('topic', 1, 0, 'corp', 'off-topic', 'Off-Topic', '', ''),
		('sales', 1, 7, 'corp', 'sales', 'Sales', 'admin', ''), ('legal', 1, 0, 'ruled', 'legal', 'Legal', '', ''), ('hr', 1, 0, 'ruled', 'hr', 'HR', '', 'own'),
		('made', 100, 0, 'corp', 'made', 'Made', 'bot', '');
	INSERT INTO teammembers VALUES ('corp', 'a', 0, true), ('corp', 'b', 0, false), ('corp', 'gone', 0, true), ('corp', 'd', 3, true);
	INSERT INTO channelmembers VALUES ('sales', 'a', false), ('sales', 'gone', true);
	INSERT INTO accesscontrolpolicies VALUES ('hr')`

func openMemberships(t *testing.T) (*Memberships, *memberMemory, *sql.DB) {
	db := openDatabase(t)
	execute(t, db, someTargets)
	memory := newMemberMemory()
	return NewMemberships(memory, db, "bot", NewQuiet("bot")), memory, db
}

func request(t *testing.T, kind, target string, more map[string]any, accounts ...string) json.RawMessage {
	t.Helper()
	fields := map[string]any{"kind": kind, "target_id": target, "account_ids": accounts}
	for name, value := range more {
		fields[name] = value
	}
	encoded, err := json.Marshal(fields)
	require.NoError(t, err)
	return encoded
}

// codesOf has the error of each result, "" for a success.
func codesOf(t *testing.T, answer any, err error) []string {
	t.Helper()
	require.NoError(t, err)
	var codes []string
	for _, result := range answer.(writeResults).Results {
		code := ""
		if result.Facts != nil {
			code = result.Facts.Code
		}
		codes = append(codes, code)
	}
	return codes
}

func TestUsersJoinATeamSeveralAtOnceAndEachHasItsResult(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	var accounts []string
	for i := range 50 {
		accounts = append(accounts, strconv.Itoa(i))
	}
	memory.refused["33"] = "full"
	answer, err := memberships.Join(t.Context(), WriteOptions{Slots: semaphore.NewWeighted(2)}, request(t, "team", "corp", nil, accounts...))
	codes := codesOf(t, answer, err)
	require.Len(t, codes, 50)
	assert.Equal(t, "full", codes[33])
	assert.Equal(t, 49, len(slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return code != "" })))
	assert.Contains(t, memory.calls, "join team corp 7 by bot")
	assert.LessOrEqual(t, memory.most, 2)
}

func TestAnInterruptedJoinSaysSo(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, kind := range []string{"team", "channel"} {
		answer, err := memberships.Join(ctx, WriteOptions{}, request(t, kind, "corp", nil, "a", "b"))
		assert.Equal(t, []string{"interrupted", "interrupted"}, codesOf(t, answer, err))
	}
	assert.Empty(t, memory.calls)
}

func TestAQuietJoinOfATeamDismissesThePostsOfItsDefaultChannels(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	var dismissed []bool
	memory.onJoining = func(userID string) {
		for _, channel := range []string{"square", "topic", "sales"} {
			dismissed = append(dismissed, memberships.quiet.Dismisses(added("bot", userID, channel)))
		}
	}
	_, err := memberships.Join(t.Context(), WriteOptions{}, request(t, "team", "corp", map[string]any{"is_quiet": true}, "a"))
	require.NoError(t, err)
	_, err = memberships.Join(t.Context(), WriteOptions{}, request(t, "team", "corp", nil, "b"))
	require.NoError(t, err)
	assert.Equal(t, []bool{true, true, false, false, false, false}, dismissed)
}

func TestUsersLeaveAndThoseWhoHaveLeftAreDone(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	memory.refused["b"] = "app.channel.get_member.missing.app_error"
	memory.refused["c"] = "api.channel.remove.default.app_error"
	answer, err := memberships.Leave(t.Context(), WriteOptions{}, request(t, "channel", "square", map[string]any{"is_quiet": true}, "a", "b", "c"))
	assert.Equal(t, []string{"", "", "api.channel.remove.default.app_error"}, codesOf(t, answer, err))
	assert.True(t, memberships.quiet.Dismisses(left("a", "square")))
	assert.False(t, memberships.quiet.Dismisses(left("b", "square")), "the user has left by hand")

	memory.refused["b"] = "api.team.remove_user_from_team.missing.app_error"
	answer, err = memberships.Leave(t.Context(), WriteOptions{}, request(t, "team", "corp", map[string]any{"is_quiet": true}, "a", "b"))
	assert.Equal(t, []string{"", ""}, codesOf(t, answer, err))
	assert.Contains(t, memory.calls, "leave team corp a by bot")
	assert.True(t, memberships.quiet.Dismisses(&model.Post{Type: model.PostTypeRemoveFromTeam, UserId: "a", ChannelId: "square"}))
}

func TestAdminsGetTheRoleOfTheSchemeAndKeepTheirOwnRoles(t *testing.T) {
	for _, c := range []struct {
		kind, target string
		isAdmin      bool
		want         string
	}{
		{"team", "corp", true, "custom team_user team_admin"},
		{"team", "ruled", true, "custom strict_user strict_admin"},
		{"team", "ruled", false, "custom strict_user"},
		{"channel", "square", true, "custom channel_user channel_admin"},
		{"channel", "legal", true, "custom strict_c_user strict_c_admin"},
		{"channel", "hr", true, "custom own_user own_admin"},
		{"channel", "hr", false, "custom own_user"},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			memberships, memory, _ := openMemberships(t)
			memory.teams["a"] = &model.TeamMember{ExplicitRoles: "custom", SchemeUser: true, SchemeAdmin: !c.isAdmin}
			memory.channels["a"] = &model.ChannelMember{ExplicitRoles: "custom", SchemeUser: true, SchemeAdmin: !c.isAdmin}
			memory.teams["b"] = &model.TeamMember{SchemeAdmin: c.isAdmin}
			memory.channels["b"] = &model.ChannelMember{SchemeAdmin: c.isAdmin}
			answer, err := memberships.SetAdmin(t.Context(), WriteOptions{}, request(t, c.kind, c.target, map[string]any{"is_admin": c.isAdmin}, "a", "b"))
			assert.Equal(t, []string{"", ""}, codesOf(t, answer, err))
			assert.Equal(t, []string{"roles of a: " + c.want}, memory.calls, "who has the role already is not written")
		})
	}
}

func TestGuestsAndThoseWhoHaveLeftGetNoRole(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	memory.teams["guest"] = &model.TeamMember{SchemeGuest: true}
	memory.channels["guest"] = &model.ChannelMember{SchemeGuest: true}
	memory.teams["left"] = &model.TeamMember{SchemeUser: true, DeleteAt: 5}
	admin := map[string]any{"is_admin": true}
	answer, err := memberships.SetAdmin(t.Context(), WriteOptions{}, request(t, "team", "corp", admin, "guest", "left", "never"))
	assert.Equal(t, []string{"guest_refused", "app.team.get_member.missing.app_error", "app.team.get_member.missing.app_error"}, codesOf(t, answer, err))
	answer, err = memberships.SetAdmin(t.Context(), WriteOptions{}, request(t, "channel", "square", admin, "guest", "left"))
	assert.Equal(t, []string{"guest_refused", "app.channel.get_member.missing.app_error"}, codesOf(t, answer, err))
	assert.Empty(t, memory.calls)
}

func TestAFullTeamIsNotAskedAgain(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	var accounts []string
	for i := range 64 {
		accounts = append(accounts, strconv.Itoa(i))
		memory.refused[accounts[i]] = "app.team.join_user_to_team.save_member.max_accounts.app_error"
	}
	wrote := 0
	answer, err := memberships.Join(t.Context(), WriteOptions{Wrote: func() { wrote++ }}, request(t, "team", "corp", nil, accounts...))
	codes := codesOf(t, answer, err)
	require.Len(t, codes, 64)
	assert.Equal(t, []string{"app.team.join_user_to_team.save_member.max_accounts.app_error"}, slices.Compact(codes))
	assert.Len(t, memory.calls, teamBatch)
	assert.Equal(t, teamBatch, wrote)
}
