package ports

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
)

// groupsOnly is a directory that only knows the members of groups.
type groupsOnly struct {
	Directory
	asked []entra.MemberQuery
}

func (g *groupsOnly) ReadGroupMembers(_ context.Context, query entra.MemberQuery) (entra.MemberPage, error) {
	g.asked = append(g.asked, query)
	return entra.MemberPage{IDs: []string{"a", "b"}, Groups: []string{"g"}, Next: "next"}, nil
}

// silentGroups answer when their caller cancels.
type silentGroups struct{ Directory }

func (silentGroups) ReadGroupMembers(ctx context.Context, _ entra.MemberQuery) (entra.MemberPage, error) {
	<-ctx.Done()
	return entra.MemberPage{}, ctx.Err()
}

func TestMembersCrossTheBorderAsTheyAre(t *testing.T) {
	groups := &groupsOnly{}
	port := New(Run{Directory: groups, Reading: t.Context()})["directory.read_group_members"]
	answer, err := port(t.Context(), json.RawMessage(`{"group_id":"g","cursor":"c"}`))
	require.NoError(t, err)
	written, err := json.Marshal(answer)
	require.NoError(t, err)
	assert.JSONEq(t, `{"ids":["a","b"],"groups":["g"],"next":"next"}`, string(written))
	assert.Equal(t, []entra.MemberQuery{{GroupID: "g", Cursor: "c"}}, groups.asked)
}

func TestReadingMembersEndsWithTheRun(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	port := New(Run{Directory: silentGroups{}, Reading: stopped})["directory.read_group_members"]
	_, err := port(t.Context(), json.RawMessage(`{"group_id":"g","cursor":""}`))
	assert.ErrorIs(t, err, context.Canceled)
}
