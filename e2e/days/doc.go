// Package days plays many random days of a simulated company: users join, move, swap addresses, leave, and return,
// the directory fails, servers are killed, and administrators interfere. Each day, the plugin syncs the simulated tenant to a real
// Mattermost server, and the accounts must match an oracle that is based only on the documentation.
//
// A day depends only on the seed and its number, so a difference can be reproduced: DAYS_SEED=7 DAYS=42 go test ./days.
package days
