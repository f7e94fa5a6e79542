package stage

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// startTimeout bounds the start of a scene, with the first build of the server in it.
const startTimeout = 20 * time.Minute

func TestServerKeepsPeopleAndSettingsWhenItIsKilled(t *testing.T) {
	ctx := testContext(t)
	m := startServer(t, MattermostOptions{})
	user, err := m.CreateUser(ctx, "dana")
	if err != nil {
		t.Fatal(err)
	}
	saveSiteName(t, m, "Rehearsal")

	m.Kill()
	if _, _, err := m.Client().GetPing(ctx); err == nil {
		t.Fatal("the server still answers after it was killed")
	}
	if err := m.Start(ctx); err != nil {
		t.Fatal(err)
	}

	me, _, err := user.Client.GetMe(ctx, "")
	if err != nil {
		t.Fatalf("the session did not outlive the server: %v", err)
	}
	if me.Id != user.ID {
		t.Errorf("the session is that of %s, want %s", me.Id, user.ID)
	}
	config, _, err := m.Admin.Client.GetConfig(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if name := *config.TeamSettings.SiteName; name != "Rehearsal" {
		t.Errorf("the site is called %q after the restart, want the saved name", name)
	}
}

func TestServerLivesBelowASubpath(t *testing.T) {
	ctx := testContext(t)
	m := startServer(t, MattermostOptions{Subpath: "/chat"})
	root, hasSubpath := strings.CutSuffix(m.URL, "/chat")
	if !hasSubpath {
		t.Fatalf("URL %s does not end with the subpath", m.URL)
	}
	// Creating the administrator went through the subpath; the root must not answer as the API.
	atRoot := model.NewAPIv4Client(root)
	if _, _, err := atRoot.Login(ctx, m.Admin.Username, m.Admin.Password); err == nil {
		t.Error("the API also answers outside the subpath")
	}
}

func TestPeopleHaveTheirRoles(t *testing.T) {
	ctx := testContext(t)
	m := startServer(t, MattermostOptions{})
	team, err := m.CreateTeam(ctx, "rehearsal")
	if err != nil {
		t.Fatal(err)
	}
	teamAdmin, err := m.CreateTeamAdmin(ctx, "tomas", team)
	if err != nil {
		t.Fatal(err)
	}
	member, _, err := teamAdmin.Client.GetTeamMember(ctx, team.Id, teamAdmin.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	if !member.SchemeAdmin {
		t.Error("the team admin does not administer the team")
	}
	if _, _, err := teamAdmin.Client.GetConfig(ctx); err == nil {
		t.Error("the team admin may read the whole configuration")
	}
	systemAdmin, err := m.CreateSystemAdmin(ctx, "sofia")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := systemAdmin.Client.GetConfig(ctx); err != nil {
		t.Errorf("the second system administrator may not read the configuration: %v", err)
	}
	answer, err := teamAdmin.RunCommand(ctx, team, "/me waves")
	if err != nil {
		t.Fatal(err)
	}
	if answer != "*waves*" {
		t.Errorf("the command answered %q", answer)
	}
}

func TestLicensedServerHasGuestsAndLogs(t *testing.T) {
	ctx := testContext(t)
	m := startServer(t, MattermostOptions{Licensed: true})
	log, err := m.Log()
	if err != nil {
		t.Fatal(err)
	}
	if log == "" {
		t.Error("the log is empty")
	}
	guest, err := m.CreateGuest(ctx, "gustav")
	if err != nil {
		t.Fatal(err)
	}
	me, _, err := guest.Client.GetMe(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if me.Roles != model.SystemGuestRoleId {
		t.Errorf("the guest's roles are %q", me.Roles)
	}
}

func startServer(t *testing.T, options MattermostOptions) *Mattermost {
	t.Helper()
	ctx := testContext(t)
	postgres := openPostgres(t, reachableDir(t))
	options.DSN = postgres.DSN
	options.Dir = t.TempDir()
	m, err := StartMattermost(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Stop(); err != nil {
			t.Error(err)
		}
	})
	return m
}

func saveSiteName(t *testing.T, m *Mattermost, name string) {
	t.Helper()
	patch := &model.Config{TeamSettings: model.TeamSettings{SiteName: model.NewPointer(name)}}
	if _, _, err := m.Admin.Client.PatchConfig(testContext(t), patch); err != nil {
		t.Fatal(err)
	}
}

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	t.Cleanup(cancel)
	return ctx
}
