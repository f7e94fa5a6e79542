package tests

import (
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// heldRun has the additional fields of a run that these tests check.
type heldRun struct {
	*stage.Run
	holdFields
}

type holdFields struct {
	Hold *struct {
		Kinds []struct {
			Kind  string `json:"kind"`
			Count int    `json:"count"`
			Total int    `json:"total"`
		} `json:"kinds"`
		ExpiresAt int64 `json:"expires_at"`
	} `json:"hold"`
	Approves   string `json:"approves"`
	ApprovedBy string `json:"approved_by"`
	ApprovedAt int64  `json:"approved_at"`
}

func (s *scene) heldRun(t *testing.T, run *stage.Run) heldRun {
	t.Helper()
	now := s.getRun(t, run.ID)
	var held heldRun
	require.NoError(t, decodeJSON(now.Raw, &held.holdFields))
	held.Run = now
	return held
}

// holdSeven disables seven of the ten users in scope, which a run holds.
func holdSeven(t *testing.T) (*scene, heldRun) {
	t.Helper()
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	disabled := 0
	for email := range s.accounts(t) {
		if disabled < 7 {
			s.edit(t, s.objectID(t, email), map[string]any{"accountEnabled": false})
			disabled++
		}
	}
	return s, s.heldRun(t, s.sync(t, stage.ModeApply))
}

func (s *scene) active(t *testing.T) int {
	t.Helper()
	return s.count(t, `SELECT count(*) FROM users WHERE deleteat = 0 AND NOT `+stageAccounts)
}

func (s *scene) approve(t *testing.T, run heldRun, body any) answer {
	t.Helper()
	return s.ask(t, asks{method: http.MethodPost, route: "/runs/" + run.ID + "/approve", body: body}.by(s.Mattermost.Admin))
}

func TestManyDeactivationsWaitForAnApprovalWhichIsRecorded(t *testing.T) {
	s, held := holdSeven(t)
	require.Equal(t, "held", held.State, "%s", held.Raw)
	assert.Equal(t, 7, held.Counts["held"])
	require.Len(t, held.Hold.Kinds, 1)
	assert.Equal(t, "deactivations", held.Hold.Kinds[0].Kind)
	assert.Equal(t, []int{7, 10}, []int{held.Hold.Kinds[0].Count, held.Hold.Kinds[0].Total})
	assert.Equal(t, 10, s.active(t))

	waitingLines := slices.DeleteFunc(s.changes(t, held.ID), func(line change) bool { return line.Status != "held" })
	require.Len(t, waitingLines, 7)
	accepted := s.approve(t, held, map[string]any{"changes": []int{waitingLines[0].Seq, waitingLines[3].Seq}})
	require.Equal(t, http.StatusAccepted, accepted.status, accepted.String())
	var approval stage.Run
	accepted.decode(t, &approval)
	assert.Equal(t, 2, s.awaitEnd(t, approval.ID).Counts["deactivated"])
	assert.Equal(t, held.ID, s.heldRun(t, &approval).Approves)
	assert.Equal(t, 8, s.active(t))

	admin := s.Mattermost.Admin
	recorded := s.heldRun(t, held.Run)
	assert.Equal(t, admin.ID, recorded.ApprovedBy)
	assert.NotZero(t, recorded.ApprovedAt)
	assert.Equal(t, "held", recorded.State, "five changes still wait")

	// One of them has returned in the meantime. Only changes that still apply are made.
	back := waitingLines[1]
	s.edit(t, back.ObjectID, map[string]any{"accountEnabled": true})
	s.join(t, admin)
	assert.NotEmpty(t, s.run(t, admin, "approve"))
	s.awaitEndOfRuns(t)
	assert.Equal(t, 4, s.active(t))
	assert.NotEqual(t, "held", s.getRun(t, held.ID).State)
	for _, line := range s.changes(t, held.ID) {
		if line.Action == "skip" {
			continue // a user without an account
		}
		if line.Seq == back.Seq {
			assert.Equal(t, "failed", line.Status)
			assert.Equal(t, "change_outdated", line.Error.Code)
		} else {
			assert.Equal(t, "done", line.Status)
		}
	}
	refused := s.approve(t, held, nil)
	assert.Equal(t, "nothing_held", refused.code())
	assert.Equal(t, http.StatusConflict, refused.status)
}

func TestAnApprovalExpires(t *testing.T) {
	s, held := holdSeven(t)
	s.execute(t, `UPDATE entrasync_runs SET hold = jsonb_set(hold, '{expires_at}', '1') WHERE id = $1`, held.ID)
	refused := s.approve(t, held, nil)
	assert.Equal(t, http.StatusConflict, refused.status)
	assert.Equal(t, "approval_expired", refused.code())
	assert.Equal(t, 10, s.active(t))
}

func TestADirectoryThatAnswersEmptyIsHeldWhole(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	before := s.fingerprint(t, "users")
	require.NoError(t, s.Tenant.ReplacePeople(nil))
	for range 3 {
		held := s.heldRun(t, s.sync(t, stage.ModeApply))
		assert.Equal(t, "held", held.State)
		assert.Equal(t, 10, held.Counts["held"])
		require.Len(t, held.Hold.Kinds, 1)
		assert.Equal(t, "directory_shrunk", held.Hold.Kinds[0].Kind)
	}
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

func TestAPolicyThatLetsNobodyInIsHeld(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	s.configure(t, policy(map[string]any{}, office365()))
	held := s.heldRun(t, s.sync(t, stage.ModeApply))
	assert.Equal(t, "held", held.State)
	assert.Equal(t, 10, held.Counts["held"])
	assert.Equal(t, 10, s.active(t))
}
