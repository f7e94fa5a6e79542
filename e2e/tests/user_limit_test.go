package tests

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// userLimit is the user limit of a server without a license, including the stage's accounts.
const userLimit = 250

func TestAtTheServersUserLimitCreationStopsWithOneClearErrorAndTheRestGoesOn(t *testing.T) {
	// One at a time, because the server accepts a few more when several are created at once.
	s := begin(t, plain, policy(everyone(), office365(), map[string]any{"limits": map[string]any{"concurrency": 1}}))
	known, fresh := company.Many(400)[:100], company.Many(400)[100:]
	require.NoError(t, s.Tenant.ReplacePeople(known))
	s.apply(t)
	own := s.count(t, `SELECT count(*) FROM users WHERE deleteat = 0 AND id NOT IN (SELECT userid FROM bots)`) - len(known)
	// The known ones come last, so that their changes are made after the limit is reached.
	require.NoError(t, s.Tenant.ReplacePeople(append(fresh, known...)))
	s.edit(t, idOf(t, known[99]), map[string]any{"jobTitle": "Director"})

	run := s.sync(t, stage.ModeApply)

	room := userLimit - own - len(known)
	assert.Equal(t, "partial", run.State)
	if assert.NotNil(t, run.Error, "%s", run.Raw) {
		assert.Equal(t, "user_limit", run.Error.Code)
	}
	assert.Equal(t, room, run.Counts["created"])
	assert.Equal(t, len(fresh)-room, run.Counts["skipped"])
	assert.Zero(t, run.Counts["failed"])
	assert.Equal(t, 1, run.Counts["updated"], "the rest goes on")
	assert.Equal(t, userLimit-own, s.countAccounts(t))
	for seq, each := range s.changes(t, run.ID) {
		switch {
		case each.Action == "update":
		case seq < room:
			assert.Equal(t, []string{"create", "done", "new_person"}, []string{each.Action, each.Status, each.Reason})
		default:
			assert.Equal(t, []string{"skip", "planned", "user_limit"}, []string{each.Action, each.Status, each.Reason})
		}
	}
	t.Run("a preview says which ones, as the run does", func(t *testing.T) {
		preview := s.sync(t, stage.ModePreview)
		assert.Equal(t, len(fresh)-room, preview.Counts["skipped"])
		assert.Zero(t, preview.Counts["created"])
	})
	t.Run("a later run says so again and changes nothing", func(t *testing.T) {
		before := s.fingerprint(t, "users")
		again := s.sync(t, stage.ModeApply)
		assert.Equal(t, "user_limit", again.Error.Code)
		assert.Equal(t, before, s.fingerprint(t, "users"))
	})
}

func idOf(t *testing.T, person json.RawMessage) string {
	t.Helper()
	var attributes struct {
		ID string `json:"id"`
	}
	require.NoError(t, json.Unmarshal(person, &attributes))
	return attributes.ID
}

func TestTheMoveOfADeactivatedAccountStaysHeldOnAFullServer(t *testing.T) {
	const newID = "00000000-0000-4000-8000-0000000000aa"
	s := begin(t, plain, policy(allow("Minjun", "Hana Kim"), matching(map[string]any{"recreated": "relink"}), leavers(map[string]any{"min_minutes_between_reads": 0})))
	s.apply(t)
	account := s.accounts(t)[minjun].ID
	oldID := s.objectID(t, minjun)
	s.edit(t, oldID, map[string]any{"accountEnabled": false})
	require.Equal(t, []string{"deactivate", "done", "disabled"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
	s.recreate(t, oldID, newID)
	s.edit(t, newID, map[string]any{"accountEnabled": true})
	require.Equal(t, []string{"conflict", "planned", "relink_waits"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)), "one read proves nothing")
	held := s.sync(t, stage.ModeApply)
	told := s.changeOf(t, held, minjun)
	require.Equal(t, []string{"update", "held", "relinked"}, outcomeOf(told), "a user who was disabled first is created again like any other")

	s.execute(t, `INSERT INTO users (id, username, email, roles, deleteat, createat, updateat)
		SELECT 'filler' || n, 'filler' || n, 'filler' || n || '@hanbit.example', 'system_user', 0, 1, 1 FROM generate_series(1, $1::int) AS n`, userLimit)
	full := s.approveLines(t, held, told.Seq)
	assert.Equal(t, []int{0, 0, 1}, []int{full.Counts["updated"], full.Counts["failed"], full.Counts["skipped"]}, "%s", full.Raw)
	require.NotNil(t, full.Error)
	assert.Equal(t, "user_limit", full.Error.Code)
	assert.Equal(t, map[string]string{oldID: account}, map[string]string{oldID: s.links(t)[oldID]})

	s.execute(t, `DELETE FROM users WHERE id LIKE 'filler%'`)
	assert.Equal(t, 1, s.approveLines(t, held, told.Seq).Counts["updated"], "what did not fit is still held")
	assert.Equal(t, account, s.links(t)[newID])
	assert.Zero(t, s.accounts(t)[minjun].DeleteAt)
}
