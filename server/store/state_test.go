package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestARunKeepsSomethingForTheNext(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	for _, value := range []string{"first", "second 다음", ""} {
		require.NoError(t, s.SetRunState(t.Context(), run.ID, "sync/tenant/key", value))
		kept, err := s.GetState(t.Context(), "sync/tenant/key")
		require.NoError(t, err)
		require.Equal(t, value, kept)
	}
}

func TestAStateThatIsThereStays(t *testing.T) {
	s, _ := openStore(t)
	for _, value := range []string{"first", "second"} {
		kept, err := s.EnsureState(t.Context(), "key", value)
		require.NoError(t, err)
		require.Equal(t, "first", kept)
	}
	kept, err := s.GetState(t.Context(), "key")
	require.NoError(t, err)
	require.Equal(t, "first", kept)
}

func TestARunMaySayThatItHasReadSomethingElse(t *testing.T) {
	s, _ := openStore(t)
	for number, reading := range []string{"", "full"} {
		run, err := s.StartRun(t.Context(), store.Run{ID: runID(number), Mode: "apply", Trigger: "schedule", NodeID: "a", Reading: "incremental"})
		require.NoError(t, err)
		require.NoError(t, s.FinishRun(t.Context(), run.ID, store.Ending{State: "succeeded", Reading: reading}))
		run, err = s.GetRun(t.Context(), run.ID)
		require.NoError(t, err)
		require.Equal(t, map[string]string{"": "incremental", "full": "full"}[reading], run.Reading)
	}
}
