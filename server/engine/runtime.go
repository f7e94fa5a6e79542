package engine

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/dop251/goja"
)

// runtime is one JavaScript environment with the sync logic loaded. It belongs to one goroutine at a time.
type runtime struct {
	vm          *goja.Runtime
	entry       goja.Callable
	unhandled   map[*goja.Promise]struct{}
	interrupted atomic.Bool
}

func newRuntime(program *goja.Program) (*runtime, error) {
	r := &runtime{vm: goja.New(), unhandled: map[*goja.Promise]struct{}{}}
	r.vm.SetMaxCallStackSize(maxCallStack)
	r.vm.SetPromiseRejectionTracker(r.trackRejection)
	if _, err := r.vm.RunProgram(program); err != nil {
		return nil, fmt.Errorf("load the sync logic: %w", err)
	}
	library := r.vm.Get("entrasync")
	if library == nil {
		return nil, errors.New("load the sync logic: it does not define `entrasync`")
	}
	entry, ok := goja.AssertFunction(library.ToObject(r.vm).Get("call"))
	if !ok {
		return nil, errors.New("load the sync logic: it does not export `call`")
	}
	r.entry = entry
	return r, nil
}

// trackRejection remembers rejected promises that are not handled (yet). goja ignores them silently.
func (r *runtime) trackRejection(promise *goja.Promise, operation goja.PromiseRejectionOperation) {
	if operation == goja.PromiseRejectionReject {
		r.unhandled[promise] = struct{}{}
	} else {
		delete(r.unhandled, promise)
	}
}

// reusable reports whether another call may run here. After an interrupt, goja may still hold unfinished work.
func (r *runtime) reusable() bool {
	return !r.interrupted.Load()
}

func (r *runtime) call(ctx context.Context, function string, ports Ports, input string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	clear(r.unhandled)
	stop := context.AfterFunc(ctx, func() {
		r.interrupted.Store(true)
		r.vm.Interrupt(ctx.Err())
	})
	defer func() {
		if !stop() {
			r.interrupted.Store(true) // the interrupt may arrive late and must not stop the next call
		}
	}()

	result, err := r.entry(goja.Undefined(), r.vm.ToValue(function), r.vm.ToValue(input), r.bind(ctx, ports))
	if err != nil {
		return "", r.failure(ctx, err)
	}
	promise, ok := result.Export().(*goja.Promise)
	if !ok {
		return "", &ScriptError{Message: "`call` did not return a promise"}
	}
	return r.settled(ctx, promise)
}

// settled reads the promise that a call returned. It is always settled: ports block, so nothing is left to wait for.
func (r *runtime) settled(ctx context.Context, promise *goja.Promise) (string, error) {
	switch promise.State() {
	case goja.PromiseStateRejected:
		return "", r.rejection(ctx, promise.Result())
	case goja.PromiseStatePending:
		if err := ctx.Err(); err != nil {
			return "", err
		}
		return "", &ScriptError{Message: "the script waits for something that never comes"}
	}
	for forgotten := range r.unhandled {
		return "", r.rejection(ctx, forgotten.Result())
	}
	return promise.Result().String(), nil
}
