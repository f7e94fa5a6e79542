// Package api serves the plugin's HTTP API under /plugins/entrasync/api/v1 (docs/openapi.yaml).
//
// It decides nothing about users or texts: it checks who the caller is, moves JSON between the job, the store and the caller,
// and lets the sync logic write failures in the caller's language.
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

// maxBody limits what a caller may send. The server itself sets no limit on plugin routes.
const maxBody = 64 << 10

// maxListBody limits a body that may be longer: a lookup for as many users as a run looks up at once, or the changes that an
// administrator decides about.
const maxListBody = 1 << 20

// bodyLimit returns how many bytes a body sent to path may have.
func bodyLimit(path string) int64 {
	if strings.HasPrefix(path, "/api/v1/lookups/") || strings.HasSuffix(path, "/approve") || strings.HasSuffix(path, "/discard") || strings.HasSuffix(path, "/acknowledge") {
		return maxListBody
	}
	return maxBody
}

// Jobs starts and stops runs.
type Jobs interface {
	Start(ctx context.Context, request StartRequest) (store.Run, error)
	Cancel(ctx context.Context, runID string) (store.Run, error)
	Approve(ctx context.Context, request StartRequest) (store.Run, error)

	// Discard discards the changes that the request would approve.
	Discard(ctx context.Context, request StartRequest) (store.Run, error)
	Status(ctx context.Context) (Status, error)
}

// Questions answers what the page asks apart from runs.
type Questions interface {
	TestConnection(ctx context.Context) (ConnectionReport, error)

	// Overview counts users and returns what needs attention.
	Overview(ctx context.Context) (Overview, error)

	// FindGroups and GetGroups read the names of groups from the directory, by name and by object ID.
	FindGroups(ctx context.Context, text string) ([]Group, error)
	GetGroups(ctx context.Context, ids []string) ([]Group, error)

	// FindTargets returns teams and channels of Mattermost, as JSON.
	FindTargets(ctx context.Context, search TargetSearch) (json.RawMessage, error)

	// ExplainMemberships returns why a user is in teams and channels, or is not: an Explanation (docs/openapi.yaml) before its fault is
	// described.
	ExplainMemberships(ctx context.Context, user string) (map[string]json.RawMessage, error)

	// TargetMembers returns who is in a team or channel, why, and who is missing. MembersTable returns a page of it as CSV, with the
	// username after which the next page begins, or "".
	TargetMembers(ctx context.Context, locale string, filter MemberFilter) (TargetMembers, error)
	MembersTable(ctx context.Context, locale string, filter MemberFilter) (text, next string, err error)

	// NextTimes returns when a schedule would start runs after now, in ms.
	NextTimes(ctx context.Context, schedule, zone string, now time.Time) ([]int64, error)

	// LookUp returns what a read-only port of the sync logic returns in a run.
	LookUp(ctx context.Context, port string, input json.RawMessage) (any, error)
}

// History reads what the runs recorded.
type History interface {
	GetRun(ctx context.Context, runID string) (store.Run, error)
	ListRuns(ctx context.Context, filter store.RunFilter) ([]store.Run, int, error)
	ListChanges(ctx context.Context, runID string, filter store.ChangeFilter) (json.RawMessage, int, error)
	ListRunTargets(ctx context.Context, runID string, filter store.TargetFilter) (json.RawMessage, int, error)
	ListPersonHistory(ctx context.Context, filter store.PersonFilter) (json.RawMessage, int, error)

	// DismissSaferDefaults records that an administrator has read which defaults are safer now.
	DismissSaferDefaults(ctx context.Context) error

	// Acknowledge returns how many conflicts of the run it has changed.
	Acknowledge(ctx context.Context, runID string, seqs []int, isAcknowledged bool, actorID string) (int, error)
	FindPeople(ctx context.Context, filter store.PeopleFilter) (json.RawMessage, int, error)
	ListDirectory(ctx context.Context, page, perPage int) (json.RawMessage, int, int64, error)
}

// People identifies the callers.
type People interface {
	// IsSystemAdmin fails if the server cannot tell.
	IsSystemAdmin(userID string) (bool, error)
	Locale(userID string) string
}

// Engine runs functions of the sync logic.
type Engine interface {
	Call(ctx context.Context, function string, ports engine.Ports, input, output any) error
}

// Log is the server's log.
type Log interface {
	Error(message string, keysAndValues ...any)
	Warn(message string, keysAndValues ...any)
}

