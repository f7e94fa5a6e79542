package tests

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// startTimeout limits the start of a scene, including the first build of the server. The other two limit what a test
// waits for, so that a hang fails one test instead of the package: a request or a run (a page that stays
// truncated takes a minute of retries), and something that happens automatically (a schedule takes up to a minute).
const (
	startTimeout = 20 * time.Minute
	waitTimeout  = 3 * time.Minute
	patience     = 2 * time.Minute
)

// subpath is the subpath of the licensed server.
const subpath = "/chat"

var (
	plain    = &sharedScene{options: stage.Options{People: company.People()}}
	licensed = &sharedScene{options: stage.Options{Licensed: true, Subpath: subpath}}
	oldest   = &sharedScene{options: stage.Options{People: company.People(), Release: stage.Oldest}}
)

func TestMain(m *testing.M) {
	http.DefaultTransport = newContract(http.DefaultTransport)
	code := m.Run()
	if err := errors.Join(plain.close(), licensed.close(), oldest.close()); err != nil {
		fmt.Fprintln(os.Stderr, "ending the scenes:", err)
		code = 1
	}
	os.Exit(code)
}

// sharedScene starts once and is used by many tests, one after another.
type sharedScene struct {
	options stage.Options

	once  sync.Once
	scene *scene
	err   error
}

func (s *sharedScene) start() {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	var started *stage.Stage
	if started, s.err = stage.Start(ctx, s.options); s.err == nil {
		s.scene = &scene{Stage: started, people: map[string]*stage.Account{}}
	}
}

func (s *sharedScene) close() error {
	if s.scene == nil {
		return nil
	}
	return s.scene.Close()
}

// scene is what a test works with.
type scene struct {
	*stage.Stage

	// people are the accounts that tests sign in with, by name. See person.
	people map[string]*stage.Account

	// workplace is a shared team. See team.
	workplace *model.Team

	// configured counts changes of the settings.
	configured int
}

// begin returns the scene in a known state: only the stage's accounts, no history, the tenant as it started
// without faults, and the default settings with `settings` applied.
func begin(t *testing.T, shared *sharedScene, settings ...map[string]any) *scene {
	t.Helper()
	shared.once.Do(shared.start)
	require.NoError(t, shared.err)
	s := shared.scene
	s.Tenant.Faults.Clear()
	require.NoError(t, s.Tenant.Reset())
	s.awaitQuiet(t)
	s.removeAccounts(t)
	s.removeHistory(t)
	s.configure(t, append([]map[string]any{s.defaultSettings()}, settings...)...)
	return s
}

// beginAlone is begin with a scene that no other test uses, like the shared one. It is for tests that mostly wait: they
// run at the same time, after all others.
func beginAlone(t *testing.T, like *sharedScene, settings ...map[string]any) *scene {
	t.Helper()
	t.Parallel()
	alone := &sharedScene{options: like.options}
	t.Cleanup(func() { require.NoError(t, alone.close()) })
	return begin(t, alone, settings...)
}

// waiting returns the context for everything that a test does after the start.
func waiting(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), waitTimeout)
	t.Cleanup(cancel)
	return ctx
}

// eventually waits until condition is true.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	const interval = 20 * time.Millisecond
	require.Eventually(t, condition, patience, interval, what)
}

// defaultSettings use the tenant and allow no users.
func (s *scene) defaultSettings() map[string]any {
	return map[string]any{
		"TenantId": s.Tenant.TenantID, "MoveToTenant": "", "ClientId": s.Tenant.ClientID, "ClientSecret": s.Tenant.ClientSecret,
		"ClientCertificate": "", "Credential": "secret", "Cloud": "custom", "LoginUrl": s.Tenant.URL(), "GraphUrl": s.Tenant.URL(),
		"Enabled": false, "Schedule": "0 3 * * *", "TimeZone": "", "IncrementalMinutes": 0, "TriggerToken": "", "WebhookUrl": "", "WebhookSecret": "",
		"InitialPassword": "", "Policy": map[string]any{"version": 1},
	}
}

// configure changes these settings. It also makes the plugin discard its access token, so that the next run signs in.
func (s *scene) configure(t *testing.T, settings ...map[string]any) {
	t.Helper()
	s.configured++
	// The server notifies plugins only if something changes.
	merged := map[string]any{"TestGeneration": s.configured}
	for _, each := range settings {
		maps.Copy(merged, each)
	}
	require.NoError(t, s.Mattermost.ConfigurePlugin(waiting(t), stage.PluginID, merged))
}

// policy is the setting with a scope and other parts. Its safety limits are those of a small scene unless a part has others.
func policy(scope map[string]any, parts ...map[string]any) map[string]any {
	document := map[string]any{"version": 1, "scope": scope, "guard": smallScene()}
	for _, part := range parts {
		maps.Copy(document, part)
	}
	return map[string]any{"Policy": document}
}

// smallScene are safety limits for scenes of a few users, in which a share says nothing and a test plays several days in a
// minute.
func smallScene() map[string]any {
	guard := map[string]any{"window_hours": 0, "scope_attribute_changes": "count", "creations": map[string]any{"more_than": 10_000}}
	for _, kind := range []string{"deactivations", "email_changes", "username_changes", "auth_data_changes", "reactivations", "emptied_fields"} {
		guard[kind] = map[string]any{"max_percent": 100}
	}
	return guard
}

// defaultLimits are the safety limits of a policy that says nothing about them.
func defaultLimits() map[string]any { return map[string]any{"guard": map[string]any{}} }

func everyone() map[string]any { return map[string]any{"everyone": true} }

func allow(names ...string) map[string]any {
	return map[string]any{"allow": map[string]any{"display_name_contains": names}}
}

func signIn(method map[string]any) map[string]any {
	return map[string]any{"accounts": map[string]any{"sign_in": method}}
}

func office365() map[string]any {
	return signIn(map[string]any{"method": "single_sign_on", "service": "office365"})
}

// person is an account of the stage that all tests share. create creates it when it is first needed.
func (s *scene) person(t *testing.T, name string, create func(context.Context, string) (*stage.Account, error)) *stage.Account {
	t.Helper()
	if known := s.people[name]; known != nil {
		return known
	}
	made, err := create(waiting(t), name)
	require.NoError(t, err)
	s.people[name] = made
	return made
}

func (s *scene) ordinaryUser(t *testing.T) *stage.Account {
	return s.person(t, "ordinary", s.Mattermost.CreateUser)
}

// koreanAdmin is a second system administrator with Korean as the language.
func (s *scene) koreanAdmin(t *testing.T) *stage.Account {
	return s.person(t, "koreanadmin", func(ctx context.Context, name string) (*stage.Account, error) {
		made, err := s.Mattermost.CreateSystemAdmin(ctx, name)
		if err != nil {
			return nil, err
		}
		user, _, err := made.Client.GetMe(ctx, "")
		if err != nil {
			return nil, err
		}
		user.Locale = "ko"
		_, _, err = made.Client.UpdateUser(ctx, user)
		return made, err
	})
}
