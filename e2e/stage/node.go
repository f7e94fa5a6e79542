package stage

import (
	"context"
	"path/filepath"
)

// StartNode starts another server on the same database, as in a cluster. It has its own configuration, plugins, and files
// in dir, empty at first. Accounts and sessions are shared. Stop it before the first server.
func (m *Mattermost) StartNode(ctx context.Context, dir string) (*Mattermost, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	options := m.options
	options.Dir = filepath.Clean(dir)
	node := &Mattermost{URL: "http://" + address + options.Subpath, options: options, executable: m.executable}
	if err := node.Start(ctx); err != nil {
		return nil, err
	}
	admin := *m.Admin
	admin.Client = node.Client()
	admin.Client.SetToken(m.Admin.Client.AuthToken)
	node.Admin = &admin
	return node, nil
}
