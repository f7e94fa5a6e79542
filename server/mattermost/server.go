package mattermost

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

// pluginID is the plugin's ID in plugin.json. It is part of the address of the plugin's page in the System Console.
const pluginID = "entrasync"

// Server is what the plugin needs from Mattermost besides accounts: roles and languages of users, messages, events.
type Server struct {
	api   plugin.API
	botID string
}

// NewServer wraps api. Its direct messages need EnsureBot first.
func NewServer(api plugin.API) *Server {
	return &Server{api: api}
}

// BotID is the plugin's bot, once EnsureBot has found or made it.
func (s *Server) BotID() string { return s.botID }

// SiteURL has no slash at its end, and is empty if the server does not know its own address.
func (s *Server) SiteURL() string {
	siteURL := s.api.GetConfig().ServiceSettings.SiteURL
	if siteURL == nil {
		return ""
	}
	return strings.TrimRight(*siteURL, "/")
}

// ConsoleURL returns the address of the plugin's page in the System Console.
func (s *Server) ConsoleURL() string {
	return s.SiteURL() + "/admin_console/plugins/plugin_" + pluginID
}

// PublishRun sends the state of a run to the browsers of all system administrators, on every node. The server sends events with
// sensitive data only to sessions that may manage the system.
func (s *Server) PublishRun(run json.RawMessage) {
	payload := map[string]any{"run": string(run)}
	s.api.PublishWebSocketEvent("run", payload, &model.WebsocketBroadcast{ContainsSensitiveData: true})
}

// PublishSettings tells the browsers of all system administrators, on every node, that other settings have been saved.
func (s *Server) PublishSettings(revision string) {
	s.api.PublishWebSocketEvent("settings", map[string]any{"revision": revision}, &model.WebsocketBroadcast{ContainsSensitiveData: true})
}

// NodeID identifies this server among those of a cluster and stays the same over restarts. So a restarted node recognizes at
// once the runs that it left behind when it was killed.
func (s *Server) NodeID() (string, error) {
	host, err := os.Hostname()
	if err != nil {
		return "", err
	}
	folder, err := s.api.GetBundlePath()
	if err != nil {
		return "", err
	}
	return host + ":" + filepath.ToSlash(folder), nil
}
