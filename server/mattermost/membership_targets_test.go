package mattermost

import (
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func TestTargetsTellWhatARuleMustKnow(t *testing.T) {
	memberships, _, _ := openMemberships(t)
	answer, err := memberships.Targets(t.Context(), json.RawMessage(`{"ids":["corp","old","sales","square","hr","nowhere"]}`))
	require.NoError(t, err)
	var targets struct {
		Targets []map[string]any `json:"targets"`
	}
	require.NoError(t, json.Unmarshal(answer.(json.RawMessage), &targets))
	byID := map[any]map[string]any{}
	for _, target := range targets.Targets {
		byID[target["id"]] = target
	}
	require.Len(t, byID, 5)
	assert.Equal(t, map[string]any{
		"id": "corp", "kind": "team", "team_id": "", "team_name": "", "name": "corp", "display_name": "Corp", "is_archived": false, "is_group_constrained": false,
		"is_access_controlled": false, "is_default_channel": false, "members": 2., "admins": 1., "room": 1.,
	}, byID["corp"], "only active members count")
	assert.Equal(t, true, byID["old"]["is_archived"])
	assert.Equal(t, []any{"Corp", true, nil, 1., 0.}, []any{byID["sales"]["team_name"], byID["sales"]["is_archived"], byID["sales"]["room"], byID["sales"]["members"], byID["sales"]["admins"]})
	assert.Equal(t, true, byID["square"]["is_default_channel"])
	assert.Equal(t, true, byID["hr"]["is_access_controlled"])
}

func TestArchivedTeamsAndChannelsKeepTheirNames(t *testing.T) {
	memberships, _, _ := openMemberships(t)
	names := `{"names":[{"kind":"team","team_id":"","name":"old"},{"kind":"team","team_id":"","name":"sales"},{"kind":"channel","team_id":"corp","name":"sales"},
		{"kind":"channel","team_id":"ruled","name":"sales"}]}`
	answer, err := memberships.Taken(t.Context(), json.RawMessage(names))
	require.NoError(t, err)
	assert.JSONEq(t, `{"taken":[true,false,true,false]}`, string(answer.(json.RawMessage)))
}

func TestNewTeamsHaveNoAddressAndNewChannelsHaveTheBotAsCreator(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	id, facts := memberships.Create(NewTarget{Kind: "team", Name: "sales", DisplayName: "Sales", IsOpen: true})
	assert.Equal(t, "new-team", id)
	assert.Nil(t, facts)
	_, _ = memberships.Create(NewTarget{Kind: "channel", TeamID: "corp", Name: "deals", DisplayName: "Deals"})
	assert.Equal(t, []any{
		model.Team{Name: "sales", DisplayName: "Sales", Type: "O", AllowOpenInvite: true, CompanyName: "entrasync"},
		model.Channel{TeamId: "corp", Name: "deals", DisplayName: "Deals", Type: "P", CreatorId: "bot"},
	}, memory.created)
	memory.refused["sales"] = "app.team.save.existing.app_error"
	id, facts = memberships.Create(NewTarget{Kind: "team", Name: "sales", DisplayName: "Sales"})
	assert.Empty(t, id)
	assert.Equal(t, &fault.Facts{Origin: "mattermost", Status: 400, Code: "app.team.save.existing.app_error", Message: "app.team.save.existing.app_error"}, facts)
}

func TestWhatACutOffRunHasMadeIsRecognizedAndNothingElseIs(t *testing.T) {
	memberships, _, _ := openMemberships(t)
	for _, c := range []struct {
		id, kind, team, name string
		since                int64
		want                 string
	}{
		{"", "team", "", "ours", 100, "ours"},
		{"", "team", "", "ours", 101, ""},
		{"", "team", "", "corp", 0, ""},
		{"", "channel", "corp", "made", 100, "made"},
		{"", "channel", "ruled", "made", 100, ""},
		{"", "channel", "corp", "sales", 0, ""},
		{"sales", "channel", "corp", "renamed", 0, "sales"},
		{"deleted", "team", "", "ours", 0, ""},
	} {
		id, err := memberships.Made(t.Context(), c.id, c.kind, c.team, c.name, c.since)
		require.NoError(t, err)
		assert.Equal(t, c.want, id, c)
	}
}

func TestTheBotAnnouncesInTheChannelOrInTownSquare(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	require.NoError(t, memberships.Announce(t.Context(), json.RawMessage(`{"kind":"channel","target_id":"sales","text":"hello"}`)))
	require.NoError(t, memberships.Announce(t.Context(), json.RawMessage(`{"kind":"team","target_id":"corp","text":"hello"}`)))
	require.NoError(t, memberships.Announce(t.Context(), json.RawMessage(`{"kind":"team","target_id":"ruled","text":"no Town Square"}`)))
	require.Len(t, memory.posts, 2)
	assert.Equal(t, []string{"sales bot", "square bot"}, []string{memory.posts[0].ChannelId + " " + memory.posts[0].UserId, memory.posts[1].ChannelId + " " + memory.posts[1].UserId})
}

func TestAccountsAreNamedInTheirOrder(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	memory.config.LocalizationSettings.DefaultServerLocale = model.NewPointer("ko")
	answer, err := memberships.Names(t.Context(), json.RawMessage(`{"account_ids":["d","nobody","a"]}`))
	require.NoError(t, err)
	assert.JSONEq(t, `{"locale":"ko","usernames":["d","","a"]}`, string(answer.(json.RawMessage)))
}

func TestASystemRoleIsATargetOfAllUsersWhoseAdminsHaveIt(t *testing.T) {
	memberships, _, db := openMemberships(t)
	execute(t, db, `INSERT INTO roles VALUES ('system_manager', 0), ('team_admin', 0)`)
	execute(t, db, `UPDATE users SET roles = CASE id WHEN 'a' THEN 'system_user system_manager' WHEN 'b' THEN 'system_user system_manager_of_none' ELSE 'system_user system_manager' END`)
	answer, err := memberships.Targets(t.Context(), json.RawMessage(`{"ids":["system_manager","team_admin","system_unknown"]}`))
	require.NoError(t, err)
	assert.JSONEq(t, `{"targets":[{"id":"system_manager","kind":"system_role","team_id":"","team_name":"","name":"system_manager","display_name":"system_manager",
		"is_archived":false,"is_group_constrained":false,"is_access_controlled":false,"is_default_channel":false,"members":3,"admins":2,"room":null}]}`, string(answer.(json.RawMessage)))
	answer, err = memberships.Present(t.Context(), json.RawMessage(`{"account_ids":["b","a","nobody"],"targets":["system_manager"]}`))
	require.NoError(t, err)
	assert.JSONEq(t, `{"targets":[{"id":"system_manager","members":[[0,3]],"admins":[[0,2]]}]}`, string(answer.(json.RawMessage)))
}

func TestSystemRolesAreGivenToActiveUsersAndAllOthersStay(t *testing.T) {
	memberships, memory, _ := openMemberships(t)
	memory.users = map[string]*model.User{
		"a": {Roles: "system_user custom"}, "b": {Roles: "system_user system_manager custom"}, "guest": {Roles: "system_guest"},
		"gone": {Roles: "system_user", DeleteAt: 5}, "bot": {Roles: "system_user", IsBot: true}, "last": {Roles: "system_admin system_manager system_user"},
	}
	give := map[string]any{"is_admin": true}
	answer, err := memberships.SetAdmin(t.Context(), WriteOptions{}, request(t, "system_role", "system_manager", give, "a", "b", "guest", "gone", "bot", "nobody"))
	assert.Equal(t, []string{"", "", "guest_refused", "account_inactive", "guest_refused", "app.user.missing_account.const"}, codesOf(t, answer, err))
	assert.Equal(t, []string{"roles of a: system_user custom system_manager"}, memory.calls)

	memory.calls = nil
	memory.refused["last"] = "app.user.update.lastAdmin.app_error"
	answer, err = memberships.SetAdmin(t.Context(), WriteOptions{}, request(t, "system_role", "system_manager", nil, "a", "b"))
	assert.Equal(t, []string{"", ""}, codesOf(t, answer, err))
	assert.Equal(t, []string{"roles of b: system_user custom"}, memory.calls)
	answer, err = memberships.SetAdmin(t.Context(), WriteOptions{}, request(t, "system_role", "system_admin", nil, "last"))
	assert.Equal(t, []string{"app.user.update.lastAdmin.app_error"}, codesOf(t, answer, err))
}
