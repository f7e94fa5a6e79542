package engine

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// nesting returns how deep a valid JSON text is nested.
func nesting(text string) int {
	deepest, depth := 0, 0
	for decoder := json.NewDecoder(strings.NewReader(text)); ; {
		token, err := decoder.Token()
		if err != nil {
			return deepest
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			depth++
			deepest = max(deepest, depth)
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
	}
}

// given returns what a script hands back when a port answers with the text.
func given(t *testing.T, e *Engine, document string) (value any, err error) {
	ports := Ports{"give": func(context.Context, json.RawMessage) (any, error) { return json.RawMessage(document), nil }}
	err = e.Call(t.Context(), "", ports, nil, &value)
	return value, err
}

// FuzzDecode returns arbitrary text from a port. JSON reaches the script as the value that encoding/json reads, and never
// incomplete. The lexer accepts more than JSON, such as 01, which is harmless.
func FuzzDecode(f *testing.F) {
	for _, document := range documents {
		f.Add(document)
	}
	for _, document := range []string{
		``, `[1,]`, `{"a":1,}`, `01`, `-`, `1.`, `.5`, `+1`, `1e`, `NaN`, `[,1]`, `{"a":1 "b":2}`, `{,}`, "\"\n\"", `"\x"`, `"\u12"`, `tru`, `nullnull`,
		`1e400`, `-0`, `[1]]`, "{\"\xff\":1,\"\xfe\":2}", `{"\ud800":1}`, `{"1":1,"0":{"constructor":{}}}`, "\ufeff1", "\x00",
		strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth), strings.Repeat(`{"a":`, maxDepth+1) + "1" + strings.Repeat("}", maxDepth+1),
	} {
		f.Add(document)
	}
	e, err := newEngine(`var entrasync = {call: async function (name, input, host) { return JSON.stringify(host.give(null)); }};`)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, document string) {
		got, callErr := given(t, e, document)

		var want any
		if json.Unmarshal([]byte(document), &want) != nil {
			return
		}
		if nesting(document) > maxDepth {
			assert.Error(t, callErr)
			return
		}
		require.NoError(t, callErr)
		assert.Equal(t, want, got)

		document = strings.TrimRight(document, " \t\r\n")
		if last := document[len(document)-1]; last == '}' || last == ']' || last == '"' {
			_, callErr = given(t, e, document[:len(document)-1])
			assert.Error(t, callErr)
		}
	})
}

// FuzzRecord changes records and ordinary objects in the same way, one step per byte. Scripts must not see a difference, and a
// record must not see what was done to another one with the same layout.
func FuzzRecord(f *testing.F) {
	f.Add([]byte{0})
	f.Add([]byte("set and delete, again and again"))
	f.Add([]byte{0x10, 0x30, 0x11, 0x31, 0x02, 0x22, 0x13, 0x33, 0x00, 0x20})
	const objects = `[{"a":1,"b":2,"c":3},{"a":4,"b":5,"c":6},{"a":7,"b":8,"c":9},{"a":10}]`
	e, err := newEngine(`
		function change(objects, steps) {
			return steps.map((step, i) => {
				const object = objects[step & 3], key = "abcdefgh"[step >> 2 & 7], known = key in object;
				if (step >> 5 & 1) { delete object[key]; } else if (step >> 6 & 1) { Object.assign(object, {[key]: i}); } else { object[key] = i; }
				return [known, object[key] ?? null, Object.keys(object), JSON.stringify({...object})];
			});
		}
		var entrasync = {call: async function (name, input, host) {
			const {steps, objects} = JSON.parse(input), given = host.give(null);
			return JSON.stringify({want: [change(objects, steps), objects], got: [change(given, steps), given]});
		}};`)
	require.NoError(f, err)
	ports := Ports{"give": func(context.Context, json.RawMessage) (any, error) { return json.RawMessage(objects), nil }}
	f.Fuzz(func(t *testing.T, steps []byte) {
		numbers := make([]int, len(steps))
		for i, step := range steps {
			numbers[i] = int(step)
		}
		var answer struct{ Want, Got json.RawMessage }
		require.NoError(t, e.Call(t.Context(), "", ports, map[string]any{"steps": numbers, "objects": json.RawMessage(objects)}, &answer))
		assert.Equal(t, string(answer.Want), string(answer.Got))
	})
}
