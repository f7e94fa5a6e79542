package stage

import (
	"context"
	"path/filepath"
)

// StartNode starts one more server on the same database, as a cluster has them. Its configuration, plugins and files
// are its own and begin empty, in dir; accounts and sessions are the same. Stop it before the first server.
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
