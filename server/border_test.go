package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

func TestTheHostBindsExactlyThePortsThatTheBundleNames(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	var wanted []string
	require.NoError(t, logic.Call(t.Context(), "port_names", nil, nil, &wanted))
	slices.Sort(wanted)
	assert.Equal(t, wanted, ports.PortNames())
}
