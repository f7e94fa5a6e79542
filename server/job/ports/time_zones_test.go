package ports

import (
	"context"
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/mattermost/mattermost/server/public/shared/timezones"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// The sync logic accepts every time zone that Mattermost offers, except those that the zone database has removed.
func TestEveryTimeZoneOfMattermostIsKnown(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	known := 0
	for _, zone := range timezones.DefaultSupportedTimezones {
		if _, err := time.LoadLocation(zone); err != nil {
			continue
		}
		var found string
		require.NoError(t, logic.Call(context.Background(), "run_case", nil, map[string]any{"function": "time_zone", "input": zone}, &found))
		assert.Equal(t, zone, found)
		known++
	}
	assert.Greater(t, known, 500)
}
