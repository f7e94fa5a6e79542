// Package ports implements all ports of the sync logic (webapp/src/sync/ports.ts) for one run.
package ports

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// Directory reads users from Microsoft Entra ID.
type Directory interface {
	ReadUsers(ctx context.Context, query entra.Query) (entra.Page, error)
	FindUsers(ctx context.Context, user string, attributes []string) (json.RawMessage, error)
	GetUsers(ctx context.Context, ids, attributes []string) (json.RawMessage, error)
	ReadDelta(ctx context.Context, query entra.DeltaQuery) (entra.DeltaPage, error)
	ReadGroupMembers(ctx context.Context, query entra.MemberQuery) (entra.MemberPage, error)
	ReadGroupDelta(ctx context.Context, query entra.GroupDeltaQuery) (entra.GroupDeltaPage, error)
	ReadUserGroups(ctx context.Context, query entra.UserGroupsQuery) ([]entra.UserGroups, error)
	ExistingGroups(ctx context.Context, ids []string) ([]string, error)
	ReadNestedGroups(ctx context.Context, groupID string) (entra.NestedGroups, error)
	ListGroups(ctx context.Context, query entra.GroupQuery) (entra.GroupPage, error)
	Probe(ctx context.Context, step string) (string, error)
	TenantID(ctx context.Context) (string, error)
	TenantIDOf(ctx context.Context, name string) string
}

// Accounts reads and writes Mattermost accounts.
type Accounts interface {
	Find(ctx context.Context, tenantID string, keys json.RawMessage) (any, error)
	Recognized(ctx context.Context, tenantID string, users json.RawMessage, found any) error
	TakenUsernames(ctx context.Context, names json.RawMessage) (any, error)
	Room(ctx context.Context) (any, error)
	ServerRules(ctx context.Context) (any, error)
	Create(ctx context.Context, options mattermost.WriteOptions, accounts json.RawMessage) (any, error)
	Update(ctx context.Context, options mattermost.WriteOptions, patches json.RawMessage) (any, error)
	SetActive(ctx context.Context, options mattermost.WriteOptions, request json.RawMessage) (any, error)
	AttributeFields(ctx context.Context) (any, error)
	AttributeValues(ctx context.Context, request json.RawMessage) (any, error)
}

// History stores what a run plans, does and reads. Its writes fail once the run is no longer running.
type History interface {
	Targets
	RecordChanges(ctx context.Context, runID string, changes, tellOnce json.RawMessage) (known json.RawMessage, err error)
	ForgetTold(ctx context.Context, runID string) error
	FinishChanges(ctx context.Context, runID string, outcomes json.RawMessage) error
	SettleHeld(ctx context.Context, runID, heldID string, outcomes json.RawMessage) error
	ListHeld(ctx context.Context, runID string, after, limit int) (changes json.RawMessage, err error)
	ListRecent(ctx context.Context, tenantID string, withinMS int64, actions, reasons json.RawMessage) (changes json.RawMessage, err error)
	ListOpen(ctx context.Context, tenantID string, filter store.HeldFilter, objectIDs json.RawMessage) (changes json.RawMessage, err error)
	RecordMemberships(ctx context.Context, runID string, lines json.RawMessage) error
	NoteMemberships(ctx context.Context, runID string, notes json.RawMessage) error
	NoteUnwanted(ctx context.Context, runID string, notes json.RawMessage) error
	SavePlacements(ctx context.Context, runID, tenantID string, placements json.RawMessage) error
	RecentLeaves(ctx context.Context, tenantID string, withinMS int64) (targets json.RawMessage, err error)
	Ledger(ctx context.Context, accounts, targets json.RawMessage) (answer json.RawMessage, err error)
	SaveLinks(ctx context.Context, runID, tenantID string, links json.RawMessage) error
	ListActiveLinks(ctx context.Context, tenantID, after string, limit int) (answer json.RawMessage, err error)
	ConfirmLinks(ctx context.Context, runID, tenantID string, confirmed json.RawMessage) error
	LinkedTenants(ctx context.Context) (json.RawMessage, error)
	UseTenant(ctx context.Context, runID, written, tenantID string, carry []string) error
	MarkDepartures(ctx context.Context, runID, tenantID string, departures json.RawMessage) error
	SaveScopeValues(ctx context.Context, runID, tenantID string, users json.RawMessage) error
	ListRetries(ctx context.Context, tenantID string) (answer json.RawMessage, err error)
	SaveRetries(ctx context.Context, runID, tenantID string, retries, forget json.RawMessage) error
	SaveDirectoryPage(ctx context.Context, runID string, number int, users json.RawMessage) error
	CompleteDirectory(ctx context.Context, runID string) error
	ListGroupTrees(ctx context.Context, tenantID string) (trees json.RawMessage, err error)
	GroupTreeMembers(ctx context.Context, tenantID, groupID string) (members json.RawMessage, err error)
	GroupTreesHolding(ctx context.Context, tenantID string, objectIDs json.RawMessage) (users json.RawMessage, err error)
	PutGroupTree(ctx context.Context, runID, tenantID string, tree json.RawMessage) error
	KeepGroupTrees(ctx context.Context, runID, tenantID, key, value string, needed json.RawMessage) error
	GetState(ctx context.Context, key string) (string, error)
	SetRunState(ctx context.Context, runID, key, value string) error
}

