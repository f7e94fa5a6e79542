// Package fault has the errors that an administrator sees: their codes, and what is known about a failure before it has a code.
// The sync logic has their texts.
package fault

import "encoding/json"

// Code is one of the closed list of error codes (webapp/src/sync/errors.ts).
type Code string

// Fault is a Fault of webapp/src/sync/errors.ts.
type Fault struct {
	Code   Code            `json:"code"`
	Params map[string]any  `json:"params,omitempty"`
	Path   string          `json:"path,omitempty"`
	Raw    json.RawMessage `json:"raw,omitempty"`
}

// Of returns a Fault that has only a code.
func Of(code Code) Fault { return Fault{Code: code} }

// At returns a Fault of the setting, or the part of a request, that path names.
func At(code Code, path string) Fault {
	return Fault{Code: code, Path: path, Params: map[string]any{"path": path}}
}

// JSON returns the Fault as the sync logic, the database and the HTTP API have it.
func (f Fault) JSON() json.RawMessage {
	encoded, err := json.Marshal(f)
	if err != nil {
		return Of(Internal).JSON() // params or raw are no JSON
	}
	return encoded
}
