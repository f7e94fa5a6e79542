// Package tenant is a simulated Microsoft Entra tenant: an https server on 127.0.0.1 that speaks the
// token endpoint of login.microsoftonline.com and the part of Microsoft Graph that the plugin reads.
//
// It is accurate rather than complete. All its responses have the form, the status, and the wording that
// Microsoft's services use, and tests run Microsoft's own clients (azidentity, @azure/identity,
// @microsoft/microsoft-graph-client) against it. It rejects what it does not support, as
// Graph rejects an unsupported query, so that a test cannot pass by accident.
//
// The files:
//
//	server.go        starting, stopping, routes; authority.go: the https certificate
//	login.go         discovery and the token endpoint; aadsts.go: its errors; assertion.go: certificates
//	token.go         access tokens
//	graph.go         common parts of Graph: bearer tokens, errors, headers
//	users.go         /users; groups.go: /groups; organization.go: /organization
//	delta.go         /users/delta; delta_round.go: changes between two states; delta_change.go: their format
//	delta_members.go /groups/delta
//	deleted.go       deleted users, /directory/deletedItems; members.go: /groups/{id}/transitiveMembers, /users/{id}/transitiveMemberOf
//	query.go         OData options; filter.go: $filter; page.go: pages and their nextLink
//	objects.go       the directory itself; load.go: reading one from a file
//	fault.go         faults; fault_effect.go: their effects
//	control.go       faults over HTTP, for other processes; request_log.go: the requests
//	control_people.go, control_groups.go: changing the directory, from Go and over HTTP
package tenant
