package tests

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// onEachRelease runs a test on the newest Mattermost, which all other tests use, and on the oldest one that the plugin
// supports.
func onEachRelease(t *testing.T, test func(*testing.T, *sharedScene)) {
	t.Helper()
	t.Run("newest", func(t *testing.T) { test(t, plain) })
	t.Run("oldest", func(t *testing.T) { test(t, oldest) })
}

// forRelease is the value for the release that the scene runs.
func forRelease[T any](shared *sharedScene, newest, oldest T) T {
	if shared.options.Release == stage.Oldest {
		return oldest
	}
	return newest
}

func TestEachReleaseRunsThePlugin(t *testing.T) {
	onEachRelease(t, func(t *testing.T, shared *sharedScene) {
		s := begin(t, shared, policy(allow("Kim")))
		config, _, err := s.Mattermost.Admin.Client.GetClientConfig(waiting(t), "")
		require.NoError(t, err)
		assert.Equal(t, forRelease(shared, "11.4.0", "11.1.0"), config["Version"])
		var told status
		s.get(t, "/status").decode(t, &told)
		assert.True(t, told.Configured)
	})
}

func TestEachReleaseServesThePage(t *testing.T) {
	onEachRelease(t, func(t *testing.T, shared *sharedScene) {
		s := begin(t, shared)
		plugins, _, err := s.Mattermost.Admin.Client.GetWebappPlugins(waiting(t))
		require.NoError(t, err)
		require.Len(t, plugins, 1)
		require.Equal(t, stage.PluginID, plugins[0].Id)
		// The web client makes the same change to the path.
		address := strings.Replace(plugins[0].Webapp.BundlePath, "/static/", "/static/plugins/", 1)
		response, err := http.Get(s.Mattermost.URL + address)
		require.NoError(t, err)
		defer response.Body.Close()
		script, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		assert.Equal(t, http.StatusOK, response.StatusCode)
		assert.Contains(t, response.Header.Get("Content-Type"), "javascript")
		assert.Contains(t, string(script), "registerPlugin")
	})
}

func TestEachReleaseTakesTheFirstSyncAndTheSecondChangesNothing(t *testing.T) {
	const secret = "webhook-secret-of-the-tests-31be"
	onEachRelease(t, func(t *testing.T, shared *sharedScene) {
		r := newReceiver(t)
		s := begin(t, shared, policy(everyone(), office365()), map[string]any{"WebhookUrl": r.URL, "WebhookSecret": secret})
		first := s.apply(t)
		assert.Equal(t, 111, first.Counts["created"])
		assert.Equal(t, 111, s.countAccounts(t))
		checkSecondApply(t, s)

		sent := r.await(t, 2)[0]
		assert.Equal(t, signature(secret, sent.body), sent.signature)
		var told struct {
			Status string    `json:"status"`
			Synced int       `json:"synced"`
			Run    stage.Run `json:"run"`
		}
		require.NoError(t, json.Unmarshal(sent.body, &told))
		assert.Equal(t, []any{"success", 111, first.ID}, []any{told.Status, told.Synced, told.Run.ID})
	})
}

func TestEachReleaseMakesAccountsWithPasswordsFollowsChangesAndDeactivates(t *testing.T) {
	onEachRelease(t, func(t *testing.T, shared *sharedScene) {
		s := begin(t, shared, policy(allow("Minjun")))
		assert.Equal(t, 1, s.apply(t).Counts["created"])
		s.edit(t, s.objectID(t, minjun), map[string]any{"jobTitle": "Captain"})
		assert.Equal(t, 1, s.apply(t).Counts["updated"])
		assert.Equal(t, "Captain", s.accounts(t)[minjun].Position)
		s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": false})
		assert.Equal(t, 1, s.apply(t).Counts["deactivated"])
		assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)
	})
}

func TestEachReleaseAnswersTheCommand(t *testing.T) {
	onEachRelease(t, func(t *testing.T, shared *sharedScene) {
		s := begin(t, shared, policy(allow("Minjun")))
		s.join(t, s.Mattermost.Admin)
		for _, each := range commandWords {
			assert.Contains(t, s.run(t, s.Mattermost.Admin, each.typed), each.english, each.typed)
			s.awaitEndOfRuns(t)
		}
	})
}

// Mattermost 10.12 to 11.0, and the 11.1 in development that is tested here, remove every Authorization header before a
// plugin sees the request (a regression of its pull request 30795, which 34203 fixes). All other releases pass a token
// that is not their own to the plugin.
func TestABearerTokenReachesThePluginExceptOnTheOldestRelease(t *testing.T) {
	// A token of its own: Mattermost writes every Bearer token that it does not know to its debug log, and another test
	// looks for triggerToken there.
	const token = "bearer-token-of-the-tests-9a41c7"
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": stage.ModePreview}}
	onEachRelease(t, func(t *testing.T, shared *sharedScene) {
		s := begin(t, shared, map[string]any{"TriggerToken": token})
		cases := map[string]struct {
			sent   string
			status int
			code   string
		}{
			"the right token": {token, forRelease(shared, http.StatusAccepted, http.StatusUnauthorized), forRelease(shared, "", "not_signed_in")},
			"a wrong token":   {strings.ToUpper(token), http.StatusUnauthorized, forRelease(shared, "token_wrong", "not_signed_in")},
		}
		for name, c := range cases {
			got := s.ask(t, start.with("Authorization", "Bearer "+c.sent))
			assert.Equal(t, c.status, got.status, "%s: %s", name, got)
			assert.Equal(t, c.code, got.code(), name)
		}
	})
}
