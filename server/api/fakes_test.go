package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const triggerToken = "a-trigger-token"

// fakeJobs records what it is asked and returns prepared answers.
type fakeJobs struct {
	members   []MemberFilter
	started   []StartRequest
	discarded []StartRequest
	err       error
	report    ConnectionReport
	status    Status
	burst     bool

	// search is the last search for teams and channels.
	search TargetSearch

	// looked are the lookups, each a name and its input. Only the port `accounts.find` exists.
	looked []string

	// schedule is the schedule that was asked about, with its time zone.
	schedule string
	overview Overview
}

func (f *fakeJobs) Start(_ context.Context, request StartRequest) (store.Run, error) {
	f.started = append(f.started, request)
	return store.Run{ID: "new", Mode: request.Mode, Trigger: request.Trigger, State: "running"}, f.err
}

func (f *fakeJobs) Cancel(_ context.Context, runID string) (store.Run, error) {
	return store.Run{ID: runID, State: "running"}, f.err
}

func (f *fakeJobs) Approve(_ context.Context, request StartRequest) (store.Run, error) {
	f.started = append(f.started, request)
	return store.Run{ID: "new", Mode: "apply", Trigger: request.Trigger, State: "running", Approves: request.Approves}, f.err
}

func (f *fakeJobs) Discard(_ context.Context, request StartRequest) (store.Run, error) {
	f.discarded = append(f.discarded, request)
	return store.Run{ID: request.Approves, Mode: "apply", State: "held"}, f.err
}

func (f *fakeJobs) Status(context.Context) (Status, error) {
	if f.burst {
		panic("at the disco")
	}
	return f.status, f.err
}

func (f *fakeJobs) Overview(context.Context) (Overview, error) { return f.overview, f.err }

func (f *fakeJobs) FindGroups(_ context.Context, text string) ([]Group, error) {
	return []Group{{ID: "g1", Name: text}}, f.err
}

func (f *fakeJobs) FindTargets(_ context.Context, search TargetSearch) (json.RawMessage, error) {
	f.search = search
	return json.RawMessage(`{"targets":[]}`), f.err
}

func (f *fakeJobs) GetGroups(_ context.Context, ids []string) ([]Group, error) {
	groups := []Group{}
	for _, id := range ids {
		groups = append(groups, Group{ID: id})
	}
	return groups, f.err
}

func (f *fakeJobs) NextTimes(_ context.Context, schedule, zone string, _ time.Time) ([]int64, error) {
	f.schedule = schedule + " " + zone
	return []int64{1, 2, 3, 4, 5}, f.err
}

func (f *fakeJobs) LookUp(_ context.Context, port string, input json.RawMessage) (any, error) {
	if port != "accounts.find" {
		return nil, refused(`{"code":"not_found"}`)
	}
	f.looked = append(f.looked, port+" "+string(input))
	return json.RawMessage(`{"accounts":[]}`), f.err
}

// refused is an error that already has a code.
type refused string

func (r refused) Error() string          { return string(r) }
func (r refused) Fault() json.RawMessage { return json.RawMessage(r) }

func (f *fakeJobs) TestConnection(context.Context) (ConnectionReport, error) { return f.report, f.err }

// fakeHistory holds one run, `known`, with changes whose seqs count from 1. Pages after failAfter fail.
type fakeHistory struct {
	changes   []json.RawMessage
	failAfter int
	filter    store.ChangeFilter
	runs      store.RunFilter
	person    store.PersonFilter
	people    store.PeopleFilter
	targets   store.TargetFilter

	// acknowledged is what the API has asked for, in words.
	acknowledged []string
	isDismissed  bool
}

func (f *fakeHistory) DismissSaferDefaults(context.Context) error {
	f.isDismissed = true
	return nil
}

func (f *fakeHistory) Acknowledge(ctx context.Context, runID string, seqs []int, isAcknowledged bool, actorID string) (int, error) {
	_, err := f.GetRun(ctx, runID)
	f.acknowledged = append(f.acknowledged, fmt.Sprintf("%s %v %t %s", runID, seqs, isAcknowledged, actorID))
	return len(seqs), err
}

func (f *fakeHistory) GetRun(_ context.Context, runID string) (store.Run, error) {
	if runID != "known" {
		return store.Run{}, store.ErrNotFound
	}
	return store.Run{ID: runID, State: "failed", Error: json.RawMessage(`{"code":"secret_expired"}`)}, nil
}

func (f *fakeHistory) ListRunTargets(_ context.Context, _ string, filter store.TargetFilter) (json.RawMessage, int, error) {
	f.targets = filter
	return json.RawMessage(`[{"target":"t1","kind":"team","joined":3}]`), 1, nil
}

