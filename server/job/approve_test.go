package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestWhatCannotBeApprovedSaysWhy(t *testing.T) {
	assert.NoError(t, refusedApproval(nil))
	assert.Equal(t, store.ErrNotFound, refusedApproval(store.ErrNotFound))
	var refusal *Refusal
	require.ErrorAs(t, refusedApproval(store.ErrNothingHeld), &refusal)
	assert.JSONEq(t, `{"code":"nothing_held"}`, string(refusal.Fault()))
	var failure *fault.Error
	require.ErrorAs(t, refusedApproval(errors.New("gone")), &failure)
	assert.Equal(t, fault.DatabaseFailed, failure.Code)
}

// The real sync logic makes a plan and applies it, with the ports of this package and a real database.
func TestAPlanIsAppliedOnThesePorts(t *testing.T) {
	t.Parallel()
	n, db := newSyncNode(t)
	n.config.set(Settings{TenantID: "tenant", Policy: `{"version":1,"scope":{"everyone":true}}`, Concurrency: 4})
	directory := &growing{}
	directory.hire(objectID(1), objectID(2))
	n.config.read(directory)
	plan, err := n.Start(t.Context(), Request{Mode: "preview", Trigger: "console"})
	require.NoError(t, err)
	require.Equal(t, "succeeded", n.ended(t, plan.ID).State)
	directory.hire(objectID(3))

	run, err := n.Approve(t.Context(), Request{Approves: plan.ID, Trigger: "console", ActorID: "anna"})
	require.NoError(t, err)
	assert.Equal(t, []string{"apply", "held", plan.ID}, []string{run.Mode, run.Reading, run.Approves})
	ended := n.ended(t, run.ID)
	require.Equal(t, "succeeded", ended.State, "%s", ended.Error)
	assert.Contains(t, string(ended.Counts), `"created": 2`)
	var accounts int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM users`).Scan(&accounts))
	assert.Equal(t, 2, accounts, "only what the plan shows")

	_, err = n.Approve(t.Context(), Request{Approves: plan.ID, Trigger: "console"})
	var refusal *Refusal
	require.ErrorAs(t, err, &refusal)
	assert.JSONEq(t, `{"code":"nothing_planned"}`, string(refusal.Fault()))
}

func TestALongPlanIsAppliedOnThesePorts(t *testing.T) {
	t.Parallel()
	n, db := newSyncNode(t)
	n.config.set(Settings{TenantID: "tenant", Policy: `{"version":1,"scope":{"everyone":true}}`, Concurrency: 4})
	directory := &growing{}
	for number := range 1201 {
		directory.hire(objectID(number))
	}
	n.config.read(directory)
	plan, err := n.Start(t.Context(), Request{Mode: "preview", Trigger: "console"})
	require.NoError(t, err)
	require.Equal(t, "succeeded", n.ended(t, plan.ID).State)

	run, err := n.Approve(t.Context(), Request{Approves: plan.ID, Trigger: "console", ActorID: "anna"})
	require.NoError(t, err)
	ended := n.ended(t, run.ID)
	require.Equal(t, "succeeded", ended.State, "%s", ended.Error)
	var accounts, open int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM users`).Scan(&accounts))
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM entrasync_changes WHERE status <> 'done'`).Scan(&open))
	assert.Equal(t, []int{1201, 0}, []int{accounts, open})
	assert.Zero(t, directory.asked, "reading all users takes fewer requests")
}

func objectID(number int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", number) }

// growing is a directory whose users are read all at once or one by one.
type growing struct {
	slowDirectory
	people map[string]string

	// asked counts the users that were requested one by one.
	asked int
}

func (g *growing) hire(ids ...string) {
	if g.people == nil {
		g.people = map[string]string{}
	}
	for _, id := range ids {
		g.people[id] = `{"id":"` + id + `","displayName":"Person ` + id + `","mail":"person` + id + `@example.com","accountEnabled":true,"userType":"Member"}`
	}
}

func (g *growing) list(ids []string) json.RawMessage {
	var people []string
	for _, id := range ids {
		people = append(people, g.people[id])
	}
	return json.RawMessage("[" + strings.Join(people, ",") + "]")
}

func (g *growing) ReadUsers(context.Context, entra.Query) (entra.Page, error) {
	return entra.Page{Users: g.list(slices.Sorted(maps.Keys(g.people)))}, nil
}

func (g *growing) GetUsers(_ context.Context, ids, _ []string) (json.RawMessage, error) {
	g.asked += len(ids)
	return g.list(ids), nil
}
