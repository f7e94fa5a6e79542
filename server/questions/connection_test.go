package questions

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
)

func TestConnectionTestReachesTheDirectory(t *testing.T) {
	t.Parallel()
	n := newAsked(t, numbers{}, probing{})
	n.config.read(idle{})
	report, err := n.TestConnection(context.Background())
	require.NoError(t, err)
	assert.JSONEq(t, `{"ok":true}`, string(report))

	n.config.read(nil)
	n.config.set(job.Settings{DirectoryErr: errors.New("no certificate")})
	report, err = n.TestConnection(context.Background())
	require.NoError(t, err)
	assert.JSONEq(t, `{"ok":false}`, string(report))
}
