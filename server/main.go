// Entra Sync keeps Mattermost accounts in step with Microsoft Entra ID. This is the server half of the plugin: it keeps
// time, holds secrets, checks permissions and moves bytes; every decision is made by webapp/src/sync.
package main

import (
	"github.com/mattermost/mattermost/server/public/plugin"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

func main() {
	engine.TuneMemory()
	plugin.ClientMain(&Plugin{})
}
