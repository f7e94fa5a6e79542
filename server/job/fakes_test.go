package job

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
)

// wholeLogic is the real sync logic.
var wholeLogic = sync.OnceValues(engine.New)

// script replaces the sync logic: `run` is defined by the test, and messages to administrators contain only their language.
type script func(ctx context.Context, bound engine.Ports) (string, error)

func (s script) Call(ctx context.Context, function string, bound engine.Ports, input, output any) error {
	answer := ""
	switch function {
	case "run":
		var err error
		if answer, err = s(ctx, bound); err != nil {
			return err
		}
	case "webhook_body":
		answer = `{"body":"{\"status\":\"success\"}"}`
	case "follow_up":
		logic, err := wholeLogic()
		if err != nil {
			return err
		}
		return logic.Call(ctx, function, bound, input, output)
	case "notices":
		var messages []map[string]string
		for _, admin := range input.(map[string]any)["admins"].([]mattermost.Admin) {
			messages = append(messages, map[string]string{"user_id": admin.ID, "text": "notice in " + admin.Locale})
		}
		encoded, err := json.Marshal(map[string]any{"messages": messages})
		if err != nil {
			return err
		}
		answer = string(encoded)
	}
	return json.Unmarshal([]byte(answer), output)
}

func (script) ScriptDigest() string { return "test" }

// mailbox records the messages to the administrators.
type mailbox struct {
	mu       sync.Mutex
	messages map[string]string
	states   []string
	progress []string
}

func (m *mailbox) Admins() ([]mattermost.Admin, error) {
	return []mattermost.Admin{{ID: "anna", Locale: "en"}, {ID: "mina", Locale: "ko"}, {ID: "john", Locale: "en"}}, nil
}

func (m *mailbox) DirectMessage(userID, text string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.messages == nil {
		m.messages = map[string]string{}
	}
	m.messages[userID] = text
	return nil
}

func (m *mailbox) has(userID, text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.messages[userID] == text
}

func (m *mailbox) PublishRun(encoded json.RawMessage) {
	var run struct {
		State    string          `json:"state"`
		Progress json.RawMessage `json:"progress"`
	}
	if err := json.Unmarshal(encoded, &run); err != nil {
		panic(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.states = append(m.states, run.State)
	m.progress = append(m.progress, string(run.Progress))
}

func (m *mailbox) ConsoleURL() string { return "https://chat.example.com/console" }

func (m *mailbox) events() (states, progress []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states, m.progress
}

// settings are a Config that tests can change.
type settings struct {
	mu        sync.Mutex
	value     Settings
	directory Directory
}

func (s *settings) Current() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.value
	if now.Directory = s.directory; now.Directory == nil && now.DirectoryErr == nil {
		now.DirectoryErr = errors.New("no directory in this test")
	}
	return now
}

// read makes runs read directory from now on.
func (s *settings) read(directory Directory) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.directory = directory
}

func (s *settings) set(value Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = value
}

// testLog writes to the test's log while the test runs.
type testLog struct{ testing.TB }

func (l testLog) line(level, message string, fields []any) {
	if l.Context().Err() == nil {
		l.Log(append([]any{level, message}, fields...)...)
	}
}

func (l testLog) Debug(message string, fields ...any) { l.line("DEBUG", message, fields) }
func (l testLog) Info(message string, fields ...any)  { l.line("INFO", message, fields) }
func (l testLog) Warn(message string, fields ...any)  { l.line("WARN", message, fields) }
func (l testLog) Error(message string, fields ...any) { l.line("ERROR", message, fields) }

// slowDirectory answers when its caller cancels.
type slowDirectory struct{ asked chan struct{} }

func (d slowDirectory) ReadUsers(ctx context.Context, _ entra.Query) (entra.Page, error) {
	close(d.asked)
	<-ctx.Done()
	return entra.Page{}, ctx.Err()
}

func (d slowDirectory) FindUsers(context.Context, string, []string) (json.RawMessage, error) {
	return json.RawMessage(`[]`), nil
}

func (d slowDirectory) GetUsers(context.Context, []string, []string) (json.RawMessage, error) {
	return json.RawMessage(`[]`), nil
}

func (d slowDirectory) ReadDelta(context.Context, entra.DeltaQuery) (entra.DeltaPage, error) {
	return entra.DeltaPage{}, errors.New("no changes in this test")
}

func (d slowDirectory) ReadGroupMembers(context.Context, entra.MemberQuery) (entra.MemberPage, error) {
	return entra.MemberPage{}, nil
}

func (d slowDirectory) ReadGroupDelta(context.Context, entra.GroupDeltaQuery) (entra.GroupDeltaPage, error) {
	return entra.GroupDeltaPage{}, nil
}

func (d slowDirectory) ReadUserGroups(context.Context, entra.UserGroupsQuery) ([]entra.UserGroups, error) {
	return nil, nil
}

func (d slowDirectory) ExistingGroups(context.Context, []string) ([]string, error) {
	return nil, nil
}

func (d slowDirectory) ReadNestedGroups(context.Context, string) (entra.NestedGroups, error) {
	return entra.NestedGroups{}, nil
}

func (d slowDirectory) ListGroups(context.Context, entra.GroupQuery) (entra.GroupPage, error) {
	return entra.GroupPage{}, nil
}

func (d slowDirectory) FindGroups(context.Context, string) ([]entra.Group, error) { return nil, nil }

func (d slowDirectory) GetGroups(context.Context, []string) ([]entra.Group, error) { return nil, nil }

func (d slowDirectory) CredentialExpiry(context.Context) (time.Time, error) { return time.Time{}, nil }

func (d slowDirectory) Probe(context.Context, string) (string, error) { return "", nil }

// testTenant is the tenant that all directories of these tests have.
const testTenant = "11111111-0000-4000-8000-000000000000"

func (d slowDirectory) TenantID(context.Context) (string, error)  { return testTenant, nil }
func (d slowDirectory) TenantIDOf(context.Context, string) string { return "" }

// keyValues is the plugin API's key-value store in memory, shared by the nodes of a cluster. Values do not expire, because no
// test holds a lock for long.
type keyValues struct {
	testing.TB
	mu     sync.Mutex
	values map[string]string
}

func (k *keyValues) KVSetWithOptions(key string, value []byte, options model.PluginKVSetOptions) (bool, *model.AppError) {
	k.mu.Lock()
	defer k.mu.Unlock()
	old, exists := k.values[key]
	if options.Atomic && (exists != (options.OldValue != nil) || old != string(options.OldValue)) {
		return false, nil
	}
	if value == nil {
		delete(k.values, key)
	} else {
		k.values[key] = string(value)
	}
	return true, nil
}

func (k *keyValues) KVGet(key string) ([]byte, *model.AppError) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if value, exists := k.values[key]; exists {
		return []byte(value), nil
	}
	return nil, nil
}

func (k *keyValues) KVDelete(key string) *model.AppError {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.values, key)
	return nil
}

func (k *keyValues) KVList(int, int) ([]string, *model.AppError) { return nil, nil }

func (k *keyValues) LogError(message string, fields ...any) {
	k.Errorf("%s %v", message, fields)
}

// call uses a port as the sync logic does.
func call(t testing.TB, bound engine.Ports, name, input string) (string, error) {
	t.Helper()
	require.Contains(t, bound, name)
	answer, err := bound[name](context.Background(), json.RawMessage(input))
	if err != nil {
		return "", err
	}
	encoded, err := json.Marshal(answer)
	require.NoError(t, err)
	return string(encoded), nil
}
