package questions

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

// connectionTimeout limits the connection test, because an administrator waits for it on the page.
const connectionTimeout = 50 * time.Second

// TestConnection tries the connection to the directory step by step and returns what `test_connection` of the sync logic
// answers: {"ok", "steps": [{"step", "ok", "detail", "fault"}]}.
func (q *Questions) TestConnection(ctx context.Context) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, connectionTimeout)
	defer cancel()
	var report json.RawMessage
	abilities := ports.NewConnectionTest(q.Config.Current().Client(), q.Log)
	err := q.Engine.Call(ctx, "test_connection", abilities, struct{}{}, &report)
	return report, err
}
