// Package stage starts the scene for tests and for the demo: a real PostgreSQL,
// a real Mattermost server with the plugin in it, and a directory to sync from,
// which is the simulated tenant unless another one is given.
//
// Start starts the whole scene. StartPostgres and StartMattermost start parts of it.
// The database and the server are separate processes, which end
// when the process that started them ends, in any way.
//
// The package needs a Unix system, Node.js, and the npm packages of the
// repository (npm ci).
package stage
