package fault

// Facts describe a failure without judging it; the sync logic turns them into an error code and a hint
// (Facts in webapp/src/sync/faults).
type Facts struct {
	// Origin is what failed: OriginToken (sign-in), OriginGraph, OriginNetwork, OriginMattermost, or OriginHost (this server).
	Origin string `json:"origin"`

	// Status is the HTTP status, 0 without an answer.
	Status int `json:"status,omitempty"`

	// Code is OAuth's `error`, Graph's `error.code`, the id of Mattermost's error, such as
	// app.user.save.email_exists.app_error, or for OriginHost a Code.
	Code string `json:"code,omitempty"`

	// Codes are the AADSTS numbers of a refused sign-in.
	Codes []int `json:"codes,omitempty"`

	// Resource is what Graph was asked for if its codes do not tell: groups, or '' for users.
	Resource string `json:"resource,omitempty"`

	// Message is one line from the remote system, without secrets.
	Message string `json:"message,omitempty"`

	// TraceID is the ID that Microsoft's support asks for.
	TraceID string `json:"trace_id,omitempty"`
	Timeout bool   `json:"timeout,omitempty"`

	// Kind narrows OriginNetwork.
	Kind string `json:"kind,omitempty"`
}

// HostFacts are the facts of a failure that this server names by an error code itself.
func HostFacts(code Code) Facts {
	return Facts{Origin: OriginHost, Code: string(code)}
}

// Error is a failure that this server names by an error code itself.
type Error struct {
	Code  Code
	Cause error
}

func (e *Error) Error() string {
	if e.Cause == nil {
		return string(e.Code)
	}
	return string(e.Code) + ": " + e.Cause.Error()
}

func (e *Error) Unwrap() error { return e.Cause }

// Facts implements engine.FactsError.
func (e *Error) Facts() any { return HostFacts(e.Code) }
