package job

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestOpenRecognisesWhatAKilledNodeLeftBehind(t *testing.T) {
	t.Parallel()
	shared := openStore(t)
	left, err := shared.StartRun(context.Background(), store.Run{ID: "abcdefghijklmnopqrstuvwxyz", Mode: "apply", Trigger: "api", NodeID: "a"})
	require.NoError(t, err)

	other := newTestNode(t, shared, "b", nil)
	require.NoError(t, other.Open(context.Background()))
	run, err := shared.GetRun(context.Background(), left.ID)
	require.NoError(t, err)
	assert.Equal(t, "running", run.State, "another node may well be alive")

	again := newTestNode(t, shared, "a", nil)
	require.NoError(t, again.Open(context.Background()))
	run, err = shared.GetRun(context.Background(), left.ID)
	require.NoError(t, err)
	assert.Equal(t, "interrupted", run.State)
	require.Eventually(t, func() bool { return again.mailbox.has("mina", "notice in ko") }, time.Minute, 10*time.Millisecond)
	states, _ := again.mailbox.events()
	assert.Equal(t, []string{"interrupted"}, states)
}
