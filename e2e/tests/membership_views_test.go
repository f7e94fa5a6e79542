package tests

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// hostileChannel is a display name that a spreadsheet would run and a page would show as markup.
const hostileChannel = `=1+1 <b>@all`

// explained is the answer of GET /memberships.
type explained struct {
	DisplayName string `json:"display_name"`
	InScope     bool   `json:"in_scope"`
	Targets     []struct {
		Kind, ID, Name, Wanted string
		IsMember               bool `json:"is_member"`
		Rules                  []struct {
			Name    string
			Applies bool
			Causes  []struct {
				Kind string
				Path []string
			}
		}
		Ledger *struct{ State, Rule string }
	}
}

// targetMembers is the answer of GET /targets/{id}/members.
type targetMembers struct {
	Target    struct{ Kind, Name string }
	RunID     string `json:"run_id"`
	Total     int
	Standings map[string]int
	Members   []struct {
		Email, Username, Standing, Rule string
		IsMember                        bool `json:"is_member"`
	}
}

// staffed is a team for everyone and a channel for the engineers, whose members are in nested groups.
func (s *scene) staffed(t *testing.T, name string) (office, *stage.Run) {
	t.Helper()
	s.roomy(t)
	made := s.office(t, name, 1)
	channel := made.channels[0]
	_, _, err := s.Mattermost.Admin.Client.PatchChannel(waiting(t), channel.Id, &model.ChannelPatch{DisplayName: model.NewPointer(hostileChannel)})
	require.NoError(t, err)
	team := map[string]any{"id": made.team.Id}
	s.configure(t, policy(everyone(), office365(), memberships(
		map[string]any{"id": "company", "name": "Company", "who": everyone(), "join": []any{map[string]any{"team": team}}},
		map[string]any{"id": "engineers", "name": "@Engineers", "who": map[string]any{"groups": []string{company.GroupID("Engineering")}},
			"join": []any{map[string]any{"team": team, "channel": map[string]any{"id": channel.Id}}}},
	)))
	run := s.sync(t, stage.ModeApply)
	require.Equal(t, "succeeded", run.State, run.Error)
	return made, run
}

func TestMembershipsOfARunAreListedByTeamAndChannel(t *testing.T) {
	s := beginAlone(t, plain)
	made, run := s.staffed(t, "views")
	var targets struct {
		Total   int
		Targets []struct {
			Target, Kind, Name string
			TeamName           string `json:"team_name"`
			Joined, Changes    int
		}
	}
	s.read(t, getting("/runs/"+run.ID+"/targets"), &targets)
	require.Equal(t, 2, targets.Total)
	assert.Equal(t, []string{"team", made.team.Id, "channel", made.channels[0].Id, hostileChannel},
		[]string{targets.Targets[0].Kind, targets.Targets[0].Target, targets.Targets[1].Kind, targets.Targets[1].Target, targets.Targets[1].Name})
	assert.Equal(t, run.Counts["joined"], targets.Targets[0].Joined+targets.Targets[1].Joined)

	total := func(target string) int {
		var page struct{ Total int }
		s.read(t, getting("/runs/"+run.ID+"/changes?per_page=1&target="+target), &page)
		return page.Total
	}
	assert.Equal(t, targets.Targets[1].Changes, total(made.channels[0].Id))
	assert.Equal(t, total(""), total("none")+targets.Targets[0].Changes+targets.Targets[1].Changes)

	table := s.get(t, "/runs/"+run.ID+"/changes.csv?action=join&target="+made.channels[0].Id)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(table.body), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+targets.Targets[1].Joined)
	assert.Equal(t, []string{"Target type", "Target", "Team of the channel", "Target ID", "Rule"}, rows[0][len(rows[0])-5:])
	cells := rows[1][len(rows[1])-5:]
	assert.Equal(t, []string{"channel", "'" + hostileChannel, made.channels[0].Id, "'@Engineers"}, []string{cells[0], cells[1], cells[3], cells[4]})
}

func TestWhyAUserIsInAChannelNamesTheRuleAndThePathOfNestedGroups(t *testing.T) {
	s := beginAlone(t, plain)
	made, _ := s.staffed(t, "reasons")
	var answer explained
	s.read(t, getting("/memberships?user="+url.QueryEscape(minjun)), &answer)
	require.Len(t, answer.Targets, 2)
	channel := answer.Targets[1]
	assert.Equal(t, []any{true, made.channels[0].Id, true, "yes", "added", "@Engineers"},
		[]any{answer.InScope, channel.ID, channel.IsMember, channel.Wanted, channel.Ledger.State, channel.Ledger.Rule})
	assert.Equal(t, []string{"Engineering", "Platform"}, channel.Rules[0].Causes[0].Path)

	s.join(t, s.Mattermost.Admin)
	reply := s.run(t, s.Mattermost.Admin, "user "+minjun)
	assert.Contains(t, reply, "member of Engineering > Platform")
	assert.NotContains(t, reply, "<b>")
	assert.NotContains(t, reply, "@all")

	// Circles of groups end.
	platform, engineering := company.GroupID("Platform"), company.GroupID("Engineering")
	require.NoError(t, s.Tenant.SetMembers(platform, append(s.Tenant.Members(platform), engineering)))
	s.read(t, getting("/memberships?user="+url.QueryEscape(minjun)), &answer)
	assert.Equal(t, []string{"Engineering", "Platform"}, answer.Targets[1].Rules[0].Causes[0].Path)

	s.refuseAdmin(t, getting("/memberships?user=nobody%40corp.example"), http.StatusNotFound, "person_not_found")
}

