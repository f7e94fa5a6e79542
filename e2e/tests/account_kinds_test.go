package tests

import (
	"context"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

func TestAGuestAccountIsLinkedAndToldAsAGuestAccount(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun")))
	guest := s.register(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	s.promote(t, guest.Id, model.SystemGuestRoleId)
	for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
		told := s.changeOf(t, s.sync(t, mode), minjun)
		assert.Equal(t, []any{"update", "adopted_by_email", "guest"}, []any{told.Action, told.Reason, told.ReasonParams["account_kind"]}, mode)
	}
	assert.Equal(t, guest.Id, s.links(t)[s.objectID(t, minjun)])
	assert.Equal(t, model.SystemGuestRoleId, s.accounts(t)[minjun].Roles, "the sync promotes no one")
	assert.Equal(t, []string{"skip", "planned", "guest_account"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
	assert.Equal(t, 1, s.apply(t).Counts["unlisted"], "it is told once")
}

func TestALinkedAccountThatBecomesAGuestOrABotIsTold(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	s.apply(t)
	skipped := s.apply(t).Counts["skipped"]
	accounts := s.accounts(t)
	s.promote(t, accounts[minjun].ID, model.SystemGuestRoleId)
	_, _, err := s.Mattermost.Admin.Client.ConvertUserToBot(waiting(t), accounts[hana].ID)
	require.NoError(t, err)

	// Bots stay when a scene begins again.
	t.Cleanup(func() {
		_, err := s.Postgres.DB.ExecContext(context.Background(), `DELETE FROM bots WHERE userid = $1`, accounts[hana].ID)
		require.NoError(t, err)
	})

	run := s.apply(t)
	assert.Equal(t, []string{"skip", "planned", "guest_account"}, outcomeOf(s.changeOf(t, run, minjun)))
	assert.Equal(t, []string{"skip", "planned", "bot_account"}, outcomeOf(s.changeOf(t, run, hana)))
	again := s.apply(t)
	assert.Equal(t, skipped+2, again.Counts["unlisted"], "%s", again.Raw)

	// A guest who leaves is a leaver like any other.
	s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": false})
	assert.Equal(t, []string{"deactivate", "done", "disabled"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
}
