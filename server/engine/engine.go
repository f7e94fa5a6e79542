// Package engine runs the TypeScript sync logic in an embedded JavaScript engine.
//
// The logic is one classic script, compiled once. It reaches the outside only through ports: Go functions that take and return
// JSON and may block. The script runs on one goroutine from start to end, and waits there for ports that work in the
// background. It needs no timers and no event loop: every promise is settled when the call returns.
package engine

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine/bundle"
)

// maxCallStack limits recursion in the script. goja itself has no limit and would use up the memory of the process.
const maxCallStack = 2000

// Port is a function of the host that the script may call. The input is JSON; the result is anything that encodes to JSON,
// json.RawMessage included. It must return soon after its context ends: the engine cannot interrupt Go code.
type Port func(ctx context.Context, input json.RawMessage) (any, error)

// Ports are the ports of one call by name, such as "directory.read_page". The names are listed in webapp/src/sync/ports.ts.
type Ports map[string]Port

// Engine is safe for use by many goroutines: each call has a runtime of its own.
type Engine struct {
	program  *goja.Program
	digest   string
	runtimes sync.Pool
}

// New compiles the embedded script.
func New() (*Engine, error) {
	return newEngine(bundle.Script)
}

func newEngine(script string) (*Engine, error) {
	// With source maps on, goja would open a file that the script names.
	tree, err := goja.Parse("sync.js", script, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, fmt.Errorf("parse the sync logic: %w", err)
	}
	program, err := goja.CompileAST(tree, true)
	if err != nil {
		return nil, fmt.Errorf("compile the sync logic: %w", err)
	}
	return &Engine{program: program, digest: fmt.Sprintf("%x", sha256.Sum256([]byte(script)))}, nil
}

// ScriptDigest differs between any two scripts.
func (e *Engine) ScriptDigest() string { return e.digest }

// Call runs one of the script's functions with input as JSON and decodes its answer into output, unless that is nil. When ctx
// ends, the script is interrupted and ctx's error is returned. Any other failure is a *ScriptError.
func (e *Engine) Call(ctx context.Context, function string, ports Ports, input, output any) error {
	request, err := json.Marshal(input)
	if err != nil {
		return fmt.Errorf("encode the input of %s: %w", function, err)
	}
	runtime, err := e.runtime()
	if err != nil {
		return err
	}
	answer, err := runtime.call(ctx, function, ports, string(request))
	if runtime.reusable() {
		e.runtimes.Put(runtime)
	}
	if err != nil {
		return err
	}
	if output == nil {
		return nil
	}
	if err := json.Unmarshal([]byte(answer), output); err != nil {
		return fmt.Errorf("decode the output of %s: %w", function, err)
	}
	return nil
}

// runtime takes an idle runtime or makes one. The script keeps no state between calls, so any runtime will do.
func (e *Engine) runtime() (*runtime, error) {
	if idle, ok := e.runtimes.Get().(*runtime); ok {
		return idle, nil
	}
	return newRuntime(e.program)
}
