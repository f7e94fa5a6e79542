package ports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestEveryPortOfTheSyncLogicIsBound(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	var wanted []string
	require.NoError(t, logic.Call(context.Background(), "port_names", nil, struct{}{}, &wanted))
	slices.Sort(wanted)
	assert.Equal(t, wanted, PortNames())
}

func TestLookupsOnlyRead(t *testing.T) {
	lookups := slices.Sorted(maps.Keys(NewLookups(Run{})))
	assert.Equal(t, []string{
		"accounts.attribute_fields", "accounts.attribute_values", "accounts.find", "accounts.room", "accounts.server_rules",
		"accounts.taken_usernames", "changes.list_open", "changes.list_recent", "directory.list_groups", "directory.read_group_members", "links.list_active",
		"memberships.accounts", "memberships.created", "memberships.ledger", "memberships.present", "memberships.recent_leaves", "memberships.taken",
		"memberships.targets", "retries.list",
	}, lookups)
	assert.Subset(t, PortNames(), lookups)
}

// lines are the logged lines.
type lines []string

func (l *lines) add(level, message string, fields []any) {
	*l = append(*l, fmt.Sprintln(append([]any{level, message}, fields...)...))
}

func (l *lines) Debug(message string, fields ...any) { l.add("debug", message, fields) }
func (l *lines) Info(message string, fields ...any)  { l.add("info", message, fields) }
func (l *lines) Warn(message string, fields ...any)  { l.add("warn", message, fields) }
func (l *lines) Error(message string, fields ...any) { l.add("error", message, fields) }

func TestLogKeepsLevelAndOrder(t *testing.T) {
	var logged lines
	port := write(&logged)
	for _, entry := range []string{
		`{"level":"debug","message":"a","fields":{"z":1,"b":"two"}}`, `{"level":"info","message":"b"}`,
		`{"level":"error","message":"c"}`, `{"level":"unknown","message":"d"}`,
	} {
		_, err := port(context.Background(), json.RawMessage(entry))
		require.NoError(t, err)
	}
	assert.Equal(t, lines{"debug a b two z 1\n", "info b\n", "error c\n", "warn d\n"}, logged)
}

func TestFractions(t *testing.T) {
	answer, err := fractions(context.Background(), json.RawMessage(`{"count":1000}`))
	require.NoError(t, err)
	numbers := answer.(map[string][]float64)["numbers"]
	require.Len(t, numbers, 1000)
	for _, number := range numbers {
		assert.GreaterOrEqual(t, number, 0.0)
		assert.Less(t, number, 1.0)
	}
	assert.Greater(t, slices.Max(numbers), 0.9)
	assert.Less(t, slices.Min(numbers), 0.1)
	for _, count := range []string{"-1", "10001"} {
		_, err := fractions(context.Background(), json.RawMessage(`{"count":`+count+`}`))
		assert.Error(t, err)
	}
}

func TestStoreFailuresHaveACode(t *testing.T) {
	assert.NoError(t, storeFailure(nil))
	lost := storeFailure(fmt.Errorf("save links: %w", store.ErrLockLost))
	require.ErrorIs(t, lost, store.ErrLockLost)
	assert.Equal(t, fault.Facts{Origin: "host", Code: "lock_lost"}, factsOf(t, lost))
	assert.Equal(t, fault.Facts{Origin: "host", Code: "database_failed"}, factsOf(t, storeFailure(errors.New("gone"))))
}

func factsOf(t *testing.T, err error) any {
	t.Helper()
	var known engine.FactsError
	require.ErrorAs(t, err, &known)
	return known.Facts()
}

func TestReadingEndsWithEitherContext(t *testing.T) {
	untilDone := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	cancelled := &fault.Error{Code: fault.Cancelled}
	stop, cancel := context.WithCancelCause(context.Background())
	cancel(cancelled)
	_, err := reading(context.Background(), stop, untilDone)
	assert.Equal(t, cancelled, err)

	ended, end := context.WithCancel(context.Background())
	end()
	_, err = reading(ended, context.Background(), untilDone)
	assert.Equal(t, context.Canceled, err)

	answer, err := reading(context.Background(), stop, func(context.Context) (int, error) { return 7, nil })
	require.NoError(t, err, "an answer that has come is not thrown away")
	assert.Equal(t, 7, answer)
}
