package tests

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// accessToken is the pattern of the tokens that the tenant issues.
var accessToken = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}`)

func TestNoSecretIsInALogAnAnswerOrATableOfThePlugin(t *testing.T) {
	webhook := httptest.NewServer(http.NotFoundHandler())
	defer webhook.Close()
	secrets := map[string]string{
		"TriggerToken":    triggerToken,
		"WebhookSecret":   "webhook-secret-of-the-tests-77aa",
		"InitialPassword": "Initial-Password-0f3b!",
	}
	hidden := map[string]any{"WebhookUrl": webhook.URL + "/hook/secret-path-e1c4"}
	for key, value := range secrets {
		hidden[key] = value
	}
	s := begin(t, plain, policy(allow("Kim Haneul"), signIn(map[string]any{"method": "initial_password"})), hidden)
	secrets["ClientSecret"] = s.Tenant.ClientSecret
	secrets["the webhook's path"] = "secret-path-e1c4"

	answers := s.useEverything(t)

	log, err := s.Mattermost.Log()
	require.NoError(t, err)
	require.Contains(t, log, "A run has ended", "the log is the one that the plugin writes to")
	places := map[string]string{"log": log, "answers": answers, "tables": s.dump(t)}
	for name, secret := range secrets {
		for place, content := range places {
			assertLacks(t, content, secret, name, place)
		}
	}
	for place, content := range places {
		assert.False(t, accessToken.MatchString(content), "a token is in the %s", place)
	}
	t.Run("the server masks them in its settings", func(t *testing.T) {
		config, _, err := s.Mattermost.Admin.Client.GetConfig(waiting(t))
		require.NoError(t, err)
		settings := fmt.Sprint(config.PluginSettings.Plugins[stage.PluginID])
		for _, key := range []string{"TriggerToken", "WebhookSecret", "the webhook's path", "InitialPassword", "ClientSecret"} {
			assertLacks(t, settings, secrets[key], key, "settings")
		}
	})
}

// assertLacks does not print the text, which is long and, on failure, contains the secret.
func assertLacks(t *testing.T, content, secret, name, place string) {
	t.Helper()
	assert.NotEmpty(t, secret, name)
	assert.False(t, strings.Contains(content, secret), "%s is in the %s", name, place)
}

// useEverything runs successful and failing runs wherever a secret is used, and returns all
// responses of the plugin.
func (s *scene) useEverything(t *testing.T) string {
	t.Helper()
	var answers strings.Builder
	faults := []tenant.Fault{
		{},
		{Match: tenant.MatchToken, Kind: tenant.WrongSecret},
		{Match: tenant.MatchToken, Kind: tenant.ConditionalAccess},
		{Match: tenant.MatchToken, Kind: tenant.CutConnection, Times: 1},
		{Match: tenant.MatchUsers, Kind: tenant.ConsentMissing},
		{Match: tenant.MatchUsers, Kind: tenant.ExpiredToken},
		{Match: tenant.MatchUsers, Kind: tenant.ForeignNextLink},
	}
	for _, fault := range faults {
		s.configure(t) // sign in again
		s.Tenant.Faults.Clear()
		if fault.Kind != "" {
			require.NoError(t, s.Tenant.Faults.Set(fault))
		}
		run := s.sync(t, stage.ModeApply)
		answers.Write(run.Raw)
		for _, each := range s.routes(t) {
			answers.Write(s.ask(t, each.by(s.Mattermost.Admin)).body)
			s.awaitQuiet(t)
			answers.Write(s.ask(t, withToken(each.asks, triggerToken)).body)
			s.awaitQuiet(t)
		}
	}
	return answers.String()
}

// dump is the content of the plugin's tables.
func (s *scene) dump(t *testing.T) string {
	t.Helper()
	var content strings.Builder
	for _, table := range s.tables(t, true) {
		var rows []map[string]any
		s.query(t, &rows, "SELECT * FROM "+table)
		fmt.Fprintln(&content, table, rows)
	}
	require.Contains(t, content.String(), "entrasync_runs")
	return content.String()
}
