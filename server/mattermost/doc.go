// Package mattermost is the only wrapper of the plugin API and the only reader of Mattermost's own tables.
//
// Accounts are read with SQL, in bulk: the plugin API would need a call per account. They are written through the plugin API,
// so that the server applies its own rules, clears its caches and notifies its clients.
package mattermost
