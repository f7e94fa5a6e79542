// Package tenant is a simulated Microsoft Entra tenant: an https server on 127.0.0.1 that speaks the
// token endpoint of login.microsoftonline.com and the part of Microsoft Graph that the plugin reads.
//
// It is honest rather than complete. Whatever it answers has the shape, the status and the wording that
// Microsoft's services use, and Microsoft's own clients (azidentity, @azure/identity,
// @microsoft/microsoft-graph-client) are run against it in tests. What it does not know it refuses as
// Graph refuses an unsupported query, so that a test cannot pass by luck.
//
// Each part of the surface has a file of its own:
//
//	server.go        starting, stopping, routes; authority.go: the https certificate
//	login.go         discovery and the token endpoint; aadsts.go: its errors; assertion.go: certificates
//	token.go         access tokens
//	graph.go         what all of Graph shares: bearer tokens, errors, headers
//	users.go         /users; groups.go: /groups; organization.go: /organization
//	delta.go         /users/delta; delta_round.go: what changed between two states; delta_change.go: how it is told
//	deleted.go       deleted users, /directory/deletedItems; members.go: /groups/{id}/transitiveMembers
//	query.go         OData options; filter.go: $filter; page.go: pages and their nextLink
//	objects.go       the directory itself; load.go: reading one from a file
//	fault.go         the fault switches; fault_effect.go: what each of them does to an answer
//	control.go       the same switches over HTTP, for other processes; request_log.go: what was asked
//	control_people.go, control_groups.go: changing the directory, from Go and over HTTP
package tenant
