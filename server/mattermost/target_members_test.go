package mattermost

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// memberTables are the members of the team t1 and the channel c1: a1 by a rule, a2 found, a3 by hand, a4 (deactivated) by a rule; a5 left,
// a6 could not be added, a7 is held, a8 is deactivated and no member.
const memberTables = `
	INSERT INTO teams (id, name, displayname, deleteat) VALUES ('t1', 'head-office', '본사', 0);
	INSERT INTO channels (id, teamid, name, displayname, deleteat) VALUES ('c1', 't1', 'sales', 'Sales', 0), ('d1', '', 'a1__a2', '', 0);
	INSERT INTO channelmembers VALUES ('d1', 'a1', false);
	INSERT INTO users (id, username, email, firstname, lastname, nickname, deleteat)
	SELECT 'a' || n, 'user' || n, 'user' || n || '@corp.example', 'User', n::text, '', CASE WHEN n IN (4, 8) THEN 5 ELSE 0 END FROM generate_series(1, 9) AS n;
	INSERT INTO entrasync_links (tenant_id, object_id, account_id, created_at, updated_at) SELECT 'tenant', 'o' || n, 'a' || n, 1, 1 FROM generate_series(1, 8) AS n;
	INSERT INTO channelmembers VALUES ('c1', 'a1', true), ('c1', 'a2', NULL), ('c1', 'a3', true), ('c1', 'a4', false);
	INSERT INTO teammembers VALUES ('t1', 'a1', 0, false), ('t1', 'a5', 7, false);
	INSERT INTO entrasync_memberships (target_id, account_id, rule_id, state, promoted_by, updated_at) VALUES
		('c1', 'a1', 'r1', 'added', 'r2', 1), ('c1', 'a2', 'r1', 'found', '', 1), ('c1', 'a4', 'r1', 'added', '', 1), ('c1', 'a5', 'r1', 'ended', '', 1),
		('c1', 'a8', 'r1', 'ended', '', 1), ('other', 'a9', 'r1', 'added', '', 1);
	INSERT INTO entrasync_runs (id, mode, trigger, actor_id, "user", state, node_id, started_at, finished_at, heartbeat_at, reading, tenant_id) VALUES
		('held', 'apply', 'schedule', '', '', 'held', 'n', 1, 2, 2, 'full', 'tenant'), ('last', 'apply', 'schedule', '', '', 'partial', 'n', 3, 4, 4, 'full', 'tenant'),
		('preview', 'preview', 'console', '', '', 'succeeded', 'n', 5, 6, 6, 'full', 'tenant');
	INSERT INTO entrasync_changes (run_id, seq, object_id, account_id, email, username, display_name, action, status, reason, reason_params, fields, error) VALUES
		('last', 1, 'o6', 'a6', '', '', '', 'join', 'failed', 'wanted_by_rule', '{"target_kind":"channel","target_id":"c1","rule_id":"r1"}', '[]', '{"code":"team_member_limit"}'),
		('last', 3, '', '', '', '', '', 'conflict', 'planned', 'target_full', '{"target_kind":"channel","target_id":"c1","count":12}', '[]', NULL),
		('last', 4, 'o7', 'a7', '', '', '', 'skip', 'planned', 'waits_for_approval', '{"target_kind":"channel","target_id":"c1","rule_id":"r3"}', '[]', NULL),
		('last', 2, 'o9', 'a9', '', '', '', 'join', 'failed', 'wanted_by_rule', '{"target_kind":"channel","target_id":"other","rule_id":"r1"}', '[]', NULL),
		('held', 1, 'o7', 'a7', '', '', '', 'join', 'held', 'wanted_by_rule', '{"target_kind":"channel","target_id":"c1","rule_id":"r3"}', '[]', NULL),
		('held', 2, 'o1', 'a1', '', '', '', 'leave', 'held', 'no_rule_wants', '{"target_kind":"channel","target_id":"c1","rule_id":"r1"}', '[]', NULL),
		('preview', 1, 'o9', 'a9', '', '', '', 'join', 'planned', 'wanted_by_rule', '{"target_kind":"channel","target_id":"c1","rule_id":"r1"}', '[]', NULL)`

