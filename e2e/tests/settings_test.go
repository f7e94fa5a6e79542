package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// status is the part of GET /status about the settings.
type status struct {
	Configured bool `json:"configured"`
	Faults     []struct {
		Code    string `json:"code"`
		Path    string `json:"path"`
		Message string `json:"message"`
	} `json:"faults"`
}

func TestSettingsThatAreAllWrongLockNothingAndAreAllNamed(t *testing.T) {
	garbage := map[string]any{
		"TenantId": "not a tenant", "ClientId": "not-a-guid", "ClientSecret": "5f1c2f0e-8a54-4c0b-9d5c-3b1e7a90c4d2",
		"Credential": "secret", "Cloud": "custom", "LoginUrl": "http://login.example", "GraphUrl": "ftp://graph.example",
		"Enabled": "perhaps", "Schedule": "every now and then", "TimeZone": "Mars/Olympus", "WebhookUrl": "javascript:alert(1)",
		"Policy": map[string]any{"version": 1, "scope": map[string]any{"allow": map[string]any{"display_name_contains": []any{"Kim", 7, ""}}}, "scoop": true},
	}
	s := begin(t, plain)
	s.configure(t, garbage)

	var told status
	s.get(t, "/status").decode(t, &told)
	paths := map[string]bool{}
	for _, fault := range told.Faults {
		paths[fault.Path] = true
		assert.NotEmpty(t, fault.Message, fault.Code)
	}
	for _, path := range []string{
		"TenantId", "ClientId", "ClientSecret", "LoginUrl", "GraphUrl", "Enabled", "Schedule", "TimeZone", "WebhookUrl",
		"Policy.scope.allow.display_name_contains[1]", "Policy.scope.allow.display_name_contains[2]", "Policy.scoop",
	} {
		assert.True(t, paths[path], "%s is not named: %v", path, paths)
	}
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "apply"}}.by(s.Mattermost.Admin)
	got := s.ask(t, start)
	assert.Equal(t, http.StatusBadRequest, got.status, "%s", got)
	assert.Equal(t, told.Faults[0].Code, got.code())
	require.NoError(t, s.Mattermost.WaitForPlugin(waiting(t), stage.PluginID))

	t.Run("and once they are mended, the next run works without a restart", func(t *testing.T) {
		s.configure(t, s.defaultSettings(), policy(allow("Kim Haneul"), office365()))
		assert.Equal(t, 2, s.apply(t).Counts["created"])
	})
}

func TestOneBadSettingAtATimeStopsRunsAndNothingElse(t *testing.T) {
	cases := map[string]struct {
		key   string
		value any
		code  string
	}{
		"a number for a text":       {"TenantId", 7, "setting_invalid"},
		"a list for a text":         {"ClientSecret", []any{"a", "b"}, "setting_invalid"},
		"an object for a text":      {"Schedule", map[string]any{"hour": 3}, "schedule_invalid"},
		"no secret":                 {"ClientSecret", "", "setting_missing"},
		"an unknown credential":     {"Credential", "blood", "setting_invalid"},
		"an unknown cloud":          {"Cloud", "nine", "setting_invalid"},
		"a certificate of garbage":  {"ClientCertificate", "-----BEGIN NONSENSE-----", ""}, // not in use
		"a policy that is no JSON":  {"Policy", "{not json", "policy_invalid"},
		"a policy of the future":    {"Policy", map[string]any{"version": 2}, "policy_invalid"},
		"a policy that is a list":   {"Policy", []any{1}, "setting_invalid"},
		"an unknown time zone":      {"TimeZone", "../../etc/passwd", "time_zone_invalid"},
		"a schedule that never is":  {"Schedule", "0 3 30 2 *", "schedule_invalid"},
		"a half time zone in it":    {"Schedule", "TZ=", "schedule_invalid"},
		"a plain http address":      {"GraphUrl", "http://graph.example", "url_not_https"},
		"an address with a query":   {"LoginUrl", "https://login.example/?x=1", "url_not_https"},
		"a short trigger token":     {"TriggerToken", "hunter2-hunter2-hunter2-hunter2", "setting_invalid"},
		"a webhook with a password": {"WebhookUrl", "https://user:pass@example.com", "setting_invalid"},
	}
	s := begin(t, plain)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s.configure(t, s.defaultSettings(), map[string]any{c.key: c.value})
			var told status
			s.get(t, "/status").decode(t, &told)
			start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "preview"}}.by(s.Mattermost.Admin)
			got := s.ask(t, start)
			if c.code == "" {
				assert.Empty(t, told.Faults)
				assert.Equal(t, http.StatusAccepted, got.status, "%s", got)
				s.awaitEndOfRuns(t)
				return
			}
			require.NotEmpty(t, told.Faults)
			for _, fault := range told.Faults {
				assert.True(t, strings.HasPrefix(fault.Path, c.key), "only %s is wrong: %v", c.key, told.Faults)
			}
			assert.Equal(t, c.code, told.Faults[0].Code)
			assert.Equal(t, http.StatusBadRequest, got.status, "%s", got)
			assert.Equal(t, c.code, got.code())
		})
	}
}

func TestAFreshInstallationSaysThatItIsNotSetUp(t *testing.T) {
	s := begin(t, plain, map[string]any{"TenantId": "", "ClientId": "", "ClientSecret": "", "LoginUrl": "", "GraphUrl": "", "Cloud": "global"})
	var told status
	s.get(t, "/status").decode(t, &told)
	assert.False(t, told.Configured)
	if assert.Len(t, told.Faults, 1) {
		assert.Equal(t, "not_configured", told.Faults[0].Code)
	}
}

// revision is the current revision of the settings.
func (s *scene) revision(t *testing.T) string {
	t.Helper()
	var status struct {
		Revision string `json:"settings_revision"`
	}
	s.read(t, getting("/status"), &status)
	require.NotEmpty(t, status.Revision)
	return status.Revision
}

func TestAPageDoesNotSaveOverWhatSomebodyElseHasSaved(t *testing.T) {
	s := begin(t, plain)
	began := s.revision(t)
	nothing := map[string]any{"version": 1, "scope": map[string]any{"everyone": false}, "note": nil}
	s.configure(t, map[string]any{"Policy": nothing, "SavedFrom": began + " one"})

	err := s.Mattermost.ConfigurePlugin(waiting(t), stage.PluginID, map[string]any{"Schedule": "0 4 * * *", "SavedFrom": began + " two"})
	require.ErrorContains(t, err, "Another administrator changed settings of the plugin after you opened this page, and your save would undo that: Schedule.")
	s.configure(t, map[string]any{"Schedule": "0 5 * * *", "SavedFrom": s.revision(t) + " two"})
	s.configure(t, map[string]any{"TimeZone": "Asia/Seoul"})

	config, _, err := s.Mattermost.Admin.Client.GetConfig(waiting(t))
	require.NoError(t, err)
	kept := config.PluginSettings.Plugins[stage.PluginID]
	assert.Equal(t, []any{"0 5 * * *", "Asia/Seoul", false}, []any{kept["schedule"], kept["timezone"], kept["enabled"]})
	assert.False(t, *config.PluginSettings.RequirePluginSignature, "other settings come through unharmed")
}
