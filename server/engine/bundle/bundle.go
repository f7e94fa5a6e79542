// Package bundle holds the sync logic as webpack builds it from webapp/src/sync (`make bundle`).
package bundle

import _ "embed"

// Script is one classic ES2022 script; it defines the global `entrasync`.
//
//go:embed sync.js
var Script string
