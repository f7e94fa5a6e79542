package tests

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPageFindsTeamsAndPrivateChannels(t *testing.T) {
	s := beginAlone(t, plain)
	client := s.Mattermost.Admin.Client
	team, _, err := client.CreateTeam(t.Context(), &model.Team{Name: "headquarters", DisplayName: "본사", Type: model.TeamInvite})
	require.NoError(t, err)
	create := func(name, displayName string, kind model.ChannelType) *model.Channel {
		t.Helper()
		channel, _, createErr := client.CreateChannel(t.Context(), &model.Channel{TeamId: team.Id, Name: name, DisplayName: displayName, Type: kind})
		require.NoError(t, createErr)
		return channel
	}
	sales, legal, gone := create("dept-sales", "Sales", model.ChannelTypeOpen), create("dept-legal", "법무", model.ChannelTypePrivate), create("dept-gone", "Gone", model.ChannelTypePrivate)
	_, err = client.DeleteChannel(t.Context(), gone.Id)
	require.NoError(t, err)

	type target struct {
		ID         string `json:"id"`
		Kind       string `json:"kind"`
		TeamName   string `json:"team_name"`
		IsOpen     bool   `json:"is_open"`
		IsArchived bool   `json:"is_archived"`
	}
	find := func(query url.Values) []target {
		t.Helper()
		var answer struct {
			Targets []target `json:"targets"`
		}
		s.read(t, getting("/targets?"+query.Encode()), &answer)
		return answer.Targets
	}
	assert.Equal(t, []target{{ID: team.Id, Kind: "team"}}, find(url.Values{"kind": {"team"}, "q": {"본"}}))
	channels := url.Values{"kind": {"channel"}, "team": {team.Id}, "q": {"dept"}}
	assert.Equal(t, []target{
		{ID: sales.Id, Kind: "channel", TeamName: "본사", IsOpen: true},
		{ID: legal.Id, Kind: "channel", TeamName: "본사"},
		{ID: gone.Id, Kind: "channel", TeamName: "본사", IsArchived: true},
	}, find(channels), "archived ones come last")
	assert.ElementsMatch(t, []target{{ID: team.Id, Kind: "team"}, {ID: gone.Id, Kind: "channel", TeamName: "본사", IsArchived: true}},
		find(url.Values{"ids": {team.Id + "," + gone.Id + ",nonsense"}}))

	for _, query := range []string{"", "kind=channel", "kind=team&team=" + team.Id, "ids=a&kind=team", "kind=team&q=%00"} {
		s.refuseAdmin(t, getting("/targets?"+query), http.StatusBadRequest, "request_invalid")
	}
}
