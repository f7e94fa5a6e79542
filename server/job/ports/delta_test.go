package ports

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// changesOnly is a directory that only knows changes. For "never", it answers when its caller cancels.
type changesOnly struct {
	Directory
	asked []entra.DeltaQuery
}

func (c *changesOnly) ReadDelta(ctx context.Context, query entra.DeltaQuery) (entra.DeltaPage, error) {
	c.asked = append(c.asked, query)
	if query.Cursor == "never" {
		<-ctx.Done()
	}
	return entra.DeltaPage{Users: json.RawMessage(`[{"id":"a","@removed":{"reason":"deleted"}}]`), Delta: "delta"}, ctx.Err()
}

// stateOnly is a store that only keeps state.
type stateOnly struct {
	History
	values map[string]string
	err    error
}

func (s *stateOnly) GetState(_ context.Context, key string) (string, error) {
	return s.values[key], s.err
}

func (s *stateOnly) SetRunState(_ context.Context, runID, key, value string) error {
	s.values[key] = runID + " " + value
	return s.err
}

// answered calls a port as the engine does.
func answered(t *testing.T, port engine.Port, input string) string {
	t.Helper()
	answer, err := port(t.Context(), json.RawMessage(input))
	require.NoError(t, err)
	written, err := json.Marshal(answer)
	require.NoError(t, err)
	return string(written)
}

func TestChangesCrossTheBorderAsTheyAre(t *testing.T) {
	directory := &changesOnly{}
	port := New(Run{Directory: directory, Reading: t.Context()})["directory.read_delta"]
	answer := answered(t, port, `{"cursor":"","latest":true,"select":["id","mail"]}`)
	assert.JSONEq(t, `{"users":[{"id":"a","@removed":{"reason":"deleted"}}],"next":"","delta":"delta"}`, answer)
	answered(t, port, `{"cursor":"c","latest":false,"select":[]}`)
	assert.Equal(t, []entra.DeltaQuery{{Latest: true, Select: []string{"id", "mail"}}, {Cursor: "c", Select: []string{}}}, directory.asked)
}

func TestReadingChangesEndsWithTheRun(t *testing.T) {
	stopped, stop := context.WithCancelCause(t.Context())
	stop(&fault.Error{Code: fault.Cancelled})
	port := New(Run{Directory: &changesOnly{}, Reading: stopped})["directory.read_delta"]
	_, err := port(t.Context(), json.RawMessage(`{"cursor":"never"}`))
	assert.Equal(t, fault.Facts{Origin: "host", Code: "cancelled"}, factsOf(t, err))
}

func TestWhatIsKeptBelongsToATenantAndIsWrittenByTheRun(t *testing.T) {
	history := &stateOnly{values: map[string]string{}}
	one, other := New(Run{ID: "r1", Tenant: &Tenant{ID: "one"}, History: history}), New(Run{ID: "r2", Tenant: &Tenant{ID: "other"}, History: history})
	answered(t, one["state.write"], `{"key":"delta","value":"mine"}`)
	assert.JSONEq(t, `{"value":"r1 mine"}`, answered(t, one["state.read"], `{"key":"delta"}`))
	assert.JSONEq(t, `{"value":""}`, answered(t, other["state.read"], `{"key":"delta"}`))
	for key := range history.values {
		assert.NotRegexp(t, "^directory", key, "these names are the store's own")
	}
}

func TestFailuresOfWhatIsKeptHaveACode(t *testing.T) {
	for code, err := range map[string]error{"lock_lost": store.ErrLockLost, "database_failed": errors.New("gone")} {
		ports := New(Run{Tenant: &Tenant{}, History: &stateOnly{values: map[string]string{}, err: err}})
		for _, name := range []string{"state.read", "state.write"} {
			_, failure := ports[name](t.Context(), json.RawMessage(`{"key":"delta","value":""}`))
			assert.Equal(t, fault.Facts{Origin: "host", Code: code}, factsOf(t, failure), name)
		}
	}
}
