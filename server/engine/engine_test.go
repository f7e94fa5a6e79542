package engine

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// script makes a bundle whose `call` has the given body, which can use (name, input, host).
func script(t *testing.T, body string) *Engine {
	t.Helper()
	e, err := newEngine("var entrasync = {call: async function (name, input, host) {" + body + "}};\n//# sourceMappingURL=/etc/passwd")
	require.NoError(t, err)
	return e
}

func TestCallPassesJSONBothWays(t *testing.T) {
	e := script(t, `const {a, b} = JSON.parse(input); return JSON.stringify({name, sum: a + b});`)
	var output struct {
		Name string
		Sum  int
	}
	require.NoError(t, e.Call(t.Context(), "add", nil, map[string]int{"a": 1, "b": 2}, &output))
	assert.Equal(t, "add", output.Name)
	assert.Equal(t, 3, output.Sum)
}

func TestPortsTakeAndGiveJSON(t *testing.T) {
	e := script(t, `return JSON.stringify(host["greet.person"]({who: "한글 😀"}));`)
	ports := Ports{"greet.person": func(_ context.Context, input json.RawMessage) (any, error) {
		var request struct{ Who string }
		require.NoError(t, json.Unmarshal(input, &request))
		return map[string]string{"greeting": "hello " + request.Who}, nil
	}}
	var output struct{ Greeting string }
	require.NoError(t, e.Call(t.Context(), "", ports, nil, &output))
	assert.Equal(t, "hello 한글 😀", output.Greeting)
}

type knownError struct{ code string }

func (e knownError) Error() string { return "known " + e.code }
func (e knownError) Facts() any    { return map[string]string{"code": e.code} }

func TestAnErrorOfAPortCrossesIntoTheScriptAndBack(t *testing.T) {
	failing := Ports{"fail": func(context.Context, json.RawMessage) (any, error) { return nil, knownError{"x1"} }}

	t.Run("the script sees the facts", func(t *testing.T) {
		e := script(t, `try { host.fail(null); } catch (error) { return JSON.stringify({facts: error.facts, isError: error instanceof Error}); }`)
		var output struct {
			Facts   string
			IsError bool
		}
		require.NoError(t, e.Call(t.Context(), "", failing, nil, &output))
		assert.JSONEq(t, `{"code":"x1"}`, output.Facts)
		assert.True(t, output.IsError)
	})
	t.Run("Go gets its own error back", func(t *testing.T) {
		err := script(t, `host.fail(null);`).Call(t.Context(), "", failing, nil, nil)
		assert.ErrorIs(t, err, knownError{"x1"})
	})
	t.Run("also when the script wraps it", func(t *testing.T) {
		e := script(t, `try { host.fail(null); } catch (cause) {
			const error = new Error("wrapped", {cause}); error.fault = {code: "network"}; throw error; }`)
		err := e.Call(t.Context(), "", failing, nil, nil)
		require.ErrorIs(t, err, knownError{"x1"})
		var failed *ScriptError
		require.ErrorAs(t, err, &failed)
		assert.JSONEq(t, `{"code":"network"}`, string(failed.Fault))
		assert.Contains(t, failed.Stack, "sync.js")
	})
}

func TestAPortWorksInTheBackground(t *testing.T) {
	began, goOn := make(chan struct{}), make(chan struct{})
	ports := Ports{
		"slow": func(context.Context, json.RawMessage) (any, error) { close(began); <-goOn; return 42, nil },
		"next": func(context.Context, json.RawMessage) (any, error) { <-began; close(goOn); return nil, nil },
		"fail": func(context.Context, json.RawMessage) (any, error) { return nil, knownError{"x1"} },
	}
	t.Run("while the script goes on", func(t *testing.T) {
		var answer int
		e := script(t, `const slow = host.slow(null, true); host.next(null); return JSON.stringify(slow());`)
		require.NoError(t, e.Call(t.Context(), "", ports, nil, &answer))
		assert.Equal(t, 42, answer)
	})
	t.Run("for each call that waits, every time", func(t *testing.T) {
		answering := Ports{"six": func(context.Context, json.RawMessage) (any, error) { return 6, nil }}
		var answer int
		e := script(t, `const six = host.six(null, true); return JSON.stringify(six() * six());`)
		require.NoError(t, e.Call(t.Context(), "", answering, nil, &answer))
		assert.Equal(t, 36, answer)
	})
	t.Run("its failure comes where the answer would", func(t *testing.T) {
		e := script(t, `const failed = host.fail(null, true); try { failed(); } catch (error) { return error.facts; }`)
		var facts struct{ Code string }
		require.NoError(t, e.Call(t.Context(), "", ports, nil, &facts))
		assert.Equal(t, "x1", facts.Code)
		assert.ErrorIs(t, script(t, `host.fail(null, true)();`).Call(t.Context(), "", ports, nil, nil), knownError{"x1"})
	})
	t.Run("an answer that the script does not wait for does not affect the call", func(t *testing.T) {
		assert.NoError(t, script(t, `host.fail(null, true); return "1";`).Call(t.Context(), "", ports, nil, nil))
	})
}

