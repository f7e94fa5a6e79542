package engine

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inScript returns what a script reads from a port's answer.
func inScript(t testing.TB, answer, expression string) string {
	t.Helper()
	e, err := newEngine("var entrasync = {call: async function (name, input, host) { const value = host.give(null); return JSON.stringify(" + expression + ") ?? 'null'; }};")
	require.NoError(t, err)
	var output json.RawMessage
	ports := Ports{"give": func(context.Context, json.RawMessage) (any, error) { return json.RawMessage(answer), nil }}
	require.NoError(t, e.Call(t.Context(), "", ports, nil, &output))
	return string(output)
}

var documents = []string{
	`null`, `true`, `false`, `0`, `-1.5e3`, `1e21`, `9007199254740993`, `""`, `"text"`, `[]`, `{}`, `[[],[[]],{}]`, ` [ 1 , "2" ] `,
	`"한글 😀 é"`, `"\u0000\n\"\\\/\b\u00e9\ud83d\ude00"`, `"half \ud83d, the other \ude00"`, "\"no UTF-8: \xff\"",
	`"longer than sixteen ASCII characters"`, `"länger als sechzehn Zeichen, nicht ASCII"`,
	`{"a":1,"b":"two","c":[3],"d":{"e":null}}`, `{"__proto__":{"x":1},"constructor":2}`, `{"a":1,"a":2}`, `{"":0}`,
	`[{"a":1,"b":2},{"a":3,"b":4}]`, `[{"a":1,"b":2},{"a":3}]`, `[{"a":1},{"a":3,"b":4},{"a":5,"b":6}]`, `[{"a":1,"b":2},{"b":3,"a":4},{}]`,
	`[{"a":{"x":1},"b":2},{"a":{"y":1},"b":2},{"a":{},"b":{"a":1}}]`, `[{"a":1,"b":2},{"a":1,"a":2}]`, `[{"\u0061":1},{"a":2}]`,
}

func TestAnswersAreWhatJSONParseWouldGive(t *testing.T) {
	for _, document := range documents {
		t.Run(document, func(t *testing.T) {
			if !strings.Contains(document, "\xff") {
				assert.Equal(t, inScript(t, document, "JSON.parse("+quoted(t, document)+")"), inScript(t, document, "value"))
			}
			assert.JSONEq(t, document, inScript(t, document, "value"))
		})
	}
}

func TestANumberThatIsTooLargeEndsNoCall(t *testing.T) {
	const document = `[1e999,-1e999,1e-999,{"a":123456789e400}]`
	const expression = `[...value.slice(0, 3), value[3].a].map(String)`
	assert.JSONEq(t, `["Infinity","-Infinity","0","Infinity"]`, inScript(t, document, expression))
	assert.JSONEq(t, `[null,null,0,{"a":null}]`, inScript(t, document, "value"))
}

// Objects of an answer are not ordinary objects of the engine, but scripts must not notice that.
func TestObjectsOfAnAnswerBehaveLikeObjects(t *testing.T) {
	const answer = `[{"a":1,"b":2},{"a":3,"b":4}]`
	for expression, expected := range map[string]string{
		`typeof value[0]`:                                  `"object"`,
		`value.map(({a, ...rest}) => [a, rest])`:           `[[1,{"b":2}],[3,{"b":4}]]`,
		`({...value[0], c: 3})`:                            `{"a":1,"b":2,"c":3}`,
		`Object.entries(value[1])`:                         `[["a",3],["b",4]]`,
		`[value[0].missing ?? 0, "a" in value[0]]`:         `[0,true]`,
		`value[0].hasOwnProperty("toString")`:              `false`,
		`(value[0].c = 5, delete value[0].a, value)`:       `[{"b":2,"c":5},{"a":3,"b":4}]`,
		`(value[1].a = 9, delete value[1].x, value)`:       `[{"a":1,"b":2},{"a":9,"b":4}]`,
		`(value[0].c = 1, value[1].d = 2, value)`:          `[{"a":1,"b":2,"c":1},{"a":3,"b":4,"d":2}]`,
		`Array.isArray(value) && !Array.isArray(value[0])`: `true`,
		`new Map(value.map((v) => [v.a, v])).get(3).b`:     `4`,
	} {
		t.Run(expression, func(t *testing.T) {
			assert.JSONEq(t, expected, inScript(t, answer, expression))
		})
	}
}

func TestTextsOfAnAnswerEqualTextsOfTheScript(t *testing.T) {
	for _, text := range []string{"short", "longer than sixteen ASCII characters", "김", "länger als sechzehn Zeichen, nicht ASCII"} {
		quoted, err := json.Marshal(text)
		require.NoError(t, err)
		literal := string(quoted)
		assert.Equal(t, `[true,true,true,true]`, inScript(t, literal,
			`[value === `+literal+`, `+literal+` === value, new Set([value]).has(`+literal+`), new Set([`+literal+` + ""]).has(value)]`), text)
	}
}

func TestAnswersThatAreNoJSONAreErrorsOfTheScript(t *testing.T) {
	for _, answer := range []string{``, `{`, `[1`, `[1 2]`, `{"a"}`, `{"a":}`, `nul`, `1 2`, `"open`, strings.Repeat("[", 100_000)} {
		e := script(t, `host.give(null); return "1";`)
		ports := Ports{"give": func(context.Context, json.RawMessage) (any, error) { return json.RawMessage(answer), nil }}
		assert.Error(t, e.Call(t.Context(), "", ports, nil, nil), answer[:min(len(answer), 10)])
	}
}
