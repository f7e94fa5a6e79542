// Command loop is a Mattermost plugin for benchmarks: the reference loop for a first import.
// It creates the given accounts through the plugin API, several at the same time, and does nothing else.
package main

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
	"golang.org/x/sync/errgroup"
)

func main() {
	plugin.ClientMain(&Plugin{})
}

// request is the body of POST.
type request struct {
	Concurrency int           `json:"concurrency"`
	Accounts    []*model.User `json:"accounts"`
}

// progress is the response of GET.
type progress struct {
	Finished bool    `json:"finished"`
	Seconds  float64 `json:"seconds"`
	Error    string  `json:"error"`
}

// Plugin runs one loop in its lifetime.
type Plugin struct {
	plugin.MattermostPlugin

	mu       sync.Mutex
	progress progress
}

// ServeHTTP starts the loop on POST and returns its progress on GET, for system administrators only.
func (p *Plugin) ServeHTTP(_ *plugin.Context, w http.ResponseWriter, r *http.Request) {
	if !p.API.HasPermissionTo(r.Header.Get("Mattermost-User-Id"), model.PermissionManageSystem) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	if r.Method == http.MethodPost {
		var wanted request
		if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		go p.create(wanted)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = json.NewEncoder(w).Encode(p.progress) // if the client has disconnected, it asks again
}

func (p *Plugin) create(wanted request) {
	start := time.Now()
	var group errgroup.Group
	group.SetLimit(wanted.Concurrency)
	for _, account := range wanted.Accounts {
		group.Go(func() error {
			if _, err := p.API.CreateUser(account); err != nil {
				return err
			}
			return nil
		})
	}
	ended := progress{Finished: true}
	if err := group.Wait(); err != nil {
		ended.Error = err.Error()
	}
	ended.Seconds = time.Since(start).Seconds()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.progress = ended
}
