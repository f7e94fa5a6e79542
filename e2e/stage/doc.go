// Package stage sets the scene for tests and for the demo: a real PostgreSQL,
// a real Mattermost server with the plugin in it, and a directory to sync from,
// which is the simulated tenant unless another one is named.
//
// Start sets the whole scene; StartPostgres and StartMattermost set parts of it.
// The database and the server are processes of their own, which end by
// themselves when the process that started them ends, however it ends.
//
// The package needs a Unix system, Node.js, and the npm packages of the
// repository (npm ci).
package stage
