package tests

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// The requests of the System Console page other than starting and reading runs.

// read sends a request as the system administrator and expects a success, and expects an error for an ordinary user.
func (s *scene) read(t *testing.T, request asks, target any) {
	t.Helper()
	s.refuse(t, request.by(s.ordinaryUser(t)), http.StatusForbidden, "forbidden")
	got := s.ask(t, request.by(s.Mattermost.Admin))
	require.Less(t, got.status, 300, "%s", got)
	got.decode(t, target)
}

// refuse expects a request to fail.
func (s *scene) refuse(t *testing.T, request asks, status int, code string) {
	t.Helper()
	got := s.ask(t, request)
	assert.Equal(t, status, got.status, "%s %s: %s", request.method, request.route, got)
	assert.Equal(t, code, got.code())
}

func (s *scene) refuseAdmin(t *testing.T, request asks, status int, code string) {
	t.Helper()
	s.refuse(t, request.by(s.Mattermost.Admin), status, code)
}

func getting(route string) asks { return asks{method: http.MethodGet, route: route} }

func posting(route string, body any) asks {
	return asks{method: http.MethodPost, route: route, body: body}
}

func TestPageHearsOfOtherSettings(t *testing.T) {
	s := begin(t, plain)
	admin, ordinary := s.listen(t, s.Mattermost.Admin), s.listen(t, s.ordinaryUser(t))
	before := s.revision(t)
	s.configure(t, policy(allow("Kim")))
	after := s.revision(t)
	assert.NotEqual(t, before, after)
	eventually(t, "the page hears of it", func() bool { return admin.knows(after) })
	s.configure(t, map[string]any{"TriggerToken": "a-token-that-nobody-guesses"})
	assert.NotContains(t, []string{before, after}, s.revision(t), "another secret is another setting")
	s.configure(t, s.defaultSettings())
	assert.Equal(t, before, s.revision(t), "the same settings are the same again")
	assert.False(t, ordinary.knows(after))
}

func TestPageLooksUpWhatARunWouldFind(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	linked := s.linked(t, 2)
	var found struct {
		Accounts []struct {
			ID             string `json:"id"`
			LinkedObjectID string `json:"linked_object_id"`
		} `json:"accounts"`
	}
	s.read(t, posting("/lookups/accounts.find", map[string]any{"object_ids": linked, "emails": []string{}}), &found)
	require.Len(t, found.Accounts, 2)
	assert.ElementsMatch(t, linked, []string{found.Accounts[0].LinkedObjectID, found.Accounts[1].LinkedObjectID})

	var links struct {
		IDs   []string `json:"object_ids"`
		Total int      `json:"total"`
	}
	s.read(t, posting("/lookups/links.list_active", map[string]any{"after": linked[0], "limit": 3}), &links)
	assert.Equal(t, []int{3, 10}, []int{len(links.IDs), links.Total})
	var members struct {
		IDs []string `json:"ids"`
	}
	s.read(t, posting("/lookups/directory.read_group_members", map[string]any{"group_id": company.GroupID("Platform"), "cursor": ""}), &members)
	assert.ElementsMatch(t, s.Tenant.Members(company.GroupID("Platform")), members.IDs)
	for port, body := range map[string]any{
		"accounts.room": map[string]any{}, "accounts.server_rules": map[string]any{}, "accounts.attribute_fields": map[string]any{}, "retries.list": map[string]any{},
		"accounts.taken_usernames":  map[string]any{"names": []string{"minjun"}},
		"accounts.attribute_values": map[string]any{"account_ids": []string{found.Accounts[0].ID}, "field_ids": []string{}},
	} {
		var answer map[string]any
		s.read(t, posting("/lookups/"+port, body), &answer)
		assert.NotEmpty(t, answer, port)
	}
	runs := s.count(t, `SELECT count(*) FROM entrasync_runs`)

	for _, port := range []string{"accounts.create", "links.save", "directory.read_page", "nothing"} {
		s.refuseAdmin(t, posting("/lookups/"+port, map[string]any{}), http.StatusNotFound, "not_found")
	}
	s.refuseAdmin(t, posting("/lookups/retries.list", "null"), http.StatusBadRequest, "request_invalid")
	s.refuseAdmin(t, posting("/lookups/accounts.find", `{"object_ids":"all"}`), http.StatusBadRequest, "request_invalid")
	s.refuseAdmin(t, posting("/lookups/links.list_active", `{"limit":-1}`), http.StatusBadRequest, "request_invalid")
	s.refuseAdmin(t, posting("/lookups/directory.read_group_members", `{"group_id":"../users"}`), http.StatusBadRequest, "request_invalid")
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchMembers, Kind: tenant.ConsentMissing}))
	group := posting("/lookups/directory.read_group_members", map[string]any{"group_id": company.GroupID("Platform")})
	s.refuseAdmin(t, group, http.StatusBadGateway, "group_consent_missing")
	assert.Equal(t, runs, s.count(t, `SELECT count(*) FROM entrasync_runs`))
}

