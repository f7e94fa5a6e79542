package tests

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

func TestPageShowsTheNumbersAtAGlance(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	type overview struct {
		Directory       int    `json:"directory"`
		InScope         int    `json:"in_scope"`
		ReadAt          int64  `json:"read_at"`
		Linked          int    `json:"linked"`
		Deactivated     int    `json:"deactivated"`
		ConflictsRun    string `json:"conflicts_run"`
		SecretExpiresAt int64  `json:"secret_expires_at"`
	}
	var told overview
	s.read(t, getting("/overview"), &told)
	assert.Equal(t, []int{0, 0, 0}, []int{told.Directory, told.InScope, told.Linked})
	assert.WithinDuration(t, time.Now().AddDate(0, 0, 180), time.UnixMilli(told.SecretExpiresAt), 24*time.Hour)

	run := s.apply(t)
	s.edit(t, s.linked(t, 1)[0], map[string]any{"accountEnabled": false})
	assert.Equal(t, 1, s.apply(t).Counts["deactivated"])
	s.read(t, getting("/overview"), &told)
	assert.Equal(t, []int{120, run.Counts["in_scope"], 10, 1}, []int{told.Directory, told.InScope, told.Linked, told.Deactivated})
	assert.NotZero(t, told.ReadAt)

	// Most applications do not have permission to read themselves.
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchApplications, Kind: tenant.ConsentMissing}))
	s.configure(t)
	s.read(t, getting("/overview"), &told)
	assert.Zero(t, told.SecretExpiresAt)

	s.Tenant.Faults.Clear()
	soon := time.Now().Add(48 * time.Hour).Truncate(time.Second)
	s.Tenant.SetSecrets(tenant.Secret{Hint: "abc", EndsAt: time.Now().Add(time.Hour)}, tenant.Secret{Hint: s.Tenant.ClientSecret[:3], EndsAt: soon})
	s.configure(t)
	s.read(t, getting("/overview"), &told)
	assert.Equal(t, soon.UnixMilli(), told.SecretExpiresAt, "the secret that begins as ours does")
}

func TestPageFindsGroupsByName(t *testing.T) {
	s := begin(t, plain)
	type groups struct {
		Groups []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"groups"`
	}
	find := func(query string) (names []string) {
		t.Helper()
		var answer groups
		s.read(t, getting("/groups?"+query), &answer)
		for _, group := range answer.Groups {
			assert.Equal(t, company.GroupID(group.Name), group.ID)
			names = append(names, group.Name)
		}
		return names
	}
	assert.Equal(t, []string{"Platform"}, find("q=plat"))
	assert.Equal(t, []string{"플랫폼팀"}, find("q="+url.QueryEscape("플랫폼")))
	assert.Empty(t, find("q="+url.QueryEscape(`"' OR displayName:\`)))
	unknown := "0c9d3c1a-7e5b-4d42-9a9e-3f9d1f6f0a11"
	assert.Equal(t, []string{"Sales", "Platform"}, find("ids="+company.GroupID("Sales")+","+unknown+",nonsense,"+company.GroupID("Platform")))

	for _, query := range []string{"", "q=", "q=a&ids=b"} {
		s.refuseAdmin(t, getting("/groups?"+query), http.StatusBadRequest, "request_invalid")
	}
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchGroups, Kind: tenant.ConsentMissing}))
	s.refuseAdmin(t, getting("/groups?q=plat"), http.StatusBadGateway, "group_consent_missing")
	s.refuseAdmin(t, getting("/groups?ids="+company.GroupID("Sales")), http.StatusBadGateway, "group_consent_missing")
	s.configure(t, map[string]any{"TenantId": "", "ClientId": "", "ClientSecret": ""})
	s.refuseAdmin(t, getting("/groups?q=plat"), http.StatusBadRequest, "not_configured")
}
