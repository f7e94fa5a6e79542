package store_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func put(t *testing.T, s *store.Store, runID, tree string) {
	t.Helper()
	require.NoError(t, s.PutGroupTree(t.Context(), runID, "tenant", json.RawMessage(tree)))
}

func requireTrees(t *testing.T, s *store.Store, want string) {
	t.Helper()
	trees, err := s.ListGroupTrees(t.Context(), "tenant")
	require.NoError(t, err)
	require.JSONEq(t, want, string(trees))
}

func requireMembers(t *testing.T, s *store.Store, group, want string) {
	t.Helper()
	members, err := s.GroupTreeMembers(t.Context(), "tenant", group)
	require.NoError(t, err)
	require.JSONEq(t, want, string(members))
}

func TestTreesOfGroupsCountTogetherWithTheLinkOnceTheRunKeepsThem(t *testing.T) {
	s, _ := openStore(t)
	first := startRun(t, s, 1)
	put(t, s, first.ID, `{"group_id":"g1","members":["a","b"],"nested":["n"]}`)
	put(t, s, first.ID, `{"group_id":"g2","members":[],"nested":[]}`)
	requireTrees(t, s, `[]`)
	requireMembers(t, s, "g1", `null`)
	require.NoError(t, s.KeepGroupTrees(t.Context(), first.ID, "tenant", "sync/tenant/groups", "link 1", json.RawMessage(`["g1","g2"]`)))
	requireTrees(t, s, `[{"group_id":"g1","nested":["n"]},{"group_id":"g2","nested":[]}]`)
	requireMembers(t, s, "g1", `["a","b"]`)
	requireMembers(t, s, "g2", `[]`)
	held, err := s.GroupTreesHolding(t.Context(), "tenant", json.RawMessage(`["b","x"]`))
	require.NoError(t, err)
	require.JSONEq(t, `[{"object_id":"b","groups":["g1"]}]`, string(held))
	finishRun(t, s, first.ID)

	// A run that breaks off changes nothing.
	second := startRun(t, s, 2)
	put(t, s, second.ID, `{"group_id":"g1","members":["c"],"nested":[]}`)
	finishRun(t, s, second.ID)
	requireMembers(t, s, "g1", `["a","b"]`)

	third := startRun(t, s, 3)
	put(t, s, third.ID, `{"group_id":"g3","members":["d"],"nested":[]}`)
	require.NoError(t, s.KeepGroupTrees(t.Context(), third.ID, "tenant", "sync/tenant/groups", "link 2", json.RawMessage(`null`)))
	requireTrees(t, s, `[{"group_id":"g1","nested":["n"]},{"group_id":"g2","nested":[]},{"group_id":"g3","nested":[]}]`)
	require.NoError(t, s.KeepGroupTrees(t.Context(), third.ID, "tenant", "sync/tenant/groups", "link 3", json.RawMessage(`["g3"]`)))
	requireTrees(t, s, `[{"group_id":"g3","nested":[]}]`)
	value, err := s.GetState(t.Context(), "sync/tenant/groups")
	require.NoError(t, err)
	require.Equal(t, "link 3", value)

	// Another tenant has trees of its own.
	trees, err := s.ListGroupTrees(t.Context(), "other")
	require.NoError(t, err)
	require.JSONEq(t, `[]`, string(trees))
}
