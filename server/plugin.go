package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
	"github.com/mattermost/mattermost/server/public/pluginapi"

	"github.com/entrasync/mattermost-plugin-entrasync/server/api"
	"github.com/entrasync/mattermost-plugin-entrasync/server/command"
	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/questions"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// activationTimeout limits the migrations and the first read of the settings.
const activationTimeout = 5 * time.Minute

// revisionKeyName is the key in the store for settings revisions. Any node can answer the page, so all nodes must give the same
// settings the same revision.
const revisionKeyName = "settings_revision_key"

// Plugin is the composition root: it builds the parts and passes the server's hooks to them. It keeps nothing else.
type Plugin struct {
	plugin.MattermostPlugin

	// mu guards the parts: the server can call hooks while the plugin is being activated.
	mu      sync.RWMutex
	parts   *parts
	closeDB func() error

	// changing makes changes of the settings wait for each other, so that the newest one is applied last.
	changing sync.Mutex
}

// parts exist once the plugin is activated.
type parts struct {
	config  *configurations
	server  *mattermost.Server
	quiet   *mattermost.Quiet
	manager *job.Manager
	asked   *questions.Questions
	api     *api.API
	command *command.Command
}

// OnActivate builds the parts. Wrong settings do not stop it; a database that is not PostgreSQL does.
func (p *Plugin) OnActivate() error {
	ctx, cancel := context.WithTimeout(context.Background(), activationTimeout)
	defer cancel()
	client := pluginapi.NewClient(p.API, p.Driver)
	db, err := client.Store.GetMasterDB()
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	built, err := p.build(ctx, db, client.Store.DriverName())
	if err != nil {
		return err
	}
	definition, err := built.command.Definition(ctx, *p.API.GetConfig().LocalizationSettings.DefaultServerLocale)
	if err != nil {
		return fmt.Errorf("describe the command: %w", err)
	}
	if err := p.API.RegisterCommand(definition); err != nil {
		return fmt.Errorf("register the command: %w", err)
	}
	p.mu.Lock()
	p.parts, p.closeDB = built, client.Store.Close
	p.mu.Unlock()
	return p.OnConfigurationChange() // the settings can have changed since they were read
}

func (p *Plugin) build(ctx context.Context, db *sql.DB, driver string) (*parts, error) {
	logic, err := engine.New()
	if err != nil {
		return nil, err
	}
	history, err := store.New(db, driver)
	if err != nil {
		return nil, err
	}
	if err := history.Migrate(ctx); err != nil {
		return nil, fmt.Errorf("migrate the database: %w", err)
	}
	server := mattermost.NewServer(p.API)
	if err := server.EnsureBot(); err != nil {
		return nil, fmt.Errorf("ensure the bot: %w", err)
	}
	node, err := server.NodeID()
	if err != nil {
		return nil, fmt.Errorf("name this node: %w", err)
	}
	log := logger{p.API}
	revisionKey, err := history.EnsureState(ctx, revisionKeyName, rand.Text())
	if err != nil {
		return nil, err
	}
	config := newConfigurations(logic, surroundings{driver, server.InitialPasswordProblem, server.Rules}, revisionKey)
	if err := p.load(ctx, config); err != nil {
		return nil, err
	}
	accounts := mattermost.NewAccounts(p.API, db)
	quiet := mattermost.NewQuiet(server.BotID())
	memberships := mattermost.NewMemberships(p.API, db, server.BotID(), quiet)
	manager := job.New(job.Deps{
		Config: config, Store: history, Engine: logic, Accounts: accounts, Memberships: memberships, Messages: server, Log: log,
		Cluster: p.API, NodeID: node,
	})
	asked := questions.New(questions.Deps{Config: config, Store: history, Engine: logic, Accounts: accounts, Memberships: memberships, Log: log})
	var held store.HeldFilter
	if err := logic.Call(ctx, "held_filter", nil, struct{}{}, &held); err != nil {
		return nil, fmt.Errorf("ask which run waits for an approval: %w", err)
	}
	handler := api.New(api.Deps{
		Jobs: jobs{manager, config, history, held}, Questions: pageQuestions{asked}, History: history, People: server, Engine: logic, Log: log, TriggerToken: config.TriggerToken,
	})
	if err := manager.Open(ctx); err != nil {
		return nil, fmt.Errorf("recognize interrupted runs: %w", err)
	}
	return &parts{
		config: config, server: server, quiet: quiet, manager: manager, asked: asked, api: handler,
		command: command.New(command.Deps{API: handler, Engine: logic, People: server, Bot: server, Log: log}),
	}, nil
}

// load reads the settings as the server has them now.
func (p *Plugin) load(ctx context.Context, config *configurations) error {
	var stored map[string]json.RawMessage
	if err := p.API.LoadPluginConfiguration(&stored); err != nil {
		return fmt.Errorf("load the settings: %w", err)
	}
	if err := config.load(ctx, stored); err != nil {
		return fmt.Errorf("check the settings: %w", err)
	}
	return nil
}

// MessageWillBePosted dismisses the posts about users whom the sync quietly adds to teams and channels.
//
//nolint:unparam // The server defines the hook, and no post is a post that stays as it is.
func (p *Plugin) MessageWillBePosted(_ *plugin.Context, post *model.Post) (*model.Post, string) {
	if parts := p.active(); parts != nil && parts.quiet.Dismisses(post) {
		return nil, plugin.DismissPostError
	}
	return nil, ""
}

// OnConfigurationChange applies the changed settings. The server also calls it before OnActivate; then no parts exist yet.
func (p *Plugin) OnConfigurationChange() error {
	parts := p.active()
	if parts == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), activationTimeout)
	defer cancel()
	p.changing.Lock()
	defer p.changing.Unlock()
	before := parts.config.Revision()
	if err := p.load(ctx, parts.config); err != nil {
		return err
	}
	parts.manager.Reconfigure()
	if now := parts.config.Revision(); now != before {
		parts.server.PublishSettings(now)
	}
	return nil
}

// OnDeactivate stops all work and releases the database connection.
func (p *Plugin) OnDeactivate() error {
	p.mu.Lock()
	parts, closeDB := p.parts, p.closeDB
	p.parts = nil
	p.mu.Unlock()
	if parts == nil {
		return nil
	}
	parts.manager.Close()
	parts.asked.Close()
	return closeDB()
}

// ServeHTTP answers requests below /plugins/entrasync.
func (p *Plugin) ServeHTTP(c *plugin.Context, w http.ResponseWriter, r *http.Request) {
	parts := p.active()
	if parts == nil {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write(fault.Of(fault.Internal).JSON())
		return
	}
	parts.api.ServeHTTP(w, api.From(r, c.IPAddress))
}

// ExecuteCommand answers /entrasync.
func (p *Plugin) ExecuteCommand(_ *plugin.Context, args *model.CommandArgs) (*model.CommandResponse, *model.AppError) {
	parts := p.active()
	if parts == nil {
		return nil, model.NewAppError("ExecuteCommand", "plugin.not_active", nil, "", http.StatusServiceUnavailable)
	}
	return parts.command.Execute(args), nil
}

func (p *Plugin) active() *parts {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.parts
}

// logger is the server's log. Fields are key, value, key, value, …
type logger struct{ api plugin.API }

func (l logger) Debug(message string, fields ...any) { l.api.LogDebug(message, fields...) }
func (l logger) Info(message string, fields ...any)  { l.api.LogInfo(message, fields...) }
func (l logger) Warn(message string, fields ...any)  { l.api.LogWarn(message, fields...) }
func (l logger) Error(message string, fields ...any) { l.api.LogError(message, fields...) }
