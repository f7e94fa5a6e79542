package tests

import (
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// beginWithTwoNodes returns the scene with a second server on the same database. Its tests are in one function,
// because the second server takes a while to start.
func beginWithTwoNodes(t *testing.T, settings ...map[string]any) (first, second *scene) {
	t.Helper()
	first = beginAlone(t, plain, settings...)
	node, err := first.Mattermost.StartNode(waiting(t), t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, node.Stop()) })

	second = &scene{Stage: &stage.Stage{Postgres: first.Postgres, Mattermost: node, Directory: first.Directory, Tenant: first.Tenant}}
	archive, err := stage.BundlePath()
	require.NoError(t, err)
	_, err = node.InstallPlugin(waiting(t), archive)
	require.NoError(t, err)
	second.configure(t, append([]map[string]any{first.defaultSettings()}, settings...)...)
	require.NoError(t, node.EnablePlugin(waiting(t), stage.PluginID))
	return first, second
}

func TestTwoNodesOfAClusterShareOneRun(t *testing.T) {
	first, second := beginWithTwoNodes(t, policy(allow("Kim"), office365()))
	first.holdUp(t)

	t.Run("of two starts at the same time one wins", func(t *testing.T) {
		for range 5 {
			checkRace(t, first, second)
		}
	})
	t.Run("a run can be watched and cancelled on the other node", func(t *testing.T) {
		run := second.startRun(t, stage.ModeApply)
		assert.Equal(t, "running", first.getRun(t, run.ID).State)
		require.NoError(t, first.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs/"+run.ID+"/cancel", nil, nil))
		assert.Equal(t, "cancelled", first.awaitEnd(t, run.ID).State)
	})
	t.Run("both asked repeatedly write no user twice", func(t *testing.T) {
		first.Tenant.Faults.Clear()
		made := askBoth(t, first, second)
		assert.Equal(t, 10, made, "each account was created once")
		first.checkSignOnLinks(t, 10)
		first.removeAccounts(t)
		first.removeHistory(t)
		first.holdUp(t)
	})
	t.Run("a run of a node that dies is taken for interrupted, and another node does the work", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes half a minute")
		}
		run := second.startRun(t, stage.ModeApply)
		second.Mattermost.Kill()
		ended := first.awaitEnd(t, run.ID)
		assert.Equal(t, "interrupted", ended.State)
		first.Tenant.Faults.Clear()
		assert.Equal(t, 10, first.apply(t).Counts["created"])
	})
}

// checkSignOnLinks expects this number of accounts, each linked to the user whose object ID it signs in with.
func (s *scene) checkSignOnLinks(t *testing.T, want int) {
	t.Helper()
	linked := map[string]string{}
	for objectID, accountID := range s.links(t) {
		linked[accountID] = objectID
	}
	accounts := s.accounts(t)
	assert.Len(t, accounts, want)
	signOn := map[string]string{}
	for _, each := range accounts {
		require.NotNil(t, each.AuthData, each.Email)
		signOn[each.ID] = *each.AuthData
		assert.Equal(t, *each.AuthData, s.objectID(t, each.Email), "the address is that person's")
	}
	assert.Equal(t, signOn, linked)
	assert.Equal(t, want, s.count(t, `SELECT count(*) FROM entrasync_links`), "no link leads nowhere")
}

// checkRace starts a run on both nodes at the same time and cancels the first one.
func checkRace(t *testing.T, nodes ...*scene) {
	t.Helper()
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "apply"}}
	answers := make([]answer, len(nodes))
	var starting sync.WaitGroup
	for i, node := range nodes {
		starting.Go(func() { answers[i] = node.ask(t, start.by(node.Mattermost.Admin)) })
	}
	starting.Wait()
	var started stage.Run
	var refused struct {
		Run stage.Run `json:"run"`
	}
	statuses := map[int]int{}
	for _, got := range answers {
		statuses[got.status]++
		if got.status == http.StatusAccepted {
			got.decode(t, &started)
		} else {
			got.decode(t, &refused)
		}
	}
	require.Equal(t, map[int]int{http.StatusAccepted: 1, http.StatusConflict: 1}, statuses)
	assert.Equal(t, started.ID, refused.Run.ID)
	nodes[0].awaitQuiet(t)
}

// askBoth starts runs on both nodes as fast as possible, and returns how many accounts they report as created.
func askBoth(t *testing.T, nodes ...*scene) (created int) {
	t.Helper()
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "apply"}}
	for range 8 {
		var asking sync.WaitGroup
		for _, node := range nodes {
			asking.Go(func() { node.ask(t, start.by(node.Mattermost.Admin)) })
		}
		asking.Wait()
		eventually(t, "no run is going", func() bool {
			return nodes[0].count(t, `SELECT count(*) FROM entrasync_runs WHERE state = 'running'`) == 0
		})
	}
	return nodes[0].count(t, `SELECT coalesce(sum((counts ->> 'created')::integer), 0) FROM entrasync_runs`)
}
