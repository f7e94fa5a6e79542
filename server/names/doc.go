// Package names has the closed lists of webapp/src/sync/lists.ts: the words that the sync logic, this server and the page
// exchange.
package names
