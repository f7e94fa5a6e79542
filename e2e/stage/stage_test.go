package stage

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// TestPluginRunsAgainAfterTheServerWasKilled requires the plugin's archive, which `make dist-host` builds.
func TestPluginRunsAgainAfterTheServerWasKilled(t *testing.T) {
	ctx := testContext(t)
	scene, err := Start(ctx, Options{People: company.People(), Settings: AllowEveryone()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStage(t, scene) })
	m := scene.Mattermost
	if err := m.ConfigurePlugin(ctx, PluginID, map[string]any{"Schedule": "0 4 * * *"}); err != nil {
		t.Fatal(err)
	}

	m.Kill()
	if err := m.Start(ctx); err != nil {
		t.Fatal(err)
	}
	if err := m.WaitForPlugin(ctx, PluginID); err != nil {
		t.Fatal(err)
	}

	config, _, err := m.Admin.Client.GetConfig(ctx)
	if err != nil {
		t.Fatal(err)
	}
	settings := config.PluginSettings.Plugins[PluginID]
	if settings["tenantid"] != scene.Tenant.TenantID || settings["schedule"] != "0 4 * * *" {
		t.Errorf("the settings after the restart are %v", settings)
	}
	if *config.ServiceSettings.EnableOnboardingFlow {
		t.Error("a web client would ask onboarding questions")
	}
	if settings["clientsecret"] == scene.Tenant.ClientSecret {
		t.Error("the server tells the client secret")
	}
}

func TestAFailedStartLeavesNothing(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "plugin.tar.gz")
	writeFile(t, archive, "not an archive")
	temp := filepath.Dir(reachableDir(t))
	t.Setenv("TMPDIR", temp)
	if _, err := Start(testContext(t), Options{Archive: archive}); err == nil {
		t.Fatal("started with a broken plugin")
	}
	left, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func closeStage(t *testing.T, scene *Stage) {
	t.Helper()
	if err := scene.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(scene.dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", scene.dir, err)
	}
}
