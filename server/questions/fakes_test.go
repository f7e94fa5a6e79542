package questions

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

func TestMain(m *testing.M) {
	os.Exit(storetest.Main(m))
}

// settings are a job.Config that tests can change.
type settings struct {
	mu        sync.Mutex
	value     job.Settings
	directory job.Directory
}

func (s *settings) Current() job.Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.value
	if now.Directory = s.directory; now.Directory == nil && now.DirectoryErr == nil {
		now.DirectoryErr = errors.New("no directory in this test")
	}
	return now
}

func (s *settings) read(directory job.Directory) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.directory = directory
}

func (s *settings) set(value job.Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = value
}

// silent is a log that keeps nothing.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}

// numbers is a store without counts.
type numbers struct{ Store }

func (numbers) Overview(context.Context, string) (store.Overview, error) {
	return store.Overview{}, nil
}

func (numbers) TenantOf(_ context.Context, written string) (string, error) { return written, nil }

// asked are questions whose settings tests can change.
type asked struct {
	*Questions
	config *settings
}

func newAsked(t *testing.T, kept Store, logic Engine) *asked {
	t.Helper()
	config := &settings{}
	q := &asked{New(Deps{Config: config, Store: kept, Engine: logic, Log: silent{}}), config}
	t.Cleanup(q.Close)
	return q
}

func openStore(t *testing.T) *store.Store {
	t.Helper()
	opened, err := store.New(storetest.Open(t), "postgres")
	require.NoError(t, err)
	require.NoError(t, opened.Migrate(context.Background()))
	return opened
}

// idle is a directory without users.
type idle struct{}

func (idle) ReadUsers(context.Context, entra.Query) (entra.Page, error) { return entra.Page{}, nil }

func (idle) FindUsers(context.Context, string, []string) (json.RawMessage, error) { return nil, nil }

func (idle) GetUsers(context.Context, []string, []string) (json.RawMessage, error) { return nil, nil }

func (idle) ReadDelta(context.Context, entra.DeltaQuery) (entra.DeltaPage, error) {
	return entra.DeltaPage{}, nil
}

func (idle) ReadGroupMembers(context.Context, entra.MemberQuery) (entra.MemberPage, error) {
	return entra.MemberPage{}, nil
}

func (idle) ReadGroupDelta(context.Context, entra.GroupDeltaQuery) (entra.GroupDeltaPage, error) {
	return entra.GroupDeltaPage{}, nil
}

func (idle) ReadUserGroups(context.Context, entra.UserGroupsQuery) ([]entra.UserGroups, error) {
	return nil, nil
}

func (idle) ExistingGroups(context.Context, []string) ([]string, error) {
	return nil, nil
}

func (idle) ReadNestedGroups(context.Context, string) (entra.NestedGroups, error) {
	return entra.NestedGroups{}, nil
}

func (idle) ListGroups(context.Context, entra.GroupQuery) (entra.GroupPage, error) {
	return entra.GroupPage{}, nil
}

func (idle) FindGroups(context.Context, string) ([]entra.Group, error) { return nil, nil }

func (idle) GetGroups(context.Context, []string) ([]entra.Group, error) { return nil, nil }

func (idle) CredentialExpiry(context.Context) (time.Time, error) { return time.Time{}, nil }

func (idle) Probe(context.Context, string) (string, error) { return "", nil }

func (idle) TenantID(context.Context) (string, error)  { return "", nil }
func (idle) TenantIDOf(context.Context, string) string { return "" }

// probing is an engine whose connection test sends one request to the directory.
type probing struct{}

func (probing) Call(ctx context.Context, _ string, bound engine.Ports, _, output any) error {
	_, err := bound["directory.probe"](ctx, json.RawMessage(`{"step":"token"}`))
	answer, encodeErr := json.Marshal(map[string]bool{"ok": err == nil})
	return errors.Join(encodeErr, json.Unmarshal(answer, output))
}
