package tests

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// checkSecondApply runs again after a first sync, when all accounts match the directory.
func checkSecondApply(t *testing.T, s *scene) {
	before := s.fingerprints(t)
	links := s.fingerprint(t, "entrasync_links")

	run := s.apply(t)

	assert.Zero(t, run.Counts["created"])
	assert.Zero(t, run.Counts["updated"])
	assert.Equal(t, 111, run.Counts["unchanged"])
	assert.Equal(t, before, s.fingerprints(t))
	assert.Equal(t, links, s.fingerprint(t, "entrasync_links"))
}

func TestAPreviewWritesNothingOutsideThePluginsOwnTables(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	s.apply(t)
	// Something of each kind to plan: new users, a changed one, and an existing account to link.
	s.edit(t, s.objectID(t, "minjun.kim@hanbit.example"), map[string]any{"displayName": "Minjun Kim [Search]"})
	s.execute(t, `DELETE FROM entrasync_links WHERE account_id = $1`, s.accounts(t)["hana.kim@hanbit.example"].ID)
	s.configure(t, policy(allow("Kim", "한")))
	before := s.fingerprints(t)
	links := s.fingerprint(t, "entrasync_links")

	run := s.sync(t, stage.ModePreview)

	assert.Equal(t, "succeeded", run.State)
	assert.Equal(t, 9, run.Counts["created"], "what an apply would do")
	assert.Equal(t, 2, run.Counts["updated"])
	assert.Equal(t, before, s.fingerprints(t))
	assert.Equal(t, links, s.fingerprint(t, "entrasync_links"))
	for _, each := range s.changes(t, run.ID) {
		assert.Equal(t, "planned", each.Status)
	}
}
