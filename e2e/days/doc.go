// Package days plays an invented company for many random days: people join, move, swap addresses, leave and come back,
// the directory fails, servers die, administrators meddle. Each day the plugin syncs the simulated tenant into a real
// Mattermost server, and the accounts must be what an oracle says that knows nothing but the documents.
//
// A day depends on the seed and its number alone, so a difference can be played again: DAYS_SEED=7 DAYS=42 go test ./days.
package days