func TestPageAppliesThePlanOfAPreview(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	plan := s.sync(t, stage.ModePreview)
	var planned []change
	for _, line := range s.changes(t, plan.ID) {
		if line.Action == "create" {
			planned = append(planned, line)
		}
	}
	require.Len(t, planned, 10)
	route := "/runs/" + plan.ID + "/approve"
	s.edit(t, planned[1].ObjectID, map[string]any{"accountEnabled": false})
	s.put(t, map[string]any{"id": "0c9d3c1a-7e5b-4d42-9a9e-3f9d1f6f0a11", "displayName": "Kim Newcomer", "mail": "newcomer@hanbit.example", "accountEnabled": true})

	var run stage.Run
	s.read(t, posting(route, map[string]any{"changes": []int{planned[0].Seq, planned[1].Seq}}), &run)
	part := s.awaitEnd(t, run.ID)
	assert.Equal(t, []int{1, 1}, []int{part.Counts["created"], part.Counts["skipped"]}, "%s", part.Raw)
	assert.Len(t, s.accounts(t), 1)

	s.read(t, posting(route, nil), &run)
	rest := s.awaitEnd(t, run.ID)
	assert.Equal(t, 8, rest.Counts["created"], "%s", rest.Raw)
	assert.Len(t, s.accounts(t), 9, "no user that the plan does not show")
	assert.Equal(t, "held", readingOf(t, rest))
	for _, line := range s.changes(t, plan.ID) {
		switch {
		case line.Seq == planned[1].Seq:
			assert.Equal(t, []string{"failed", "change_outdated"}, []string{line.Status, line.Error.Code})
		case line.Action == "create":
			assert.Equal(t, "done", line.Status)
			assert.NotEmpty(t, line.AccountID)
		default:
			assert.Equal(t, "planned", line.Status)
		}
	}
	applied := s.heldRun(t, plan)
	assert.Equal(t, []string{"succeeded", s.Mattermost.Admin.ID}, []string{applied.State, applied.ApprovedBy})
	s.refuseAdmin(t, posting(route, nil), http.StatusConflict, "nothing_planned")
}

func TestPageAppliesNoPlanThatIsNone(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	plan := s.sync(t, stage.ModePreview)
	approve := posting("/runs/"+plan.ID+"/approve", nil)
	s.refuseAdmin(t, posting(approve.route, `{"changes":[]}`), http.StatusBadRequest, "request_invalid")
	s.refuseAdmin(t, posting(approve.route, `{"changes":[0]}`), http.StatusBadRequest, "request_invalid")
	s.execute(t, `UPDATE entrasync_runs SET state = 'cancelled' WHERE id = $1`, plan.ID)
	s.refuseAdmin(t, approve, http.StatusConflict, "plan_unfinished")
	s.execute(t, `UPDATE entrasync_runs SET state = 'partial', finished_at = finished_at - 86400000 WHERE id = $1`, plan.ID)
	s.refuseAdmin(t, approve, http.StatusConflict, "plan_expired")
	s.refuseAdmin(t, posting("/runs/"+s.apply(t).ID+"/approve", nil), http.StatusConflict, "nothing_held")
}

func TestPageGivesHeldChangesUp(t *testing.T) {
	s, held := holdSeven(t)
	var seqs []int
	for _, line := range s.changes(t, held.ID) {
		if line.Status == "held" {
			seqs = append(seqs, line.Seq)
		}
	}
	route := "/runs/" + held.ID + "/discard"
	var run stage.Run
	s.read(t, posting(route, map[string]any{"changes": seqs[:2]}), &run)
	assert.Equal(t, "held", run.State)
	var list struct {
		Total int `json:"total"`
	}
	s.read(t, getting("/runs/"+held.ID+"/changes?status=discarded"), &list)
	assert.Equal(t, 2, list.Total)
	s.refuseAdmin(t, posting(route, map[string]any{"changes": seqs[:1]}), http.StatusConflict, "nothing_held")
	s.refuseAdmin(t, posting(route, `{"changes":"all"}`), http.StatusBadRequest, "request_invalid")
	s.refuseAdmin(t, posting("/runs/nothing/discard", nil), http.StatusNotFound, "run_not_found")

	s.read(t, posting(route, nil), &run)
	assert.Equal(t, "succeeded", run.State)
	var told struct {
		DiscardedBy string `json:"discarded_by"`
		DiscardedAt int64  `json:"discarded_at"`
	}
	s.read(t, getting("/runs/"+held.ID), &told)
	assert.Equal(t, s.Mattermost.Admin.ID, told.DiscardedBy)
	assert.NotZero(t, told.DiscardedAt)
	assert.Equal(t, 10, s.active(t))
	s.refuseAdmin(t, posting("/runs/"+held.ID+"/approve", nil), http.StatusConflict, "nothing_held")
}

