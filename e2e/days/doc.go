// Package days plays many random days of a simulated company: users join, move, swap addresses, leave, and return,
// the directory fails, servers are killed, and administrators interfere. Each day, the plugin syncs the simulated tenant to a real
// Mattermost server, and the accounts must match an oracle that is based only on the documentation.
//
// The oracle knows the brakes: safety limits over 24 hours, changes that need an approval of their own, what a hold contains and
// for how long, and how far apart two absences must be. An administrator approves or discards held changes, all or some of them.
// On some days the directory is silent about an attribute, for some users or for all (haze.go).
// Days take seconds, so at night everything that the plugin remembers is made a day older (see clock.go).
//
// A day depends only on the seed and its number, so a difference can be reproduced: DAYS_SEED=7 DAYS=42 go test ./days.
// The seed decides about the policy as well (see variant.go).
package days
