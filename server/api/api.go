// Package api serves the plugin's HTTP API under /plugins/entrasync/api/v1 (docs/openapi.yaml).
//
// It decides nothing about people or words: it checks who asks, moves JSON between the job, the store and the
// caller, and lets the sync logic put failures into the caller's language.
package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// maxBody bounds what a caller may send; the server itself sets no limit on plugin routes.
const maxBody = 64 << 10

// maxListBody bounds a body that may be longer: a lookup, which asks about as many people as a run does at once, or the changes that
// somebody decides about.
const maxListBody = 1 << 20

// bodyLimit is how many bytes a body sent to path may have.
func bodyLimit(path string) int64 {
	if strings.HasPrefix(path, "/api/v1/lookups/") || strings.HasSuffix(path, "/approve") || strings.HasSuffix(path, "/discard") {
		return maxListBody
	}
	return maxBody
}

// Jobs starts and stops runs.
type Jobs interface {
	Start(ctx context.Context, request StartRequest) (store.Run, error)
	Cancel(ctx context.Context, runID string) (store.Run, error)
	Approve(ctx context.Context, request StartRequest) (store.Run, error)

	// Discard gives the changes up that the request would approve.
	Discard(ctx context.Context, request StartRequest) (store.Run, error)
	Status(ctx context.Context) (Status, error)
}

// Questions answers what the page asks beside runs.
type Questions interface {
	TestConnection(ctx context.Context) (ConnectionReport, error)

	// Overview counts people and says what needs attention.
	Overview(ctx context.Context) (Overview, error)

	// FindGroups and GetGroups read names of groups from the directory, by name and by object id.
	FindGroups(ctx context.Context, text string) ([]Group, error)
	GetGroups(ctx context.Context, ids []string) ([]Group, error)

	// NextTimes says when a schedule would start runs after now, in ms.
	NextTimes(ctx context.Context, schedule, zone string, now time.Time) ([]int64, error)

	// LookUp answers what a read-only port of the sync logic answers in a run.
	LookUp(ctx context.Context, port string, input json.RawMessage) (any, error)
}

// History reads what the runs left behind.
type History interface {
	GetRun(ctx context.Context, runID string) (store.Run, error)
	ListRuns(ctx context.Context, filter store.RunFilter) ([]store.Run, int, error)
	ListChanges(ctx context.Context, runID string, filter store.ChangeFilter) (json.RawMessage, int, error)
	ListPersonHistory(ctx context.Context, filter store.PersonFilter) (json.RawMessage, int, error)
	FindPeople(ctx context.Context, filter store.PeopleFilter) (json.RawMessage, int, error)
	ListDirectory(ctx context.Context, page, perPage int) (json.RawMessage, int, int64, error)
}

// People knows who the callers are.
type People interface {
	IsSystemAdmin(userID string) bool
	Locale(userID string) string
}

// Engine runs functions of the sync logic.
type Engine interface {
	Call(ctx context.Context, function string, ports engine.Ports, input, output any) error
}

// Log takes what an administrator of the server shall see.
type Log interface {
	Error(message string, keysAndValues ...any)
	Warn(message string, keysAndValues ...any)
}

// StartRequest asks for a run. User limits it to one person; ActorID is empty for a caller with the trigger token.
type StartRequest struct {
	Mode    string
	Trigger string
	ActorID string
	User    string

	// Approves is the run whose held or planned changes shall be applied, or ''; Changes are the seqs of those changes, none for all.
	Approves string
	Changes  []int

	// Reading is "incremental" for a run that follows the changes of the directory, where it can; '' or "full" reads everybody.
	Reading string
}

// Status is the answer of GET /status before its faults are described.
type Status struct {
	Version    string            `json:"version"`
	Revision   string            `json:"settings_revision"`
	Configured bool              `json:"configured"`
	Enabled    bool              `json:"enabled"`
	Faults     []json.RawMessage `json:"faults"`
	Schedule   string            `json:"schedule"`
	TimeZone   string            `json:"time_zone"`
	NextRunAt  int64             `json:"next_run_at"`
	CurrentRun *store.Run        `json:"current_run"`
	LastRun    *store.Run        `json:"last_run"`

	// HeldRun is the newest run that waits for an approval.
	HeldRun *store.Run `json:"held_run"`

	// Quarantine is nil while the schedule works.
	Quarantine *Quarantine `json:"quarantine"`
}