func (f *fakeHistory) ListRuns(ctx context.Context, filter store.RunFilter) ([]store.Run, int, error) {
	f.runs = filter
	run, err := f.GetRun(ctx, "known")
	fine := run
	fine.ID, fine.Error = "fine", nil
	return []store.Run{fine, run}, 2, err
}

func (f *fakeHistory) ListChanges(_ context.Context, _ string, filter store.ChangeFilter) (json.RawMessage, int, error) {
	f.filter = filter
	if f.failAfter > 0 && filter.After >= f.failAfter {
		return nil, 0, errors.New("the database is gone")
	}
	first := min(filter.After+filter.Page*filter.PerPage, len(f.changes))
	last := min(first+filter.PerPage, len(f.changes))
	encoded, err := json.Marshal(append([]json.RawMessage{}, f.changes[first:last]...))
	return encoded, len(f.changes), err
}

func (f *fakeHistory) ListPersonHistory(_ context.Context, filter store.PersonFilter) (json.RawMessage, int, error) {
	f.person = filter
	return json.RawMessage(`[{"seq":1,"run_id":"known","error":{"code":"email_taken"}}]`), 1, nil
}

func (f *fakeHistory) FindPeople(_ context.Context, filter store.PeopleFilter) (json.RawMessage, int, error) {
	f.people = filter
	return json.RawMessage(`[{"seq":2,"run_id":"known","error":null}]`), 1, nil
}

func (f *fakeHistory) ListDirectory(context.Context, int, int) (json.RawMessage, int, int64, error) {
	return json.RawMessage(`[{"id":"o1"}]`), 1, 7, nil
}

// fakePeople knows two administrators, `admin`, who reads English, and `korean`. All others are ordinary users.
type fakePeople struct{}

func (fakePeople) IsSystemAdmin(userID string) (bool, error) {
	if userID == "unreadable" {
		return false, &fault.Error{Code: fault.DatabaseFailed}
	}
	return userID == "admin" || userID == "korean", nil
}
func (fakePeople) Locale(userID string) string {
	if userID == "korean" {
		return "ko"
	}
	return "en"
}

type silentLog struct{ errors []string }

func (l *silentLog) Error(message string, _ ...any) { l.errors = append(l.errors, message) }
func (l *silentLog) Warn(string, ...any)            {}

type world struct {
	api     *API
	jobs    *fakeJobs
	history *fakeHistory
	log     *silentLog
}

func newWorld(t testing.TB) *world {
	t.Helper()
	logic, err := engine.New()
	require.NoError(t, err)
	w := &world{jobs: &fakeJobs{}, history: &fakeHistory{}, log: &silentLog{}}
	w.api = New(Deps{
		Jobs: w.jobs, Questions: w.jobs, History: w.history, People: fakePeople{}, Engine: logic, Log: w.log,
		TriggerToken: func() string { return triggerToken },
	})
	return w
}

// ask sends a request; headers are name, value, name, value, …
func (w *world) ask(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.ContentLength = 0 // as the server passes requests on to plugins
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	w.api.ServeHTTP(answer, r)
	return answer
}

func (w *world) asAdmin(method, path, body string) *httptest.ResponseRecorder {
	return w.ask(method, path, body, userHeader, "admin")
}

func decode(t *testing.T, answer *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	content, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	var body map[string]any
	require.NoError(t, json.Unmarshal(content, &body), string(content))
	return body
}

// routes are all routes of docs/openapi.yaml. takesToken marks those that accept the trigger token.
var routes = []struct {
	method, path string
	takesToken   bool
}{
	{http.MethodGet, "/status", false},
	{http.MethodPost, "/connection/test", false},
	{http.MethodGet, "/directory", false},
	{http.MethodGet, "/changes?q=lee", false},
	{http.MethodPost, "/lookups/accounts.find", false},
	{http.MethodGet, "/overview", false},
	{http.MethodPost, "/overview/safer_defaults/dismiss", false},
	{http.MethodGet, "/groups?q=team", false},
	{http.MethodGet, "/targets?kind=team", false},
	{http.MethodPost, "/schedule/next", false},
	{http.MethodGet, "/runs", false},
	{http.MethodPost, "/runs", true},
	{http.MethodGet, "/runs/known", true},
	{http.MethodGet, "/runs/known/changes", false},
	{http.MethodGet, "/runs/known/changes.csv", false},
	{http.MethodPost, "/runs/known/cancel", false},
	{http.MethodPost, "/runs/known/approve", false},
	{http.MethodPost, "/runs/known/discard", false},
	{http.MethodPost, "/runs/known/acknowledge", false},
	{http.MethodGet, "/nowhere", false},
	{http.MethodDelete, "/runs/known", false},
}
