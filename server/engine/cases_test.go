package engine

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// casesFolder holds the cases that both Jest (Node) and this test (goja) run. Both must give the same results.
const casesFolder = "../../webapp/src/sync/cases"

type caseFile struct {
	Function string `json:"function"`
	Cases    []struct {
		Name     string          `json:"name"`
		Input    json.RawMessage `json:"input"`
		Expected json.RawMessage `json:"expected"`
	} `json:"cases"`
}

func TestTheCasesGiveTheSameAnswersInGoja(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(casesFolder, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	e, err := New()
	require.NoError(t, err)

	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			var file caseFile
			require.NoError(t, json.Unmarshal(content, &file))
			require.NotEmpty(t, file.Cases)
			for _, one := range file.Cases {
				t.Run(one.Name, func(t *testing.T) {
					var answer json.RawMessage
					input := map[string]any{"function": file.Function, "input": one.Input}
					require.NoError(t, e.Call(t.Context(), "run_case", nil, input, &answer))
					assert.JSONEq(t, string(one.Expected), string(answer))
				})
			}
		})
	}
}

// The lint rules rest on these facts about goja. If one of them fails, goja has gained a feature and a rule can go.
func TestWhatGojaLacks(t *testing.T) {
	for name, body := range map[string]string{
		"Intl":             `return JSON.stringify(typeof Intl === "undefined");`,
		"unicode classes":  `return JSON.stringify(!/\p{L}/u.test("é"));`,
		"structuredClone":  `return JSON.stringify(typeof structuredClone === "undefined");`,
		"timers":           `return JSON.stringify(typeof setTimeout === "undefined");`,
		"Object.groupBy":   `return JSON.stringify(typeof Object.groupBy === "undefined");`,
		"iterator helpers": `return JSON.stringify(typeof [].values().map === "undefined");`,
	} {
		t.Run(name, func(t *testing.T) {
			var lacks bool
			require.NoError(t, script(t, body).Call(t.Context(), "", nil, nil, &lacks))
			assert.True(t, lacks)
		})
	}
	_, err := newEngine("async function* many() {}")
	assert.Error(t, err, "async generators")
}
