package tenant_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// FuzzLoadPeople reads any file. All accepted users have an ID and none is lost: the file twice has twice
// the users, and the file in UTF-16 has the same ones.
func FuzzLoadPeople(f *testing.F) {
	for _, text := range []string{
		`[]`, `{"value":[]}`, `[{"id":"1"}]`, `{"value":[{"id":"1","displayName":"한지민"}]}{"value":[{"id":"2"}]}`, `{"error":{"code":"x"}}`, `null`, `[null]`,
		`{"value":null}`, `{"value":[{"id":" "}]}`, "\ufeff[]", "\xff\xfe[\x00]\x00", "\xfe\xff\x00[\x00]", `[{"id":"1"`, `[[]]`, `1`, ` `, `{"VALUE":[{"ID":"x"}]}`,
		`[{"id":"1","id":null}]`, "[{\"id\":\"\xff\"}]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		people, err := tenant.LoadPeople(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, person := range people {
			var known struct{ ID string }
			must(t, json.Unmarshal(person, &known))
			if strings.TrimSpace(known.ID) == "" {
				t.Errorf("accepted a user without an id: %s", person)
			}
		}
		if text[0] >= 0xEF || !utf8.ValidString(text) {
			return // a byte order mark belongs at the beginning of a file, and invalid UTF-8 has no UTF-16 form
		}
		for name, same := range map[string]struct {
			text  string
			count int
		}{"twice": {text + "\n" + text, 2 * len(people)}, "in UTF-16": {inUTF16(text), len(people)}} {
			again, err := tenant.LoadPeople(strings.NewReader(same.text))
			must(t, err)
			if len(again) != same.count {
				t.Errorf("%s: %d people, expected %d", name, len(again), same.count)
			}
			for i, person := range again {
				if string(person) != string(people[i%len(people)]) {
					t.Errorf("%s: read %s for %s", name, person, people[i%len(people)])
				}
			}
		}
	})
}
