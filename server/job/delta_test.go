package job

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// seldom is a schedule that is not due during a test, and always is one that is.
const (
	seldom = "0 0 29 2 *"
	always = "* * * * *"
)

func TestAnIncrementalRunMakesRoomForTheSchedule(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", succeed)
	n.config.set(Settings{Enabled: true, Schedule: always})
	n.startIncremental()
	runs, total := n.runs(t)
	assert.Zero(t, total, "%v", runs)

	n.config.set(Settings{Enabled: true, Schedule: seldom})
	n.startIncremental()
	runs, _ = n.runs(t)
	require.Len(t, runs, 1)
	assert.Equal(t, "incremental", runs[0].Reading)
	assert.Equal(t, "schedule", runs[0].Trigger)
	assert.Equal(t, "apply", runs[0].Mode)
	n.ended(t, runs[0].ID)
}

func TestTheScheduleWaitsForAnIncrementalRunAndTheOtherIsLeftOut(t *testing.T) {
	t.Parallel()
	proceed := make(chan struct{})
	n := newTestNode(t, openStore(t), "a", func(context.Context, engine.Ports) (string, error) {
		<-proceed
		return succeeded, nil
	})
	n.config.set(Settings{Enabled: true, Schedule: seldom})
	n.startIncremental()
	n.startIncremental()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		n.startFull()
	}()
	select {
	case <-ended:
		t.Error("the run of the schedule was left out")
	case <-time.After(100 * time.Millisecond):
	}
	close(proceed)
	<-ended
	runs, total := n.runs(t)
	require.Equal(t, 2, total)
	assert.Equal(t, "full", runs[0].Reading)
	assert.Equal(t, "incremental", runs[1].Reading)
	n.ended(t, runs[0].ID)
}

func TestTheScheduleStopsWaitingWhenThePluginEnds(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", func(ctx context.Context, _ engine.Ports) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	})
	n.config.set(Settings{Enabled: true, Schedule: seldom})
	n.startIncremental()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		n.startFull()
	}()
	n.Close()
	<-ended
}

// runs are all runs, newest first.
func (n *testNode) runs(t *testing.T) ([]store.Run, int) {
	t.Helper()
	runs, total, err := n.Store.(*store.Store).ListRuns(t.Context(), store.RunFilter{PerPage: 10})
	require.NoError(t, err)
	return runs, total
}

// changing is a directory of one page that reports changes once.
type changing struct {
	company
	changes string
	asked   *[]string
}

func (c changing) ReadUsers(ctx context.Context, query entra.Query) (entra.Page, error) {
	*c.asked = append(*c.asked, "users")
	return c.company.ReadUsers(ctx, query)
}

func (c changing) ReadDelta(_ context.Context, query entra.DeltaQuery) (entra.DeltaPage, error) {
	*c.asked = append(*c.asked, strings.TrimSpace("delta "+query.Cursor))
	if query.Latest {
		return entra.DeltaPage{Users: json.RawMessage(`[]`), Delta: "first"}, nil
	}
	return entra.DeltaPage{Users: json.RawMessage(c.changes), Delta: "second"}, nil
}

func (c changing) GetUsers(_ context.Context, ids, _ []string) (json.RawMessage, error) {
	*c.asked = append(*c.asked, "get "+strings.Join(ids, " "))
	var people, found []map[string]any
	if err := json.Unmarshal([]byte(c.people), &people); err != nil {
		return nil, err
	}
	for _, person := range people {
		if slices.Contains(ids, person["id"].(string)) {
			found = append(found, person)
		}
	}
	return json.Marshal(found)
}

// The real sync logic reads changes, in its engine, with the ports of this package and a real database.
func TestChangesAreFollowedFromRunToRun(t *testing.T) {
	t.Parallel()
	n, _ := newSyncNode(t)
	configured := Settings{TenantID: "tenant", Policy: `{"scope":{"everyone":true}}`, Concurrency: 4, IncrementalMinutes: 30}
	n.config.set(configured)
	var asked []string
	run := func(reading, people, changes string) (store.Run, map[string]int) {
		asked = nil
		n.config.read(changing{company{people: people}, changes, &asked})
		run, err := n.Start(t.Context(), Request{Mode: "apply", Trigger: "api", Reading: reading})
		require.NoError(t, err)
		run = n.ended(t, run.ID)
		require.Equal(t, "succeeded", run.State, "%s", run.Error)
		counts := map[string]int{}
		require.NoError(t, json.Unmarshal(run.Counts, &counts))
		return run, counts
	}
	const mina, jun, lead = `{"id":"00000000-0000-4000-8000-000000000001","displayName":"Mina","mail":"mina@example.com","accountEnabled":true,"userType":"Member"}`,
		`{"id":"00000000-0000-4000-8000-000000000002","displayName":"Jun","mail":"jun@example.com","accountEnabled":true,"userType":"Member"}`,
		`{"id":"00000000-0000-4000-8000-000000000001","displayName":"Mina","mail":"mina@example.com","accountEnabled":true,"userType":"Member","jobTitle":"Lead"}`

	first, counts := run("full", "["+mina+","+jun+"]", "[]")
	assert.Equal(t, []any{"full", 2}, []any{first.Reading, counts["created"]})
	assert.Equal(t, []string{"delta", "users"}, asked)

	second, counts := run("incremental", "["+lead+"]", `[{"id":"00000000-0000-4000-8000-000000000002","@removed":{"reason":"deleted"}},{"id":"00000000-0000-4000-8000-000000000001","jobTitle":"Lead"}]`)
	assert.Equal(t, []any{"incremental", 1, 1}, []any{second.Reading, counts["updated"], counts["deactivated"]})
	assert.Equal(t, []string{"delta first", "get " + objectID(1) + " " + objectID(2)}, asked)

	_, counts = run("incremental", "["+lead+"]", "[]")
	assert.Zero(t, counts["directory"])
	assert.Equal(t, []string{"delta second"}, asked)

	configured.Policy = `{"scope":{"everyone":true},"lifecycle":{"create":false}}`
	n.config.set(configured)
	changed, _ := run("incremental", "["+lead+"]", "[]")
	assert.Equal(t, "full", changed.Reading, "another policy forces a full read")
	assert.Equal(t, []string{"delta", "users"}, asked)
}