type foundMembers struct {
	Target *struct {
		Kind, Name string
		TeamName   string `json:"team_name"`
	}
	RunID     string `json:"run_id"`
	AsOf      int64  `json:"as_of"`
	Total     int
	Standings map[string]int
	Notes     []struct{ Action, Reason string }
	Members   []struct {
		Username, Standing string
		RuleID             string `json:"rule_id"`
		PromotedBy         string `json:"promoted_by"`
		IsActive           bool   `json:"is_active"`
		IsMember           bool   `json:"is_member"`
		IsAdmin            bool   `json:"is_admin"`
		Change             *struct{ Action, Status string }
	}
}

func TestWhoIsInAChannelByWhichRuleByHandAndWhoIsMissing(t *testing.T) {
	t.Parallel()
	db := openDatabase(t)
	execute(t, db, memberTables)
	memberships := NewMemberships(nil, db, "bot", nil)
	find := func(filter MemberFilter) (found foundMembers) {
		t.Helper()
		if filter.PerPage == 0 {
			filter.PerPage = 60
		}
		answer, err := memberships.TargetMembers(t.Context(), "tenant", filter)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(answer, &found))
		return found
	}
	usernames := func(filter MemberFilter) string {
		names := []string{}
		for _, member := range find(filter).Members {
			names = append(names, member.Username)
		}
		return strings.Join(names, " ")
	}
	all := find(MemberFilter{TargetID: "c1"})
	lines := []string{}
	for _, m := range all.Members {
		line := fmt.Sprintf("%s %s %s%s member=%t admin=%t active=%t", m.Username, m.Standing, m.RuleID, m.PromotedBy, m.IsMember, m.IsAdmin, m.IsActive)
		if m.Change != nil {
			line += " " + m.Change.Action + " " + m.Change.Status
		}
		lines = append(lines, line)
	}
	assert.Equal(t, []string{
		"user1 by_rule r1r2 member=true admin=true active=true leave held",
		"user2 found r1 member=true admin=false active=true",
		"user3 by_hand  member=true admin=true active=true",
		"user4 by_rule r1 member=true admin=false active=false",
		"user5 left r1 member=false admin=false active=true",
		"user6 missing r1 member=false admin=false active=true join failed",
		"user7 missing r3 member=false admin=false active=true join held",
	}, lines)
	assert.Equal(t, []any{"channel", "Sales", "본사", "last", int64(4), 7}, []any{all.Target.Kind, all.Target.Name, all.Target.TeamName, all.RunID, all.AsOf, all.Total})
	assert.Equal(t, []struct{ Action, Reason string }{{"conflict", "target_full"}}, all.Notes, "what the run says about the channel as a whole")
	assert.Equal(t, map[string]int{"by_rule": 2, "found": 1, "by_hand": 1, "left": 1, "missing": 2}, all.Standings)

	assert.Equal(t, "user6 user7", usernames(MemberFilter{TargetID: "c1", Standing: "missing"}))
	assert.Equal(t, "user3", usernames(MemberFilter{TargetID: "c1", Query: "USER3@corp"}))
	assert.Empty(t, usernames(MemberFilter{TargetID: "c1", Query: "%\x00' OR '1'='1"}))
	assert.Equal(t, "user5 user6", usernames(MemberFilter{TargetID: "c1", After: "user4", PerPage: 2}))
	assert.Equal(t, "user3 user4", usernames(MemberFilter{TargetID: "c1", Page: 1, PerPage: 2}))
	assert.Equal(t, "user1", usernames(MemberFilter{TargetID: "t1"}), "who left a team is in it no longer")
	for _, id := range []string{"d1", "nothing", "other"} {
		assert.Nil(t, find(MemberFilter{TargetID: id}).Target, id)
		assert.Empty(t, find(MemberFilter{TargetID: id}).Members, id)
	}
}
