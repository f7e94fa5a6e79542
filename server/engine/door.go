package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/dop251/goja"
)

// bind makes the object through which a script reaches the ports. It is the script's only connection to the outside. A port
// takes a plain value and returns one, or throws an Error that carries the Go error as its `value` and, if the Go error has
// them, the facts of the failure as JSON text in `facts`. With true as second argument, the port works in the background.
func (r *runtime) bind(ctx context.Context, ports Ports) *goja.Object {
	host := r.vm.NewObject()
	for name, port := range ports {
		// Set fails only on a frozen object, and this one is new.
		_ = host.Set(name, func(call goja.FunctionCall) goja.Value {
			input, err := encode(call.Argument(0))
			if err != nil {
				panic(r.throwable(name, err))
			}
			if call.Argument(1).ToBoolean() {
				return r.begin(ctx, name, port, input)
			}
			answer, err := open(ctx, port, input)
			return r.enter(name, answer, err)
		})
	}
	return host
}

// begin calls a port in the background and returns a function that waits for the answer. In between the script can work
// on something else. What the script never waits for ends with ctx. With a thenable, Go would resolve a promise of the
// script, and goja runs the rest of the script inside that call: a long run could free nothing before its end.
func (r *runtime) begin(ctx context.Context, name string, port Port, input json.RawMessage) goja.Value {
	type result struct {
		answer json.RawMessage
		err    error
	}
	done := make(chan result, 1)
	go func() {
		answer, err := open(ctx, port, input)
		done <- result{answer, err}
	}()
	wait := sync.OnceValue(func() result { return <-done }) // the script can ask twice
	return r.vm.ToValue(func(goja.FunctionCall) goja.Value {
		ended := wait()
		return r.enter(name, ended.answer, ended.err)
	})
}

// enter converts a port's answer, or its failure, for the script.
func (r *runtime) enter(name string, answer json.RawMessage, err error) goja.Value {
	var value goja.Value
	if err == nil {
		value, err = r.decode(answer)
	}
	if err != nil {
		panic(r.throwable(name, err))
	}
	return value
}

// open calls a port and encodes what it returns. A panic of the port becomes an error, because it must not end the plugin.
func open(ctx context.Context, port Port, input json.RawMessage) (answer json.RawMessage, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic in a port: %v", cause)
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	result, err := port(ctx, input)
	if err != nil {
		return nil, err
	}
	if raw, ok := result.(json.RawMessage); ok && raw != nil {
		return raw, nil
	}
	return json.Marshal(result)
}

// throwable turns a Go error into a JavaScript Error.
func (r *runtime) throwable(name string, err error) *goja.Object {
	thrown := r.vm.NewGoError(fmt.Errorf("%s: %w", name, err))
	if facts := factsOf(err); facts != "" {
		_ = thrown.Set("facts", facts)
	}
	return thrown
}
