// Package days plays many random days of a simulated company: users join, move, swap addresses, leave, and return,
// the directory fails, servers are killed, and administrators interfere. Each day, the plugin syncs the simulated tenant to a real
// Mattermost server, and the accounts must match an oracle that is based only on the documentation.
//
// What is played:
//   - The directory: users and guests who join, also with the address of another user, are created again, change names, departments,
//     and addresses, swap and share addresses, get addresses of which the username is reserved or another user's, are disabled,
//     deleted, restored, or leave and return in crowds (events.go, crowds.go).
//     On some days, it is silent about an attribute of some users or of all (haze.go), fails, loses pages or users (trouble.go), or
//     contradicts itself (incremental.go).
//   - Groups of the directory: users come and go, groups contain each other, are renamed, deleted, and created again (groups.go). On
//     some days, their members or their list cannot be read.
//   - Teams and channels: rules of every kind (member_rules.go), which an administrator edits (rule_edits.go). By hand, users are added,
//     removed, and made admins, and teams and channels are archived, renamed, full, or led by groups of Mattermost (room_meddling.go).
//   - Administrators: they edit, deactivate, and activate accounts, create some, give roles (meddling.go), switch the sign-in method,
//     verify addresses, and make bots; squatters register addresses of users (identities.go).
//   - Runs: full, incremental, for one user, previews whose plan is applied in part (other_runs.go), and runs that are killed (crash.go).
//   - Held changes: an administrator approves or discards all or some of them, or their approval expires (decide_held.go).
//   - The policy: the seed decides about sign-in, grace period, adoption, relinking, usernames that follow the directory (names.go), and
//     more (variant.go).
//
// The oracle knows the brakes: safety limits over 24 hours, changes that need an approval of their own, what a hold contains and
// for how long, how far apart two absences must be, and who belongs in which team and channel (oracle*.go). Some statements must be true whatever the oracle says
// (invariants.go). Days take seconds, so at night everything that the plugin remembers is made a day older (clock.go).
//
// A day depends only on the seed and its number, so a difference can be reproduced: DAYS_SEED=7 DAYS=42 go test ./days.
package days