func TestAnAuditorSeesWhoIsInAChannelByRuleByHandAndWhoLeft(t *testing.T) {
	s := beginAlone(t, plain)
	made, _ := s.staffed(t, "audit")
	channel := made.channels[0].Id
	client := s.Mattermost.Admin.Client
	account, _, err := client.GetUserByEmail(waiting(t), minjun, "")
	require.NoError(t, err)
	_, err = client.RemoveUserFromChannel(waiting(t), channel, account.Id)
	require.NoError(t, err)
	last := s.sync(t, stage.ModeApply)

	var page targetMembers
	s.read(t, getting("/targets/"+channel+"/members?per_page=1000"), &page)
	assert.Equal(t, []string{"channel", hostileChannel, last.ID}, []string{page.Target.Kind, page.Target.Name, page.RunID})
	assert.Equal(t, map[string]int{"by_rule": page.Total - 2, "by_hand": 1, "left": 1}, page.Standings)
	for _, member := range page.Members {
		switch member.Standing {
		case "left":
			assert.Equal(t, []any{minjun, false, "@Engineers"}, []any{member.Email, member.IsMember, member.Rule})
		case "by_hand":
			assert.Equal(t, s.Mattermost.Admin.Email, member.Email, "the administrator made the channel")
		default:
			assert.Equal(t, []any{true, "@Engineers"}, []any{member.IsMember, member.Rule}, member.Email)
		}
	}
	table := s.get(t, "/targets/"+channel+"/members.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(table.body), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+page.Total)
	for _, row := range rows[1:] {
		if row[4] == minjun {
			assert.Equal(t, []string{"left, or was removed by someone else", "member", "not a member", "'@Engineers"}, []string{row[0], row[1], row[2], row[7]})
		}
	}
	s.refuseAdmin(t, getting("/targets/"+strings.Repeat("a", 26)+"/members"), http.StatusNotFound, "not_found")
	direct, _, err := client.CreateDirectChannel(waiting(t), s.Mattermost.Admin.ID, account.Id)
	require.NoError(t, err)
	s.refuseAdmin(t, getting("/targets/"+direct.Id+"/members.csv"), http.StatusNotFound, "not_found")
}

func TestAnAuditorSeesWhoIsToLeaveAndWhyATeamIsNotComplete(t *testing.T) {
	s := beginAlone(t, plain)
	made, run := s.staffed(t, "open")
	channel := made.channels[0].Id
	platform, person := company.GroupID("Platform"), s.objectID(t, minjun)
	var others []string
	for _, id := range s.Tenant.Members(platform) {
		if id != person {
			others = append(others, id)
		}
	}
	require.NoError(t, s.Tenant.SetMembers(platform, others))
	s.seats(t, run.Counts["created"]+1)
	require.NoError(t, s.Tenant.PutPerson([]byte(`{"id":"0d1e2f3a-0000-4000-8000-00000000beef","displayName":"New User","mail":"new.user@hanbit.example",
		"userPrincipalName":"new.user@hanbit.example","accountEnabled":true,"userType":"Member"}`)))
	s.sync(t, stage.ModeApply)

	var page targetMembers
	s.read(t, getting("/targets/"+channel+"/members?standing=no_rule"), &page)
	require.Len(t, page.Members, 1)
	assert.Equal(t, []any{minjun, true, "@Engineers"}, []any{page.Members[0].Email, page.Members[0].IsMember, page.Members[0].Rule})
	assert.Contains(t, s.runAs(t, "user "+minjun), "no rule applies since 20")

	var team struct {
		Notes []struct {
			Action, Reason string
			Params         map[string]any `json:"reason_params"`
		}
	}
	s.read(t, getting("/targets/"+made.team.Id+"/members"), &team)
	require.Len(t, team.Notes, 1)
	assert.Equal(t, []any{"conflict", "target_full", 1.0}, []any{team.Notes[0].Action, team.Notes[0].Reason, team.Notes[0].Params["count"]})
}

// runAs sends an /entrasync command as the administrator.
func (s *scene) runAs(t *testing.T, words string) string {
	t.Helper()
	s.join(t, s.Mattermost.Admin)
	return s.run(t, s.Mattermost.Admin, words)
}
