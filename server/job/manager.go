// Package job runs the sync: one run at a time across all nodes, on request or on a schedule, with progress and cancellation.
package job

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/pluginapi/cluster"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

const (
	// storeTimeout limits a statement that must complete even if its caller no longer waits.
	storeTimeout = 30 * time.Second
	// closeTimeout limits how long Close waits. The server gives a plugin 10 seconds to stop.
	closeTimeout = 7 * time.Second
)

// Store keeps runs and their history.
type Store interface {
	ports.History
	StartRun(ctx context.Context, run store.Run) (store.Run, error)
	Heartbeat(ctx context.Context, runID string, progress json.RawMessage) (cancelRequested bool, err error)
	RequestCancel(ctx context.Context, runID string) error
	FinishRun(ctx context.Context, runID string, ending store.Ending) error
	DiscardHeld(ctx context.Context, runID string, seqs []int, actorID string) error
	Approvable(ctx context.Context, runID string) (store.Approvable, error)
	Quarantine(ctx context.Context) (*store.Quarantine, error)
	SaveQuarantine(ctx context.Context, state *store.Quarantine) error
	InterruptStale(ctx context.Context, olderThan time.Duration, nodeID string) ([]store.Run, error)
	GetRun(ctx context.Context, runID string) (store.Run, error)
	ListRuns(ctx context.Context, filter store.RunFilter) (runs []store.Run, total int, err error)
	TenantOf(ctx context.Context, written string) (string, error)
	Prune(ctx context.Context, keep time.Duration, limit int) (removed int, err error)
}

// Engine runs functions of the sync logic.
type Engine interface {
	Call(ctx context.Context, function string, ports engine.Ports, input, output any) error
	ScriptDigest() string
}

// Messages sends messages to the administrators.
type Messages interface {
	Admins() ([]mattermost.Admin, error)
	DirectMessage(userID, text string) error
	PublishRun(run json.RawMessage)
	ConsoleURL() string
}

// Deps are the parts that the manager works with.
type Deps struct {
	Config      Config
	Store       Store
	Engine      Engine
	Accounts    ports.Accounts
	Memberships ports.Memberships
	Messages    Messages
	Log         ports.Log

	// Cluster is the plugin API, for the lock that lets only one node start a scheduled run.
	Cluster cluster.JobPluginAPI

	// NodeID identifies this node among all others and stays the same over restarts.
	NodeID string
}

