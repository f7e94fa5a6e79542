// Package tests proves the plugin on a real Mattermost server with a real PostgreSQL and the simulated tenant.
//
// Most tests share one of two scenes, which start when the first test asks for them: `plain` is an unlicensed server
// with the invented company of 120 people, `licensed` one below a subpath that takes any number of users. Every test
// begins by asking for its scene in a known state (begin), so tests do not depend on each other's order. A few tests
// (onEachRelease) also use `oldest`, which is like `plain` on the oldest Mattermost that the plugin supports.
//
// Every request that the package makes to the plugin passes through the contract, which fails the request when the
// answer is not what docs/openapi.yaml says.
package tests