// Overview is the answer of GET /overview. SecretExpiresAt is when the credential in use ends (ms), 0 where that is not known.
type Overview struct {
	store.Overview
	SecretExpiresAt int64 `json:"secret_expires_at"`
}

// Group is what a picker shows of a group of the directory.
type Group struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// Quarantine says how many scheduled runs have failed since when (ms), and before when the schedule starts nothing.
type Quarantine struct {
	Failures int   `json:"failures"`
	Since    int64 `json:"since"`
	NextAt   int64 `json:"next_at"`
}

// ConnectionReport is what the connection test found.
type ConnectionReport struct {
	OK    bool             `json:"ok"`
	Steps []ConnectionStep `json:"steps"`
}

// ConnectionStep is one step of the connection test; Fault is null when it passed.
type ConnectionStep struct {
	Step   string          `json:"step"`
	OK     bool            `json:"ok"`
	Detail string          `json:"detail"`
	Fault  json.RawMessage `json:"fault"`
}

// Deps are the parts that the API needs. TriggerToken returns the current one, "" for none.
type Deps struct {
	Jobs         Jobs
	Questions    Questions
	History      History
	People       People
	Engine       Engine
	Log          Log
	TriggerToken func() string
}

// API is the plugin's HTTP handler.
type API struct {
	Deps
	router *mux.Router
}

// New builds the routes.
func New(deps Deps) *API {
	// The router would answer a path such as //runs, even to strangers, with a redirect that leads out of the plugin.
	a := &API{Deps: deps, router: mux.NewRouter().SkipClean(true)}
	a.router.NotFoundHandler = a.refusing(http.StatusNotFound, fault.NotFound)
	a.router.MethodNotAllowedHandler = a.refusing(http.StatusMethodNotAllowed, fault.MethodNotAllowed)
	for _, route := range []struct {
		method, path string
		handler      http.Handler
	}{
		{http.MethodGet, "/status", a.admins(a.getStatus)},
		{http.MethodPost, "/connection/test", a.admins(a.testConnection)},
		{http.MethodGet, "/directory", a.admins(a.listDirectory)},
		{http.MethodGet, "/changes", a.admins(a.listHistory)},
		{http.MethodGet, "/overview", a.admins(a.getOverview)},
		{http.MethodGet, "/groups", a.admins(a.listGroups)},
		{http.MethodPost, "/schedule/next", a.admins(a.nextTimes)},
		{http.MethodPost, "/lookups/{port}", a.admins(a.lookUp)},
		{http.MethodPost, "/runs", a.adminsOrToken(a.startRun)},
		{http.MethodGet, "/runs", a.admins(a.listRuns)},
		{http.MethodGet, "/runs/{id}", a.adminsOrToken(a.getRun)},
		{http.MethodGet, "/runs/{id}/changes", a.admins(a.listChanges)},
		{http.MethodGet, "/runs/{id}/changes.csv", a.admins(a.exportChanges)},
		{http.MethodPost, "/runs/{id}/cancel", a.admins(a.cancelRun)},
		{http.MethodPost, "/runs/{id}/approve", a.admins(a.approveRun)},
		{http.MethodPost, "/runs/{id}/discard", a.admins(a.discardHeld)},
	} {
		a.router.Handle("/api/v1"+route.path, route.handler).Methods(route.method)
	}
	return a
}

// refusing answers administrators that there is no such route; others learn nothing of the routes.
func (a *API) refusing(status int, code fault.Code) http.Handler {
	return a.admins(func(http.ResponseWriter, *http.Request) error { return fail(status, code) })
}

// ServeHTTP answers one request. A panic of a handler is that request's failure, not the plugin's.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if cause := recover(); cause != nil {
			a.Log.Error("A request panicked", "path", r.URL.Path, "cause", cause)
			a.writeFailure(w, r, fail(http.StatusInternalServerError, fault.Internal))
		}
	}()
	r.Body = http.MaxBytesReader(w, r.Body, bodyLimit(r.URL.Path))
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	a.router.ServeHTTP(w, r)
}
