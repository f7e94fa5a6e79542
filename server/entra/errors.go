package entra

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// Error is every failure of this package. Errors of libraries are not passed on, because they print whole answers.
type Error struct {
	facts fault.Facts
	cause error
}

// Error returns one line for the log, without secrets.
func (e *Error) Error() string {
	words := []string{e.facts.Origin, e.facts.Kind, e.facts.Code}
	if e.facts.Status != 0 {
		words = append(words, fmt.Sprint(e.facts.Status))
	}
	if e.facts.Timeout {
		words = append(words, string(fault.Timeout))
	}
	text := "entra: " + strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	if e.facts.Message != "" {
		text += ": " + e.facts.Message
	}
	if e.facts.TraceID != "" {
		text += " (trace " + e.facts.TraceID + ")"
	}
	return text
}

// Unwrap returns the context's error, so that a caller recognizes its own cancellation.
func (e *Error) Unwrap() error { return e.cause }

// Facts returns what is known, ready for JSON.
func (e *Error) Facts() any { return e.facts }

// NonRetriable tells azcore that a failure of this package is final.
func (*Error) NonRetriable() {}

// refuse returns a failure that this package names itself.
func refuse(code fault.Code, message string) *Error {
	facts := fault.HostFacts(code)
	facts.Message = message
	return &Error{facts: facts}
}

// settingError refuses a setting by its name in the plugin's settings.
func settingError(setting string, cause error) *Error {
	code := fault.SettingInvalid
	if errors.Is(cause, errNotHTTPS) {
		code = fault.URLNotHTTPS
	}
	return refuse(code, setting+": "+clean(cause.Error()))
}

// invalidAnswer is an answer that does not follow its protocol.
func invalidAnswer(message string) *Error {
	return refuse(fault.DirectoryAnswerInvalid, message)
}

// foreignLink is an address outside the configured cloud, which must get neither token nor secret.
func foreignLink(host string) *Error {
	return refuse(fault.ForeignLink, clean(host))
}

// transportError says why there is no answer. An error of this package stays as it is.
func transportError(ctx context.Context, err error) *Error {
	var own *Error
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return &Error{facts: fault.HostFacts(fault.Cancelled), cause: context.Canceled}
	case errors.As(err, &own):
		return own
	case ctx.Err() != nil:
		return &Error{facts: networkFacts(ctx.Err()), cause: ctx.Err()}
	}
	return &Error{facts: networkFacts(err)}
}

// graphError reads Graph's error body. Anything else, such as a proxy's HTML page, leaves only the status.
// Source: https://learn.microsoft.com/graph/errors
func graphError(response *http.Response, body []byte) *Error {
	var answer struct {
		Error struct {
			Code       string `json:"code"`
			Message    string `json:"message"`
			InnerError struct {
				RequestID string `json:"request-id"`
			} `json:"innerError"`
		} `json:"error"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		answer.Error.Message = http.StatusText(response.StatusCode)
	}
	return &Error{facts: fault.Facts{
		Origin:  fault.OriginGraph,
		Status:  response.StatusCode,
		Code:    clean(answer.Error.Code),
		Message: clean(answer.Error.Message),
		TraceID: clean(cmp.Or(answer.Error.InnerError.RequestID, response.Header.Get("request-id"))),
	}}
}

// aboutGroups marks Graph's refusal of a request for groups: Graph has the same codes for a missing user and a missing group,
// and for both permissions. Other failures stay as they are.
func aboutGroups(err error) error {
	var refusal *Error
	if !errors.As(err, &refusal) || refusal.facts.Origin != fault.OriginGraph {
		return err
	}
	marked := *refusal
	marked.facts.Resource = "groups"
	return &marked
}

// isAbsent distinguishes Graph's own answer that an object does not exist from a 404 that some device on the way sent.
func isAbsent(err error) bool {
	var refusal *Error
	return errors.As(err, &refusal) && refusal.facts.Origin == fault.OriginGraph && refusal.facts.Status == http.StatusNotFound &&
		strings.EqualFold(refusal.facts.Code, "Request_ResourceNotFound")
}

// tokenError reads the error body of the token endpoint.
// Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
func tokenError(status int, body []byte, secrets ...string) *Error {
	var answer struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Codes       []int  `json:"error_codes"`
		TraceID     string `json:"trace_id"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		answer.Description = http.StatusText(status)
	}
	return &Error{facts: fault.Facts{
		Origin:  fault.OriginToken,
		Status:  status,
		Code:    clean(answer.Error, secrets...),
		Codes:   answer.Codes,
		Message: clean(answer.Description, secrets...),
		TraceID: clean(answer.TraceID, secrets...),
	}}
}
