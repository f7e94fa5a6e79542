package tests

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

func TestOneRunGoesOnAtATime(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	s.holdUp(t)
	first := s.startRun(t, stage.ModePreview)
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "apply"}}
	got := s.ask(t, start.by(s.Mattermost.Admin))
	assert.Equal(t, http.StatusConflict, got.status, "%s", got)
	assert.Equal(t, "run_in_progress", got.code())
	var refused struct {
		Run stage.Run `json:"run"`
	}
	got.decode(t, &refused)
	assert.Equal(t, first.ID, refused.Run.ID)

	var status struct {
		CurrentRun *stage.Run `json:"current_run"`
		LastRun    *stage.Run `json:"last_run"`
	}
	s.get(t, "/status").decode(t, &status)
	if assert.NotNil(t, status.CurrentRun) {
		assert.Equal(t, first.ID, status.CurrentRun.ID)
	}
	assert.Nil(t, status.LastRun)
}

func TestARunThatIsCancelledMidwayKeepsWhatItHasDone(t *testing.T) {
	s := begin(t, licensed, policy(everyone(), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(1000)))
	run := s.startRun(t, stage.ModeApply)
	eventually(t, "accounts are created", func() bool { return s.countAccounts(t) > 50 })
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs/"+run.ID+"/cancel", nil, nil))
	ended := s.awaitEnd(t, run.ID)
	assert.Equal(t, "cancelled", ended.State)
	created := s.countAccounts(t)
	assert.Less(t, created, 1000)
	assert.Equal(t, created, ended.Counts["created"])
	assert.Equal(t, created, s.count(t, `SELECT count(*) FROM entrasync_links`))

	assert.Equal(t, 1000-created, s.apply(t).Counts["created"], "the next run does the rest")
}

func TestProgressCanBeWatched(t *testing.T) {
	s := begin(t, licensed, policy(everyone(), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(company.Many(1000)))
	browser := s.listen(t, s.Mattermost.Admin)
	s.apply(t)
	type progress struct {
		Phase string `json:"phase"`
		Done  int    `json:"done"`
		Total int    `json:"total"`
	}
	var seen []progress
	for _, run := range browser.all() {
		var told struct {
			Progress *progress `json:"progress"`
		}
		require.NoError(t, json.Unmarshal(run.Raw, &told))
		if told.Progress != nil {
			seen = append(seen, *told.Progress)
		}
	}
	applying := 0
	for i, each := range seen {
		if each.Phase == "apply" {
			applying++
			assert.Equal(t, 1000, each.Total)
			assert.LessOrEqual(t, each.Done, each.Total)
		}
		if i > 0 && each.Phase == seen[i-1].Phase {
			assert.GreaterOrEqual(t, each.Done, seen[i-1].Done, "never backwards")
		}
	}
	assert.NotZero(t, applying, "%v", seen)
}

func TestOldHistoryIsRemovedAndNewHistoryStays(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim Haneul"), office365(), map[string]any{"history": map[string]any{"keep_days": 30}}))
	old, recent := s.apply(t), s.sync(t, stage.ModePreview)
	age := func(id string, days int) {
		at := time.Now().AddDate(0, 0, -days).UnixMilli()
		s.execute(t, `UPDATE entrasync_runs SET started_at = $1, finished_at = $1 WHERE id = $2`, at, id)
	}
	age(old.ID, 31)
	age(recent.ID, 29)
	s.apply(t)
	eventually(t, "the old run is removed", func() bool {
		return s.count(t, `SELECT count(*) FROM entrasync_runs WHERE id = $1`, old.ID) == 0
	})
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_changes WHERE run_id = $1`, old.ID))
	assert.Equal(t, "succeeded", s.getRun(t, recent.ID).State)
	assert.Equal(t, 2, s.count(t, `SELECT count(*) FROM entrasync_links`), "links are no history")
}

// It waits for the next full minute, the shortest possible schedule.
func TestTheScheduleStartsARunWithoutAnybodyAsking(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	s := beginAlone(t, plain, policy(allow("Kim Haneul"), office365()), map[string]any{"Enabled": true, "Schedule": "* * * * *", "TimeZone": "Asia/Seoul"})
	var status struct {
		NextRunAt int64 `json:"next_run_at"`
	}
	s.get(t, "/status").decode(t, &status)
	assert.Zero(t, status.NextRunAt%time.Minute.Milliseconds(), "a full minute")
	eventually(t, "a run starts", func() bool { return s.count(t, `SELECT count(*) FROM entrasync_runs`) > 0 })
	run := s.awaitEnd(t, s.newestRun(t).ID)
	assert.Contains(t, string(run.Raw), `"trigger":"schedule"`)
	assert.Equal(t, stage.ModeApply, run.Mode)
	assert.Equal(t, "succeeded", run.State)
	assert.Equal(t, 2, s.countAccounts(t))
}
