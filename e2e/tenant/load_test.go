package tenant_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// inUTF16 encodes text like ">" of Windows PowerShell.
func inUTF16(text string) string {
	var out strings.Builder
	for _, unit := range append([]uint16{0xFEFF}, utf16.Encode([]rune(text))...) {
		out.WriteByte(byte(unit))
		out.WriteByte(byte(unit >> 8))
	}
	return out.String()
}

func TestLoadPeopleReadsExports(t *testing.T) {
	const one, two = `{"id":"1","displayName":"한지민"}`, `{"id":"2","mail":null}`
	tests := map[string]string{
		"an answer":                 `{"@odata.context":"x","value":[` + one + `,` + two + `]}`,
		"an array":                  ` [` + one + `,` + two + `]`,
		"pages one after the other": `{"value":[` + one + `]}` + "\n" + `{"value":[` + two + `]}`,
		"with a byte order mark":    "\uFEFF[" + one + "," + two + "]",
		"in UTF-16":                 inUTF16("[" + one + "," + two + "]"),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			people, err := tenant.LoadPeople(strings.NewReader(text))
			must(t, err)
			if len(people) != 2 || string(people[0]) != one || string(people[1]) != two {
				t.Errorf("got %s", people)
			}
		})
	}
}

func TestLoadPeopleSaysWhatIsWrong(t *testing.T) {
	tests := map[string]struct{ text, message string }{
		"nothing":              {"", "the file is empty"},
		"half a file":          {`{"value":[{"id":"1"}`, "answer 1 is not valid JSON"},
		"a broken second page": {`{"value":[]}{"value":`, "answer 2 is not valid JSON"},
		"an error of Graph":    {`{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}}`, "Authorization_RequestDenied"},
		"one user":             {`{"id":"1","displayName":"A"}`, `there is no list "value"`},
		"a word":               {`"value"`, "expected an object"},
		"a user without id":    {`[{"id":"1"},{"displayName":"A"}]`, "person 2: a person has no id"},
		"a user who is null":   {`[null]`, "person 1: a person has no id"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := tenant.LoadPeople(strings.NewReader(test.text)); err == nil || !strings.Contains(err.Error(), test.message) {
				t.Errorf("got %v, want %q", err, test.message)
			}
		})
	}
}

func TestStartRefusesPeopleWhoCannotBeServed(t *testing.T) {
	for name, people := range map[string][]json.RawMessage{
		"without id": {json.RawMessage(`{}`)},
		"twice":      {json.RawMessage(`{"id":"a"}`), json.RawMessage(`{"id":"A"}`)},
		"broken":     {json.RawMessage(`{`)},
	} {
		if server, err := tenant.Start(tenant.Options{People: people}); err == nil {
			server.Close()
			t.Errorf("people %s were taken", name)
		}
	}
}
