package mattermost

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

// targetTables are the columns of teams and channels that the search uses, as Mattermost's own migrations create them.
const targetTables = `
	CREATE TYPE team_type AS ENUM ('I', 'O');
	CREATE TABLE teams (id varchar(26) PRIMARY KEY, displayname varchar(64), name varchar(64), type team_type, deleteat bigint, groupconstrained boolean);
	CREATE TYPE channel_type AS ENUM ('P', 'G', 'O', 'D');
	CREATE TABLE channels (
		id varchar(26) PRIMARY KEY, teamid varchar(26), type channel_type, displayname varchar(64), name varchar(64), deleteat bigint, groupconstrained boolean
	);
	INSERT INTO teams VALUES
		('t1', '본사', 'head-office', 'I', 0, NULL), ('t2', 'Office Seoul', 'seoul', 'O', NULL, true), ('t3', 'Old office', 'old', 'O', 5, false);
	INSERT INTO channels VALUES
		('c1', 't1', 'O', 'Sales', 'dept-sales', 0, NULL), ('c2', 't1', 'P', 'Legal', 'dept-legal', 0, true), ('c3', 't1', 'P', 'Gone', 'gone', 7, false),
		('c4', 't2', 'O', 'Sales', 'sales', 0, NULL), ('d1', '', 'D', '', 'a__b', 0, NULL), ('g1', '', 'G', 'a, b', 'g', 0, NULL)`

func TestTeamsAndChannelsAreFound(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	execute(t, db, targetTables)
	memberships := NewMemberships(nil, db, "bot", nil)
	find := func(search TargetSearch) (ids []string) {
		t.Helper()
		answer, err := memberships.FindTargets(t.Context(), search)
		require.NoError(t, err)
		var found struct{ Targets []struct{ ID string } }
		require.NoError(t, json.Unmarshal(answer, &found))
		ids = []string{}
		for _, target := range found.Targets {
			ids = append(ids, target.ID)
		}
		return ids
	}
	assert.Equal(t, []string{"t2", "t1", "t3"}, find(TargetSearch{Kind: "team"}), "archived ones come last")
	assert.Equal(t, []string{"t2", "t1", "t3"}, find(TargetSearch{Kind: "team", Text: "OFFICE"}), "first those that begin with the text")
	assert.Equal(t, []string{"t1"}, find(TargetSearch{Kind: "team", Text: "본"}))
	assert.Empty(t, find(TargetSearch{Kind: "team", Text: "%"}), "a text is no pattern")
	assert.Equal(t, []string{"c2", "c1", "c3"}, find(TargetSearch{Kind: "channel", TeamID: "t1"}), "private ones too, of this team only")
	assert.Equal(t, []string{"c1"}, find(TargetSearch{Kind: "channel", TeamID: "t1", Text: "dept-s"}))
	assert.Equal(t, []string{"c3", "t1"}, sorted(find(TargetSearch{IDs: []string{"t1", "c3", "d1", "none"}})), "direct messages are no targets")
	assert.Empty(t, find(TargetSearch{}))

	answer, err := memberships.FindTargets(t.Context(), TargetSearch{IDs: []string{"c2"}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"targets":[{"id":"c2","kind":"channel","team_id":"t1","team_name":"본사","name":"dept-legal","display_name":"Legal",
		"is_open":false,"is_archived":false,"is_group_constrained":true}]}`, string(answer))

	execute(t, db, `INSERT INTO teams SELECT 'many' || number, 'Many ' || number, 'many-' || number, 'O', 0, NULL FROM generate_series(1, 60) AS number`)
	assert.Len(t, find(TargetSearch{Kind: "team", Text: "many"}), maxTargets)
	assert.Empty(t, find(TargetSearch{Kind: "team", Text: strings.Repeat("x", 256)}))
}

func sorted(ids []string) []string {
	slices.Sort(ids)
	return ids
}