// StartRequest asks for a run. User limits it to one user. ActorID is empty for a caller with the trigger token.
type StartRequest struct {
	Mode    string
	Trigger string
	ActorID string
	User    string

	// Approves is the run whose held or planned changes are to be applied, or ''. Changes are the seqs of those changes; none
	// means all.
	Approves string
	Changes  []int

	// Reading is "incremental" for a run that reads only the changes of the directory, if possible. '' or "full" reads all
	// users.
	Reading string
}

// Status is the answer of GET /status before its faults are described.
type Status struct {
	Version    string            `json:"version"`
	Revision   string            `json:"settings_revision"`
	Configured bool              `json:"configured"`
	Enabled    bool              `json:"enabled"`
	Faults     []json.RawMessage `json:"faults"`
	Warnings   []json.RawMessage `json:"warnings"`
	Schedule   string            `json:"schedule"`
	TimeZone   string            `json:"time_zone"`
	NextRunAt  int64             `json:"next_run_at"`
	CurrentRun *store.Run        `json:"current_run"`
	LastRun    *store.Run        `json:"last_run"`

	// HeldRun is the newest run that waits for approval.
	HeldRun *store.Run `json:"held_run"`

	// Quarantine is nil while the schedule works.
	Quarantine *Quarantine `json:"quarantine"`
}

// Overview is the answer of GET /overview. SecretExpiresAt is when the credential in use expires (ms), 0 if unknown.
type Overview struct {
	store.Overview
	SecretExpiresAt int64 `json:"secret_expires_at"`
}

// Group is what a picker shows of a directory group.
type Group struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// Quarantine says how many scheduled runs have failed and since when (ms), and until when the schedule starts nothing.
type Quarantine struct {
	Failures int   `json:"failures"`
	Since    int64 `json:"since"`
	NextAt   int64 `json:"next_at"`
}

// ConnectionReport is the result of the connection test.
type ConnectionReport struct {
	OK    bool             `json:"ok"`
	Steps []ConnectionStep `json:"steps"`
}

// ConnectionStep is one step of the connection test. Fault is null if it passed.
type ConnectionStep struct {
	Step   string          `json:"step"`
	OK     bool            `json:"ok"`
	Detail string          `json:"detail"`
	Fault  json.RawMessage `json:"fault"`
}

// Deps are the parts that the API needs. TriggerToken returns the current token, or "" if none is set.
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
	router   *mux.Router
	attempts attempts
}

// New builds the routes.
func New(deps Deps) *API {
	// The router would answer a path such as //runs, even without a session, with a redirect that leads out of the plugin.
	a := &API{Deps: deps, router: mux.NewRouter().SkipClean(true), attempts: attempts{log: deps.Log}}
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
		{http.MethodPost, "/overview/safer_defaults/dismiss", a.admins(a.dismissSaferDefaults)},
		{http.MethodGet, "/groups", a.admins(a.listGroups)},
		{http.MethodGet, "/targets", a.admins(a.listTargets)},
		{http.MethodGet, "/memberships", a.admins(a.explainMemberships)},
		{http.MethodGet, "/targets/{id}/members", a.admins(a.listTargetMembers)},
		{http.MethodGet, "/targets/{id}/members.csv", a.admins(a.exportTargetMembers)},
		{http.MethodPost, "/schedule/next", a.admins(a.nextTimes)},
		{http.MethodPost, "/lookups/{port}", a.admins(a.lookUp)},
		{http.MethodPost, "/runs", a.adminsOrToken(a.startRun)},
		{http.MethodGet, "/runs", a.admins(a.listRuns)},
		{http.MethodGet, "/runs/{id}", a.adminsOrToken(a.getRun)},
		{http.MethodGet, "/runs/{id}/changes", a.admins(a.listChanges)},
		{http.MethodGet, "/runs/{id}/targets", a.admins(a.listRunTargets)},
		{http.MethodGet, "/runs/{id}/changes.csv", a.admins(a.exportChanges)},
		{http.MethodPost, "/runs/{id}/cancel", a.admins(a.cancelRun)},
		{http.MethodPost, "/runs/{id}/approve", a.admins(a.approveRun)},
		{http.MethodPost, "/runs/{id}/discard", a.admins(a.discardHeld)},
		{http.MethodPost, "/runs/{id}/acknowledge", a.admins(a.acknowledge)},
	} {
		a.router.Handle("/api/v1"+route.path, route.handler).Methods(route.method)
	}
	return a
}

// refusing tells administrators that the route does not exist. Other callers learn nothing about the routes.
func (a *API) refusing(status int, code fault.Code) http.Handler {
	return a.admins(func(http.ResponseWriter, *http.Request) error { return fail(status, code) })
}

// ServeHTTP answers one request. A panic in a handler fails that request, not the plugin.
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