func TestPageFiltersRunsAndReadsAllChanges(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	preview := s.sync(t, stage.ModePreview)
	s.configure(t, policy(allow("Kim Haneul"), office365()))
	s.apply(t)
	for query, total := range map[string]int{"": 2, "?mode=preview": 1, "?mode=apply&state=succeeded": 1, "?state=failed": 0, "?trigger=schedule": 0, "?trigger=api": 2} {
		var list struct {
			Total int         `json:"total"`
			Runs  []stage.Run `json:"runs"`
		}
		s.read(t, getting("/runs"+query), &list)
		assert.Equal(t, []int{total, total}, []int{list.Total, len(list.Runs)}, query)
	}
	after, read := 0, 0
	for {
		var page struct {
			Changes []change `json:"changes"`
			Total   *int     `json:"total"`
		}
		s.read(t, getting(fmt.Sprintf("/runs/%s/changes?per_page=50&after=%d", preview.ID, after)), &page)
		require.Equal(t, after == 0, page.Total != nil, "only the first page counts")
		require.True(t, page.Total == nil || *page.Total == 116)
		if len(page.Changes) == 0 {
			break
		}
		require.Equal(t, after+1, page.Changes[0].Seq)
		after = page.Changes[len(page.Changes)-1].Seq
		read += len(page.Changes)
	}
	assert.Equal(t, 116, read)
	for _, query := range []string{"/runs?mode=both", "/runs?state=odd", "/runs?trigger=cron", "/runs/" + preview.ID + "/changes?after=-1"} {
		s.refuseAdmin(t, getting(query), http.StatusBadRequest, "request_invalid")
	}
}

func TestPageShowsOnePersonsHistory(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	preview, applied := s.sync(t, stage.ModePreview), s.apply(t)
	person := s.changeOf(t, applied, s.anyEmail(t))
	var list struct {
		Changes []struct {
			change
			RunID     string `json:"run_id"`
			RunMode   string `json:"run_mode"`
			RunState  string `json:"run_state"`
			StartedAt int64  `json:"started_at"`
		} `json:"changes"`
		Total int `json:"total"`
	}
	for query, runs := range map[string][]string{
		"object_id=" + person.ObjectID:          {applied.ID, preview.ID},
		"q=" + url.QueryEscape(person.Email):    {applied.ID},
		"q=" + url.QueryEscape(person.Username): {applied.ID},
	} {
		s.read(t, getting("/changes?"+query), &list)
		require.Equal(t, []int{len(runs), len(runs)}, []int{list.Total, len(list.Changes)}, query)
		for i, runID := range runs {
			assert.Equal(t, []string{runID, person.ObjectID}, []string{list.Changes[i].RunID, list.Changes[i].ObjectID}, query)
		}
		assert.Equal(t, []string{"apply", "succeeded", "done"}, []string{list.Changes[0].RunMode, list.Changes[0].RunState, list.Changes[0].Status})
	}
	s.refuseAdmin(t, getting("/changes"), http.StatusBadRequest, "request_invalid")
	s.refuseAdmin(t, getting("/changes?q=a&per_page=1001"), http.StatusBadRequest, "request_invalid")
}

// anyEmail is the address of a user with an account.
func (s *scene) anyEmail(t *testing.T) string {
	t.Helper()
	return s.emailsByObjectID(t)[s.linked(t, 1)[0]]
}

func TestPageSaysWhenAScheduleStartsRuns(t *testing.T) {
	s := begin(t, plain)
	var next struct {
		Times []int64 `json:"times"`
	}
	s.read(t, posting("/schedule/next", map[string]string{"schedule": "30 3 * * *", "time_zone": "Asia/Seoul"}), &next)
	require.Len(t, next.Times, 5)
	for i, ms := range next.Times {
		assert.Equal(t, "18:30", time.UnixMilli(ms).UTC().Format("15:04"))
		assert.True(t, i == 0 || ms-next.Times[i-1] == 24*time.Hour.Milliseconds())
	}
	for body, code := range map[string]string{
		`{"schedule":"often","time_zone":""}`:                 "schedule_invalid",
		`{"schedule":"","time_zone":""}`:                      "setting_missing",
		`{"schedule":"0 3 * * *","time_zone":"Mars/Base"}`:    "time_zone_invalid",
		`{"schedule":"0 3 * * *","time_zone":"","save":true}`: "request_invalid",
	} {
		s.refuseAdmin(t, posting("/schedule/next", body), http.StatusBadRequest, code)
	}
}
