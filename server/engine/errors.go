package engine

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/dop251/goja"
)

// maxCauses limits how far a chain of causes is followed, because a script could make it endless.
const maxCauses = 16

// FactsError is a Go error that describes the failure with facts that the sync logic can classify (Facts in
// webapp/src/sync/faults).
type FactsError interface {
	error
	Facts() any
}

// ScriptError is a failure of the script or of a port that the script did not handle.
type ScriptError struct {
	Message string

	// Stack is the JavaScript stack, for the log.
	Stack string

	// Fault is the JSON of the Fault (webapp/src/sync/errors.ts) that the script threw, or nil for a programming error.
	Fault json.RawMessage

	// Cause is the Go error that passed through the script, or nil.
	Cause error
}

func (e *ScriptError) Error() string {
	return "sync logic: " + e.Message
}

// Unwrap returns the Go error at the root, so that errors.Is works through the script.
func (e *ScriptError) Unwrap() error {
	return e.Cause
}

func factsOf(err error) string {
	var known FactsError
	if !errors.As(err, &known) {
		return ""
	}
	encoded, encodeErr := json.Marshal(known.Facts())
	if encodeErr != nil {
		return ""
	}
	return string(encoded)
}

// failure converts what goja returns when a call throws at once into our error.
func (r *runtime) failure(ctx context.Context, err error) error {
	if ctxErr := ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	var exception *goja.Exception
	if errors.As(err, &exception) {
		return r.rejection(ctx, exception.Value())
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		return &ScriptError{Message: "call stack exceeded", Cause: err}
	}
	return &ScriptError{Message: err.Error(), Cause: err}
}

// rejection converts a thrown JavaScript value into our error.
func (r *runtime) rejection(ctx context.Context, reason goja.Value) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	thrown, ok := reason.(*goja.Object)
	if !ok {
		return &ScriptError{Message: reason.String()}
	}
	return &ScriptError{
		Message: thrown.String(),
		Stack:   text(thrown.Get("stack")),
		Fault:   faultOf(thrown),
		Cause:   causeOf(thrown),
	}
}

func faultOf(thrown *goja.Object) json.RawMessage {
	fault, ok := thrown.Get("fault").(*goja.Object)
	if !ok {
		return nil
	}
	encoded, err := fault.MarshalJSON()
	if err != nil {
		return nil
	}
	return encoded
}

// causeOf searches the chain of causes for a Go error. Plain unwrapping fails because JavaScript errors are in between.
func causeOf(thrown *goja.Object) error {
	for range maxCauses {
		if value := thrown.Get("value"); value != nil {
			if err, ok := value.Export().(error); ok {
				return err
			}
		}
		next, ok := thrown.Get("cause").(*goja.Object)
		if !ok {
			return nil
		}
		thrown = next
	}
	return nil
}

func text(value goja.Value) string {
	if value == nil || goja.IsUndefined(value) {
		return ""
	}
	return value.String()
}
