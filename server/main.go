// Entra Sync keeps Mattermost accounts in sync with Microsoft Entra ID. This is the server half of the plugin: it runs the
// schedule, holds secrets, checks permissions and moves bytes. Every decision is made by webapp/src/sync.
package main

import (
	"os"

	"github.com/mattermost/mattermost/server/public/plugin"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

func main() {
	engine.TuneMemory()
	go endWith(os.Getppid(), os.Getppid, func() { os.Exit(1) })
	plugin.ClientMain(&Plugin{})
}
