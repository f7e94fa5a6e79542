package mattermost

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin/plugintest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
)

func TestAdminsAreActivePeople(t *testing.T) {
	api := &plugintest.API{}
	seoul := model.StringMap{"useAutomaticTimezone": "false", "manualTimezone": "Asia/Seoul"}
	api.On("GetUsers", mock.MatchedBy(func(options *model.UserGetOptions) bool {
		return options.Active && options.Role == "system_admin" && options.PerPage == maxAdmins
	})).Return([]*model.User{
		{Id: "mina", Roles: "system_user system_admin", Locale: "ko", Timezone: seoul},
		{Id: "robot", Roles: "system_admin", IsBot: true},
		{Id: "almost", Roles: "system_user not_a_system_admin"}, // the server searches for parts of role names
	}, nil)
	admins, err := NewServer(api).Admins()
	require.NoError(t, err)
	assert.Equal(t, []Admin{{ID: "mina", Locale: "ko", UTCOffset: 9 * 60}}, admins)
}

func TestNobodyIsNoAdministrator(t *testing.T) {
	isAdmin, err := NewServer(&plugintest.API{}).IsSystemAdmin("")
	require.NoError(t, err)
	assert.False(t, isAdmin)
}

func TestAUserWhomTheServerCannotReadIsNoOrdinaryUser(t *testing.T) {
	for status, isKnown := range map[int]bool{http.StatusNotFound: true, http.StatusInternalServerError: false} {
		api := &plugintest.API{}
		api.On("HasPermissionTo", "mina", model.PermissionManageSystem).Return(false)
		api.On("GetUser", "mina").Return(nil, model.NewAppError("GetUser", "x", nil, "", status))
		isAdmin, err := NewServer(api).IsSystemAdmin("mina")
		assert.False(t, isAdmin)
		assert.Equal(t, isKnown, err == nil)
	}
}

func TestRunsArePublishedAsSensitive(t *testing.T) {
	api := &plugintest.API{}
	defer api.AssertExpectations(t)
	api.On("PublishWebSocketEvent", "run", map[string]any{"run": `{"id":"1"}`}, &model.WebsocketBroadcast{ContainsSensitiveData: true}).Once()
	NewServer(api).PublishRun(json.RawMessage(`{"id":"1"}`))
}

func TestOtherSettingsArePublishedToThoseWhoMaySeeThem(t *testing.T) {
	api := &plugintest.API{}
	defer api.AssertExpectations(t)
	api.On("PublishWebSocketEvent", "settings", map[string]any{"revision": "r1"}, &model.WebsocketBroadcast{ContainsSensitiveData: true}).Once()
	NewServer(api).PublishSettings("r1")
}

func TestConsoleURL(t *testing.T) {
	for siteURL, want := range map[string]string{
		"https://chat.example.com":         "https://chat.example.com/admin_console/plugins/plugin_entrasync",
		"https://example.com/team-chat///": "https://example.com/team-chat/admin_console/plugins/plugin_entrasync",
	} {
		api := &plugintest.API{}
		config := &model.Config{}
		config.ServiceSettings.SiteURL = &siteURL
		api.On("GetConfig").Return(config)
		assert.Equal(t, want, NewServer(api).ConsoleURL())
	}
}