// Log is the server's log. Fields are key, value, key, value, …
type Log interface {
	Debug(message string, fields ...any)
	Info(message string, fields ...any)
	Warn(message string, fields ...any)
	Error(message string, fields ...any)
}

// Run is what the ports of one run need.
type Run struct {
	ID string

	// Tenant is shared by all ports.
	Tenant *Tenant

	// ScriptDigest identifies the sync logic: what another version of it confirmed may need a change by this one.
	ScriptDigest string

	Directory   Directory
	Accounts    Accounts
	Memberships Memberships
	Write       mattermost.WriteOptions
	History     History
	Log         Log

	// Reading ends when an administrator cancels the run. Then a read of the directory, which can wait long, ends at once.
	// Writes of accounts end with their batch.
	Reading context.Context

	// Report receives the run's Progress, and fails once the run must stop.
	Report func(progress json.RawMessage) error
}

// New binds all ports for one run.
func New(run Run) engine.Ports {
	ports := NewConnectionTest(run.Directory, run.Log)
	known := &fingerprints{}
	directory := &directoryPorts{run: run, fingerprints: known}
	ports["accounts.find"] = run.findAccounts
	ports["accounts.taken_usernames"] = run.takenUsernames
	ports["accounts.room"] = run.room
	ports["accounts.server_rules"] = run.serverRules
	ports["accounts.create"] = run.createAccounts
	ports["accounts.update"] = run.updateAccounts
	ports["accounts.set_active"] = run.setActive
	ports["accounts.attribute_fields"] = run.attributeFields
	ports["accounts.attribute_values"] = run.attributeValues
	ports["links.save"] = saveList("links", run.saveLinks)
	ports["links.confirm"] = run.confirmLinks(known)
	ports["links.list_active"] = run.listActiveLinks
	ports["links.tenants"] = run.storedTenants
	ports["links.use_tenant"] = run.useTenant
	ports["links.set_departures"] = saveList("departures", run.setDepartures)
	ports["links.set_scope_values"] = saveList("users", run.setScopeValues)
	ports["retries.list"] = run.listRetries
	ports["retries.save"] = run.saveRetries
	ports["changes.record"] = run.recordChanges
	ports["changes.forget_told"] = run.forgetTold
	ports["changes.finish"] = saveList("outcomes", run.finishChanges)
	ports["changes.list_held"] = run.listHeld
	ports["changes.list_recent"] = run.listRecent
	ports["changes.list_open"] = run.listOpen
	ports["changes.finish_held"] = run.finishHeld
	ports["state.read"] = run.readState
	ports["state.write"] = run.writeState
	ports["progress.report"] = run.reportProgress
	for name, port := range run.bindMemberships() {
		ports[name] = port
	}
	maps.Copy(ports, directory.bind())
	maps.Copy(ports, run.bindGroupTrees())
	return ports
}

// NewConnectionTest binds what the connection test needs. It writes nothing.
func NewConnectionTest(directory Directory, log Log) engine.Ports {
	return engine.Ports{
		"directory.probe":  probe(directory),
		"clock.now":        now,
		"random.fractions": fractions,
		"log.write":        write(log),
	}
}

// PortNames returns the names of all ports in alphabetical order, to compare with the sync logic's own list.
func PortNames() []string {
	return slices.Sorted(maps.Keys(New(Run{})))
}
