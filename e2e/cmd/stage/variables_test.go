package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

var credentials = map[string]string{
	tenantIDVariable: "a-tenant", clientIDVariable: "an-app", clientSecretVariable: "a-secret",
}

func TestWithoutVariablesTheWholeCompanyIsSynced(t *testing.T) {
	wanted := read(t, nil)
	if wanted.mode != stage.ModeApply || wanted.once {
		t.Errorf("mode %s, once %t; want an apply that stays", wanted.mode, wanted.once)
	}
	if got, want := len(wanted.options.People), len(company.People()); got != want {
		t.Errorf("%d people, want %d", got, want)
	}
	if wanted.options.Directory != nil || wanted.options.Licensed {
		t.Error("want the simulated tenant and an unlicensed server")
	}
	wantPolicy(t, wanted, `{"Policy":{"scope":{"everyone":true},"version":1}}`)
}

func TestTheAllowListIsSplitAtCommas(t *testing.T) {
	names := `{"Policy":{"scope":{"allow":{"display_name_contains":["한","Kim Min"]}},"version":1}}`
	everyone := `{"Policy":{"scope":{"everyone":true},"version":1}}`
	for list, policy := range map[string]string{"한, Kim Min,": names, "*": everyone, "": everyone} {
		wantPolicy(t, read(t, map[string]string{allowVariable: list}), policy)
	}
}

func TestOnceIsSwitchedByItsValue(t *testing.T) {
	for value, once := range map[string]bool{"1": true, "0": false, "": false} {
		if wanted := read(t, map[string]string{onceVariable: value}); wanted.once != once {
			t.Errorf("%s=%q gives %t", onceVariable, value, wanted.once)
		}
	}
}

func TestALargeExportNeedsALicensedServer(t *testing.T) {
	people, err := json.Marshal(map[string]any{"value": company.Many(smallTenant + 1)})
	if err != nil {
		t.Fatal(err)
	}
	wanted := read(t, map[string]string{tenantDataVariable: write(t, string(people))})
	if len(wanted.options.People) != smallTenant+1 || !wanted.options.Licensed {
		t.Errorf("%d people, licensed %t", len(wanted.options.People), wanted.options.Licensed)
	}
}

func TestAnotherTenantIsTrustedByItsAuthority(t *testing.T) {
	wanted := read(t, credentials, map[string]string{
		tenantURLVariable: "https://tenant.example/", tenantCAVariable: write(t, "an authority"),
	})
	directory := wanted.options.Directory
	if directory == nil || directory.URL != "https://tenant.example" || string(directory.CAPEM) != "an authority" {
		t.Fatalf("the directory is %+v", directory)
	}
	if directory.TenantID != "a-tenant" || directory.ClientID != "an-app" || directory.ClientSecret != "a-secret" {
		t.Errorf("the credentials are %+v", directory)
	}
	if wanted.mode != stage.ModeApply {
		t.Errorf("mode %s", wanted.mode)
	}
}

func TestARealTenantIsOnlyPreviewed(t *testing.T) {
	wanted := read(t, credentials)
	if wanted.mode != stage.ModePreview {
		t.Errorf("mode %s, want a preview", wanted.mode)
	}
	if wanted.options.Directory == nil || wanted.options.Directory.URL != "" {
		t.Errorf("the directory is %+v, want Microsoft's cloud", wanted.options.Directory)
	}
}

func TestVariablesThatDoNotFitAreRefused(t *testing.T) {
	cases := map[string]struct {
		variables map[string]string
		names     string
	}{
		"a host without credentials":        {map[string]string{tenantURLVariable: "https://tenant.example"}, tenantIDVariable},
		"credentials without the secret":    {map[string]string{tenantIDVariable: "a", clientIDVariable: "b"}, clientSecretVariable},
		"an authority without a host":       {with(credentials, tenantCAVariable, "ca.pem"), tenantURLVariable},
		"an export beside another tenant":   {with(credentials, tenantDataVariable, "x.json"), tenantDataVariable},
		"an export that is no user listing": {map[string]string{tenantDataVariable: write(t, `{"users":[]}`)}, "value"},
		"an export that does not exist":     {map[string]string{tenantDataVariable: "missing.json"}, "missing.json"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := readVariables(func(name string) string { return c.variables[name] })
			if err == nil || !strings.Contains(err.Error(), c.names) {
				t.Errorf("error %v, want one that names %s", err, c.names)
			}
		})
	}
}

func read(t *testing.T, variables ...map[string]string) demo {
	t.Helper()
	wanted, err := readVariables(func(name string) string {
		for _, each := range variables {
			if value, set := each[name]; set {
				return value
			}
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	return wanted
}

func wantPolicy(t *testing.T, wanted demo, policy string) {
	t.Helper()
	settings, err := json.Marshal(wanted.options.Settings)
	if err != nil {
		t.Fatal(err)
	}
	if string(settings) != policy {
		t.Errorf("the settings are %s, want %s", settings, policy)
	}
}

func with(variables map[string]string, name, value string) map[string]string {
	more := map[string]string{name: value}
	for name, value := range variables {
		more[name] = value
	}
	return more
}

func write(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
