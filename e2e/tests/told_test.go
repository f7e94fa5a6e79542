package tests

import (
	"net/http"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// TestDisabledUsersWithoutAnAccountAreToldOnce uses 300 disabled users, as a company has after some years.
func TestDisabledUsersWithoutAnAccountAreToldOnce(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365()))
	people := company.Many(300)
	require.NoError(t, s.Tenant.ReplacePeople(people))
	for _, person := range people {
		s.edit(t, idOf(t, person), map[string]any{"accountEnabled": false})
	}
	first := s.apply(t)
	assert.Equal(t, 300, s.count(t, `SELECT count(*) FROM entrasync_changes WHERE run_id = $1`, first.ID))
	second := s.apply(t)
	assert.Equal(t, []int{300, 300}, []int{second.Counts["skipped"], second.Counts["unlisted"]}, "%s", second.Raw)
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_changes WHERE run_id = $1`, second.ID))
	assert.Equal(t, 300, s.count(t, `SELECT count(*) FROM entrasync_changes WHERE run_id = $1`, s.sync(t, stage.ModePreview).ID), "a preview lists all")

	t.Run("again without the history of the run that told it", func(t *testing.T) {
		s.execute(t, `DELETE FROM entrasync_changes WHERE run_id = $1`, first.ID)
		s.execute(t, `DELETE FROM entrasync_runs WHERE id = $1`, first.ID)
		assert.Zero(t, s.apply(t).Counts["unlisted"])
	})
}

func TestAConflictIsListedUntilItIsAcknowledged(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim Haneul"), office365()))
	s.register(t, &model.User{Username: "haneul", Email: haneul, Password: "an-invented-password-1"})
	conflicts := func() int { return s.apply(t).Counts["conflicts"] }
	run := s.apply(t)
	line := s.changeOf(t, run, haneul)
	require.Equal(t, "conflict", line.Action)
	require.Equal(t, 1, conflicts(), "it is listed in each run")

	acknowledge := func(isAcknowledged bool) {
		body := map[string]any{"changes": []int{line.Seq}, "acknowledged": isAcknowledged}
		got := s.ask(t, asks{method: http.MethodPost, route: "/runs/" + run.ID + "/acknowledge", body: body}.by(s.Mattermost.Admin))
		require.Equal(t, http.StatusOK, got.status, "%s", got)
	}
	acknowledge(true)
	assert.Equal(t, "acknowledged", s.changeOf(t, run, haneul).Status)
	later := s.apply(t)
	assert.Equal(t, []int{0, 1, 1}, []int{later.Counts["conflicts"], later.Counts["skipped"], later.Counts["unlisted"]}, "%s", later.Raw)
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_changes WHERE run_id = $1`, later.ID))

	acknowledge(false)
	assert.Equal(t, 1, conflicts())
}
