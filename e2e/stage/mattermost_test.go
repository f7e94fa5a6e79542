package stage

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// startTimeout limits the start of a scene, including the first build of the server.
const startTimeout = 20 * time.Minute

// A start takes seconds, so all of these share one server with everything turned on.
func TestMattermost(t *testing.T) {
	client := t.TempDir()
	writeFile(t, filepath.Join(client, "root.html"), `<!doctype html>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<script src="/static/main.js"></script>`)
	writeFile(t, filepath.Join(client, "main.js"), "window.started = true;")
	t.Setenv("MM_TEAMSETTINGS_SITENAME", "Set by the environment")
	m := startServer(t, MattermostOptions{Licensed: true, Subpath: "/chat", ClientDir: client})

	t.Run("lives below its subpath only", func(t *testing.T) { checkSubpath(t, m) })
	t.Run("serves the web client under its own policy", func(t *testing.T) { checkClient(t, m) })
	t.Run("gives people their roles", func(t *testing.T) { checkRoles(t, m) })
	t.Run("logs", func(t *testing.T) { checkLog(t, m) })
	t.Run("keeps people, sessions and settings when it is killed", func(t *testing.T) { checkKill(t, m) })
}

func checkSubpath(t *testing.T, m *Mattermost) {
	root, hasSubpath := strings.CutSuffix(m.URL, "/chat")
	if !hasSubpath {
		t.Fatalf("URL %s does not end with the subpath", m.URL)
	}
	atRoot := model.NewAPIv4Client(root)
	if _, _, err := atRoot.Login(testContext(t), m.Admin.Username, m.Admin.Password); err == nil {
		t.Error("the API also answers outside the subpath")
	}
}

func checkClient(t *testing.T, m *Mattermost) {
	page, body := get(t, m.URL+"/admin_console/plugins/plugin_entrasync")
	if !strings.Contains(body, `"/chat/static/main.js"`) {
		t.Errorf("the page is %q", body)
	}
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") {
		t.Errorf("the page's policy is %q", policy)
	}
	if _, body := get(t, m.URL+"/static/main.js"); body != "window.started = true;" {
		t.Errorf("the script is %q", body)
	}
}

func checkRoles(t *testing.T, m *Mattermost) {
	ctx := testContext(t)
	team := must(m.CreateTeam(ctx, "rehearsal"))(t)
	user := must(m.CreateUser(ctx, "ulla"))(t)
	guest := must(m.CreateGuest(ctx, "gustav"))(t)
	teamAdmin := must(m.CreateTeamAdmin(ctx, "tomas", team))(t)
	systemAdmin := must(m.CreateSystemAdmin(ctx, "sofia"))(t)

	for account, roles := range map[*Account]string{
		m.Admin: "system_admin system_user", user: "system_user", guest: "system_guest",
		teamAdmin: "system_user", systemAdmin: "system_user system_admin",
	} {
		me, _, err := account.Client.GetMe(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		if me.Roles != roles {
			t.Errorf("%s has the roles %q, want %q", account.Username, me.Roles, roles)
		}
	}
	member, _, err := teamAdmin.Client.GetTeamMember(ctx, team.Id, teamAdmin.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	if !member.SchemeAdmin {
		t.Error("the team admin does not administer the team")
	}
	if answer := must(teamAdmin.RunCommand(ctx, team, "/me waves"))(t); answer != "*waves*" {
		t.Errorf("the command answered %q", answer)
	}
}

func checkLog(t *testing.T, m *Mattermost) {
	log := must(m.Log())(t)
	if !strings.Contains(log, `"level":"debug"`) {
		t.Errorf("the log has no debug messages in its %d bytes", len(log))
	}
}

func checkKill(t *testing.T, m *Mattermost) {
	ctx := testContext(t)
	user := must(m.CreateUser(ctx, "dana"))(t)
	patch := &model.Config{TeamSettings: model.TeamSettings{SiteName: model.NewPointer("Rehearsal")}}
	if _, _, err := m.Admin.Client.PatchConfig(ctx, patch); err != nil {
		t.Fatal(err)
	}

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

func startServer(t *testing.T, options MattermostOptions) *Mattermost {
	t.Helper()
	options.DSN = openPostgres(t, reachableDir(t)).DSN
	options.Dir = t.TempDir()
	m, err := StartMattermost(testContext(t), options)
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

// must returns a function that ends the test on an error, and returns the value otherwise.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	t.Cleanup(cancel)
	return ctx
}

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s answered %d: %s", url, response.StatusCode, body)
	}
	return response, string(body)
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