func TestAPanicOfAPortIsAnErrorOfTheScript(t *testing.T) {
	ports := Ports{"burst": func(context.Context, json.RawMessage) (any, error) { panic("at the disco") }}
	err := script(t, `host.burst(null);`).Call(t.Context(), "", ports, nil, nil)
	assert.ErrorContains(t, err, "at the disco")
}

func TestAnEndlessScriptIsInterrupted(t *testing.T) {
	e := script(t, `if (name === "loop") { for (;;) {} } return "1";`)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, e.Call(ctx, "loop", nil, nil, nil), context.DeadlineExceeded)

	var answer int
	require.NoError(t, e.Call(t.Context(), "fine", nil, nil, &answer), "the next call must not feel the interrupt")
	assert.Equal(t, 1, answer)
}

func TestACancelledCallDoesNotReachThePort(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	ports := Ports{"work": func(context.Context, json.RawMessage) (any, error) {
		calls++
		cancel()
		return 0, nil
	}}
	err := script(t, `for (;;) { try { host.work(null); } catch (e) {} }`).Call(ctx, "", ports, nil, nil)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, calls)
}

func TestEndlessRecursionIsAnError(t *testing.T) {
	err := script(t, `const dive = () => dive() + 1; return dive();`).Call(t.Context(), "", nil, nil, nil)
	var failed *ScriptError
	require.ErrorAs(t, err, &failed)
}

func TestRejectionsAreErrors(t *testing.T) {
	for name, body := range map[string]string{
		"thrown":              `throw new Error("boom");`,
		"thrown later":        `await null; throw new Error("boom");`,
		"thrown as a string":  `throw "boom";`,
		"forgotten by script": `Promise.reject(new Error("boom")); return "1";`,
	} {
		t.Run(name, func(t *testing.T) {
			assert.ErrorContains(t, script(t, body).Call(t.Context(), "", nil, nil, nil), "boom")
		})
	}
}

func TestARejectionThatIsHandledLaterIsFine(t *testing.T) {
	e := script(t, `const p = Promise.reject(new Error("boom")); await null; await p.catch(() => 0); return "1";`)
	assert.NoError(t, e.Call(t.Context(), "", nil, nil, nil))
}

func TestAPromiseThatNeverSettlesIsAnError(t *testing.T) {
	err := script(t, `await new Promise(() => {});`).Call(t.Context(), "", nil, nil, nil)
	assert.ErrorContains(t, err, "never comes")
}

func TestCallsAtOnceDoNotShareState(t *testing.T) {
	e := script(t, `globalThis.seen = input; await null; return JSON.stringify(host.echo(JSON.parse(globalThis.seen)));`)
	echo := Ports{"echo": func(_ context.Context, input json.RawMessage) (any, error) { return input, nil }}
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() {
			var got int
			if assert.NoError(t, e.Call(context.Background(), "", echo, i, &got)) {
				assert.Equal(t, i, got)
			}
		})
	}
	group.Wait()
}

func TestABrokenBundleIsRefused(t *testing.T) {
	_, err := newEngine("var = ;")
	require.Error(t, err)

	for _, text := range []string{"var other = 1;", "var entrasync = {};", "throw new Error('early');"} {
		e, err := newEngine(text)
		require.NoError(t, err)
		assert.ErrorContains(t, e.Call(t.Context(), "", nil, nil, nil), "load the sync logic", text)
	}
}

func TestAnInputThatIsNoJSONIsRefused(t *testing.T) {
	err := script(t, `return "1";`).Call(t.Context(), "", nil, make(chan int), nil)
	var unsupported *json.UnsupportedTypeError
	assert.True(t, errors.As(err, &unsupported))
}
