package tests

import (
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

func TestTeamsAndChannelsAreCreatedOnceWithoutAnAddressAndWithoutOtherMembers(t *testing.T) {
	s, _ := workers(t, 0)
	client := s.Mattermost.Admin.Client
	create := func(name string, more map[string]any) map[string]any {
		made := map[string]any{"name": name, "display_name": strings.ToUpper(name)}
		for key, value := range more {
			made[key] = value
		}
		return map[string]any{"create": made}
	}
	target := map[string]any{"team": create("made", map[string]any{"open": true}), "channel": create("room", map[string]any{"private": true})}
	s.follows(t, teamRule(everyone(), nil, target))
	run := s.sync(t, stage.ModeApply)
	require.Equal(t, "succeeded", run.State, run.Error)
	assert.Equal(t, 2*crowd, run.Counts["joined"])

	team, _, err := client.GetTeamByName(waiting(t), "made", "")
	require.NoError(t, err)
	assert.Equal(t, []any{"", "MADE", true}, []any{team.Email, team.DisplayName, team.AllowOpenInvite})
	channel, _, err := client.GetChannelByName(waiting(t), "room", team.Id, "")
	require.NoError(t, err)
	assert.Equal(t, model.ChannelTypePrivate, channel.Type)
	for table, column := range map[string]string{"teammembers": "teamid", "channelmembers": "channelid"} {
		id := map[string]string{"teammembers": team.Id, "channelmembers": channel.Id}[table]
		assert.Equal(t, crowd, s.count(t, `SELECT count(*) FROM `+table+` WHERE `+column+` = '`+id+`'`), "neither the bot nor an administrator is a member")
		assert.Zero(t, s.count(t, `SELECT count(*) FROM `+table+` WHERE schemeadmin AND `+column+` = '`+id+`'`))
	}

	s.execute(t, `UPDATE entrasync_targets SET target_id = ''`) // as if the run had been cut off right after the creation
	cut := s.sync(t, stage.ModeApply)
	assert.Equal(t, []any{"succeeded", 0}, []any{cut.State, cut.Counts["joined"]})
	assert.Equal(t, 1, s.count(t, `SELECT count(*) FROM teams WHERE displayname = 'MADE'`))

	_, _, err = client.PatchTeam(waiting(t), team.Id, &model.TeamPatch{DisplayName: model.NewPointer("Renamed")})
	require.NoError(t, err)
	_, _, err = client.PatchChannel(waiting(t), channel.Id, &model.ChannelPatch{Name: model.NewPointer("renamed")})
	require.NoError(t, err)
	again := s.sync(t, stage.ModeApply)
	assert.Equal(t, []any{"succeeded", 0}, []any{again.State, again.Counts["joined"]}, "a renamed channel is still the one of the rule")
	assert.Equal(t, 2, s.count(t, `SELECT count(*) FROM entrasync_targets WHERE target_id <> ''`))
}

func TestATeamOfOthersWithTheNameOfARuleIsNotAdopted(t *testing.T) {
	s, _ := workers(t, 0)
	made := s.office(t, "occupied", 1)
	_, err := s.Mattermost.Admin.Client.DeleteChannel(waiting(t), made.channels[0].Id)
	require.NoError(t, err)
	create := func(name string) map[string]any {
		return map[string]any{"create": map[string]any{"name": name, "display_name": "Name"}}
	}
	room := map[string]any{"team": map[string]any{"id": made.team.Id}, "channel": create(made.channels[0].Name)}
	s.follows(t, teamRule(everyone(), nil, map[string]any{"team": create("occupied")}, room))
	run := s.sync(t, stage.ModeApply)
	assert.ElementsMatch(t, []string{"target_name_taken", "target_name_taken"}, s.said(t, run), "an archived channel keeps its name")
	assert.Equal(t, crowd, run.Counts["joined"], "only the team that the rule names by its ID")
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_targets`))
	assert.Zero(t, s.synced(t, made.channels[0].Id))
}
