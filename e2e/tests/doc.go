// Package tests tests the plugin on a real Mattermost server with a real PostgreSQL and the simulated tenant.
//
// Most tests share one of two scenes, which start when the first test needs them: `plain` is a server without a license
// with the simulated company of 120 users, `licensed` one below a subpath that accepts any number of users. Every test
// starts with its scene in a known state (begin), so tests do not depend on their order. A few tests
// (onEachRelease) also use `oldest`, which is like `plain` on the oldest Mattermost that the plugin supports.
//
// Every request of the package to the plugin passes through the contract, which fails the request if the
// response does not match docs/openapi.yaml.
package tests
