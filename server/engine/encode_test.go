package engine

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// passed returns the JSON text that a port receives for the value of a script's expression.
func passed(t testing.TB, expression string) (text string, err error) {
	t.Helper()
	e, err := newEngine("var entrasync = {call: async function (name, input, host) { host.take(" + expression + "); return 'null'; }};")
	require.NoError(t, err)
	ports := Ports{"take": func(_ context.Context, input json.RawMessage) (any, error) { text = string(input); return nil, nil }}
	err = e.Call(t.Context(), "", ports, nil, nil)
	return text, err
}

func TestAPortReceivesWhatJSONStringifyWouldGive(t *testing.T) {
	for _, document := range documents {
		if strings.Contains(document, "\xff") {
			continue // not a script
		}
		t.Run(document, func(t *testing.T) {
			text, err := passed(t, "JSON.parse("+quoted(t, document)+")")
			require.NoError(t, err)
			assert.JSONEq(t, document, text)
		})
	}
}

func TestAPortReceivesNoValueThatJSONDoesNotHave(t *testing.T) {
	for expression, expected := range map[string]string{
		``:                                   `null`,
		`undefined`:                          `null`,
		`NaN`:                                `null`,
		`[1 / 0, -1 / 0, undefined, , 1]`:    `[null,null,null,null,1]`,
		`{a: undefined, b: 1, c: undefined}`: `{"b":1}`,
		`{"<b>": "&"}`:                       `{"<b>":"&"}`,
		`[0.1, 1e21, -0, 123456789012]`:      `[0.1,1e+21,0,123456789012]`,
		`"half \ud83d"`:                      "\"half \ufffd\"",
		`[true, false, null, "", [], {}]`:    `[true,false,null,"",[],{}]`,
	} {
		t.Run(expression, func(t *testing.T) {
			text, err := passed(t, expression)
			require.NoError(t, err)
			assert.Equal(t, expected, text)
		})
	}
}

func TestAValueThatContainsItselfIsAnError(t *testing.T) {
	_, err := passed(t, "(() => { const circle = {}; circle.again = [circle]; return circle; })()")
	assert.ErrorIs(t, err, errTooDeep)
}

// FuzzEncode sends arbitrary JSON through a script to a port. What arrives has the same meaning.
func FuzzEncode(f *testing.F) {
	for _, document := range documents {
		f.Add(document)
	}
	e, err := newEngine("var entrasync = {call: async function (name, input, host) { host.take(JSON.parse(JSON.parse(input))); return 'null'; }};")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, document string) {
		var want any
		if json.Unmarshal([]byte(document), &want) != nil || nesting(document) > maxDepth {
			return
		}
		var got any
		ports := Ports{"take": func(_ context.Context, input json.RawMessage) (any, error) { return nil, json.Unmarshal(input, &got) }}
		require.NoError(t, e.Call(t.Context(), "", ports, document, nil))
		assert.Equal(t, want, got)
	})
}

func quoted(t testing.TB, document string) string {
	t.Helper()
	text, err := json.Marshal(document)
	require.NoError(t, err)
	return string(text)
}
