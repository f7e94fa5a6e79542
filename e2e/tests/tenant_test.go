package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

func TestTheTenantWrittenAsADomainNameHasTheSameLinks(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	links := s.links(t)
	require.NotEmpty(t, links)
	for _, opaque := range []bool{false, true} {
		s.Tenant.SetOpaqueTokens(opaque)
		t.Cleanup(func() { s.Tenant.SetOpaqueTokens(false) })
		for _, written := range []string{tenant.DefaultDomain, strings.ToUpper(s.Tenant.TenantID), strings.ToUpper(tenant.DefaultDomain), "hanbit.onmicrosoft.example", s.Tenant.TenantID} {
			s.configure(t, map[string]any{"TenantId": written})
			for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
				run := s.sync(t, mode)
				require.Equal(t, "succeeded", run.State, "%s %s", written, run.Raw)
				assert.Equal(t, len(links), run.Counts["unchanged"], written)
			}
			assert.Equal(t, links, s.links(t))
			assert.Equal(t, 1, s.count(t, `SELECT count(DISTINCT tenant_id) FROM entrasync_links`))
		}
	}
}

func TestLinksThatAnEarlierVersionStoredUnderTheNameOfTheTenantAreItsOwn(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	links := s.links(t)
	for _, written := range []string{tenant.DefaultDomain, s.Tenant.TenantID} {
		s.execute(t, `UPDATE entrasync_links SET tenant_id = $1`, tenant.DefaultDomain)
		s.configure(t, map[string]any{"TenantId": written})
		assert.Equal(t, len(links), s.apply(t).Counts["unchanged"], written)
		assert.Equal(t, links, s.links(t))
		assert.Equal(t, len(links), s.count(t, `SELECT count(*) FROM entrasync_links WHERE tenant_id = $1`, s.Tenant.TenantID))
	}

	// They also remember by which values their users were in scope.
	s.execute(t, `UPDATE entrasync_links SET tenant_id = $1`, tenant.DefaultDomain)
	s.edit(t, s.objectID(t, minjun), map[string]any{"displayName": "Minjun Lee"})
	told := s.changeOf(t, s.sync(t, stage.ModeApply), minjun)
	assert.Equal(t, "out_of_scope", told.Reason)
	assert.Contains(t, told.ReasonParams["scope_changes"], `displayName: "Minjun Kim`)
}

func TestLinksOfAnotherTenantStopARunBeforeItWrites(t *testing.T) {
	const other = "22222222-0000-4000-8000-000000000000"
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	s.execute(t, `UPDATE entrasync_links SET tenant_id = $1`, other)
	before := s.fingerprint(t, "users")
	for _, mode := range []string{stage.ModePreview, stage.ModeApply} {
		run := s.sync(t, mode)
		require.Equal(t, "failed", run.State)
		assert.Equal(t, "tenant_changed", run.Error.Code)
		assert.Contains(t, run.Error.Message, other)
		assert.Contains(t, run.Error.Message, s.Tenant.TenantID)
		assert.Equal(t, before, s.fingerprint(t, "users"))
	}

	s.configure(t, map[string]any{"MoveToTenant": other})
	assert.Equal(t, "failed", s.sync(t, stage.ModeApply).State, "an administrator has agreed to another tenant")

	s.configure(t, map[string]any{"MoveToTenant": strings.ToUpper(s.Tenant.TenantID)})
	s.apply(t)
	assert.NotZero(t, s.count(t, `SELECT count(*) FROM entrasync_links WHERE tenant_id = $1`, s.Tenant.TenantID))
}