// Request asks for a run. User limits it to one user. ActorID is empty if the request came without a session.
type Request struct {
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

// reading returns what a run for this request reads of the directory.
func (r Request) reading() string {
	switch {
	case r.Approves != "":
		return names.ReadingHeld
	case r.User != "":
		return names.ReadingPerson
	case r.Reading == names.ReadingIncremental:
		return names.ReadingIncremental
	}
	return names.ReadingFull
}

// Manager starts, watches and ends runs.
type Manager struct {
	Deps
	webhook *webhook

	// full starts the runs of the schedule. Between those, follower starts the incremental ones.
	full     *scheduler
	follower *scheduler

	// life ends with Close.
	life context.Context
	end  context.CancelFunc

	// working counts goroutines. closing says that no more may be added.
	mu      sync.Mutex
	working sync.WaitGroup
	closing bool
	current *execution
}

// New makes a manager that only accepts requests; Open starts the rest.
func New(deps Deps) *Manager {
	m := &Manager{Deps: deps, webhook: newWebhook()}
	m.life, m.end = context.WithCancel(context.Background())
	now := time.Now()
	m.full = &scheduler{key: "schedule", api: deps.Cluster, log: deps.Log, start: m.startFull, openedAt: now}
	m.follower = &scheduler{key: names.ReadingIncremental, api: deps.Cluster, log: deps.Log, start: m.startIncremental, openedAt: now}
	return m
}

// Start begins a run and returns at once. It returns *Refusal if the settings do not allow a run, and *store.RunningError while
// another run is active on any node.
func (m *Manager) Start(ctx context.Context, request Request) (store.Run, error) {
	settings := m.Config.Current()
	if len(settings.Faults) > 0 {
		return store.Run{}, &Refusal{fault: settings.Faults[0]}
	}
	user, err := m.findUser(ctx, settings, request.User)
	if err != nil {
		return store.Run{}, err
	}
	// The caller may stop waiting, but a run that is in the table must still be run.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer cancel()
	run, err := m.Store.StartRun(ctx, store.Run{
		ID:       model.NewId(),
		Mode:     request.Mode,
		Trigger:  request.Trigger,
		ActorID:  request.ActorID,
		User:     user,
		NodeID:   m.NodeID,
		TenantID: settings.TenantID,
		Reading:  request.reading(),
		Approves: request.Approves,
	})
	if err != nil {
		return store.Run{}, refusedStart(err)
	}
	m.publish(run)
	e := newExecution(m, run, settings)
	e.approvedChanges = request.Changes
	if !m.begin(e) {
		return run, e.interrupt(ctx)
	}
	return run, nil
}

// Approve begins a run that applies held changes of another run, or planned ones of a preview. Each is checked again. Changes
// are the seqs of those changes; none means all that need no approval of their own. It returns store.ErrNotFound, *Refusal if there is nothing to apply or the
// approval has expired, and whatever Start returns.
func (m *Manager) Approve(ctx context.Context, request Request) (store.Run, error) {
	if err := m.checkApproval(ctx, request); err != nil {
		return store.Run{}, err
	}
	request.Mode = names.ModeApply
	return m.Start(ctx, request)
}

// checkApproval asks the sync logic whether the changes of the request can be approved.
func (m *Manager) checkApproval(ctx context.Context, request Request) error {
	found, err := m.Store.Approvable(ctx, request.Approves)
	if err != nil {
		return refusedApproval(err)
	}
	found.NamesChanges = len(request.Changes) > 0
	var verdict struct {
		Fault *json.RawMessage `json:"fault"`
	}
	if err := m.Engine.Call(ctx, "check_approval", nil, found, &verdict); err != nil {
		return err
	}
	if verdict.Fault != nil {
		return &Refusal{fault: *verdict.Fault}
	}
	return nil
}

// Discard discards those held changes of the run that the request names, and returns the run. It returns the errors of Approve.
func (m *Manager) Discard(ctx context.Context, request Request) (store.Run, error) {
	if err := m.Store.DiscardHeld(ctx, request.Approves, request.Changes, request.ActorID); err != nil {
		return store.Run{}, refusedApproval(err)
	}
	run, err := m.Store.GetRun(ctx, request.Approves)
	if err == nil {
		m.publish(run)
	}
	return run, refusedApproval(err)
}

// begin runs e in the background, unless the manager is closing.
func (m *Manager) begin(e *execution) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closing {
		return false
	}
	m.current = e
	m.working.Go(e.work)
	return true
}

// background does work that Close waits for, unless the manager is closing.
func (m *Manager) background(work func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.closing {
		m.working.Go(work)
	}
}

// Cancel cancels a run on any node, and returns it. It returns store.ErrNotFound for an unknown run and *Refusal for one that
// has ended.
func (m *Manager) Cancel(ctx context.Context, runID string) (store.Run, error) {
	if err := m.Store.RequestCancel(ctx, runID); err != nil {
		return store.Run{}, refusedCancel(err)
	}
	m.mu.Lock()
	if m.current != nil && m.current.run.ID == runID {
		m.current.requestCancel()
	}
	m.mu.Unlock()
	run, err := m.Store.GetRun(ctx, runID)
	return run, refusedCancel(err)
}

// Close ends the schedule and the run that is active on this node, which is left as interrupted.
func (m *Manager) Close() {
	m.mu.Lock()
	m.closing = true
	current := m.current
	m.mu.Unlock()

	m.full.close()
	m.follower.close()
	m.end()
	if current == nil {
		m.awaitWork()
		return
	}
	current.stop(errInterrupted)
	if m.awaitWork() {
		return
	}
	// The run does not end in time. Its row is marked as interrupted, and it can no longer write to the history.
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := current.interrupt(ctx); err != nil {
		m.Log.Warn("Failed to mark the run as interrupted", "run_id", current.run.ID, "error", err.Error())
	}
}

// awaitWork waits for a limited time and reports whether all goroutines have ended.
func (m *Manager) awaitWork() bool {
	ended := make(chan struct{})
	go func() {
		m.working.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return true
	case <-time.After(closeTimeout):
		return false
	}
}

// publish sends the state of the run to the administrators' browsers.
func (m *Manager) publish(run store.Run) {
	encoded, err := json.Marshal(run)
	if err != nil {
		m.Log.Error("Failed to encode a run", "run_id", run.ID, "error", err.Error())
		return
	}
	m.Messages.PublishRun(encoded)
}
