package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

func TestEverythingWorksBelowASubpath(t *testing.T) {
	s := begin(t, licensed, policy(allow("Haneul"), office365()))
	require.True(t, strings.HasSuffix(s.Mattermost.URL, subpath))
	s.put(t, map[string]any{"id": "00000000-0000-4000-8000-000000000001", "displayName": "Kim Haneul", "mail": "haneul@hanbit.example",
		"userPrincipalName": "haneul@hanbit.example", "accountEnabled": true})
	var told status
	s.get(t, "/status").decode(t, &told)
	assert.True(t, told.Configured)
	assert.Equal(t, 1, s.apply(t).Counts["created"])
	assert.Contains(t, s.run(t, s.Mattermost.Admin, "status"), "Entra Sync is set up.")

	t.Run("links in messages lead below it", func(t *testing.T) {
		require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ConsentMissing}))
		s.sync(t, stage.ModeApply)
		eventually(t, "the bot writes", func() bool {
			messages := s.botMessages(t, s.Mattermost.Admin, 0)
			return len(messages) > 0 && strings.Contains(messages[len(messages)-1], s.Mattermost.URL+"/admin_console/")
		})
	})
}
