package job

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// wording runs a script, but takes all texts from the sync logic.
type wording struct {
	script
	logic Engine
}

func (w wording) Call(ctx context.Context, function string, bound engine.Ports, input, output any) error {
	if function == "run" {
		return w.script.Call(ctx, function, bound, input, output)
	}
	return w.logic.Call(ctx, function, bound, input, output)
}

func TestAdministratorsHearOfAHeldRunOnce(t *testing.T) {
	t.Parallel()
	logic, err := engine.New()
	require.NoError(t, err)
	n := newTestNode(t, openStore(t), "a", nil)
	perform := func(held int) map[string]string {
		t.Helper()
		n.mailbox.messages = nil
		n.Engine = wording{logic: logic, script: func(context.Context, engine.Ports) (string, error) {
			return fmt.Sprintf(`{"state":"held","counts":{"held":%d},"error":null,
				"hold":{"kinds":[{"kind":"deactivations","count":%d,"total":110}],"expires_at":4102444800000}}`, held, held), nil
		}}
		assert.Equal(t, "held", n.ended(t, n.start(t).ID).State)
		return n.mailbox.messages
	}

	told := perform(8)
	assert.Len(t, told, 3)
	assert.Contains(t, told["anna"], "8 of 110 linked accounts would be deactivated")
	assert.Contains(t, told["anna"], "/entrasync approve")
	assert.Contains(t, told["mina"], "110개 중 8개")
	assert.Empty(t, perform(8), "the same again is no news")
	assert.Contains(t, perform(9)["anna"], "9 of 110")
}
