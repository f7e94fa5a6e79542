package store_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// change mirrors `Change` of webapp/src/sync/types.ts.
type change struct {
	Seq         int             `json:"seq"`
	ObjectID    string          `json:"object_id"`
	AccountID   string          `json:"account_id"`
	Email       string          `json:"email"`
	Username    string          `json:"username"`
	DisplayName string          `json:"display_name"`
	Action      string          `json:"action"`
	Status      string          `json:"status"`
	Reason      string          `json:"reason"`
	Params      json.RawMessage `json:"reason_params"`
	Fields      json.RawMessage `json:"fields"`
	Error       json.RawMessage `json:"error"`
}

func newChange(seq int, displayName string) change {
	return change{
		Seq: seq, ObjectID: fmt.Sprintf("object-%d", seq), Email: fmt.Sprintf("person%d@example.com", seq),
		Username: fmt.Sprintf("person%d", seq), DisplayName: displayName,
		Action: "create", Status: "planned", Reason: "new_person",
		Fields: json.RawMessage(`[{"field":"nickname","from":"","to":"Mina"}]`), Error: json.RawMessage(`null`),
	}
}

func listChanges(t *testing.T, s *store.Store, id string, filter store.ChangeFilter) (changes []change, total int) {
	t.Helper()
	list, total, err := s.ListChanges(t.Context(), id, filter)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(list, &changes))
	return changes, total
}

func TestChangesFromPlanToOutcome(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	planned := []change{newChange(1, "Mina Lee"), newChange(2, "Jun Kim")}
	require.NoError(t, record(t, s, run.ID, toJSON(t, planned)))
	require.NoError(t, record(t, s, run.ID, toJSON(t, planned)), "again does no harm")

	list, total, err := s.ListChanges(t.Context(), run.ID, store.ChangeFilter{})
	require.NoError(t, err)
	require.Equal(t, 2, total)
	require.JSONEq(t, string(toJSON(t, planned)), string(list))

	require.NoError(t, s.FinishChanges(t.Context(), run.ID, json.RawMessage(`[
		{"seq":1,"status":"done","account_id":"account-1","username":"person1.2","error":null},
		{"seq":2,"status":"failed","account_id":"","username":"","error":{"code":"user_limit"}}
	]`)))
	changes, _ := listChanges(t, s, run.ID, store.ChangeFilter{})
	require.Equal(t, []string{"done", "account-1", "person1.2", "null"},
		[]string{changes[0].Status, changes[0].AccountID, changes[0].Username, string(changes[0].Error)})
	require.Equal(t, []string{"failed", "", "person2"},
		[]string{changes[1].Status, changes[1].AccountID, changes[1].Username})
	require.JSONEq(t, `{"code":"user_limit"}`, string(changes[1].Error))
}

func TestChangesAreRecordedAllOrNone(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	broken := newChange(2, "no sequence number")
	list := []any{newChange(1, "Mina Lee"), map[string]any{"seq": nil, "action": broken.Action}}
	require.Error(t, record(t, s, run.ID, toJSON(t, list)))
	require.Error(t, record(t, s, run.ID, json.RawMessage(`{"not":`)))
	_, total := listChanges(t, s, run.ID, store.ChangeFilter{})
	require.Zero(t, total)
}

func TestFilterChanges(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	names := []string{"Mina LEE", "100% Real", "100 Real", "snake_case", "snakeXcase", `back\slash`, "이민아 [Platform]"}
	changes := make([]change, len(names))
	for i, name := range names {
		changes[i] = newChange(i+1, name)
	}
	changes[0].Action, changes[1].Status, changes[2].Email = "update", "failed", "Someone@Example.ORG"
	require.NoError(t, record(t, s, run.ID, toJSON(t, changes)))

	cases := []struct {
		name   string
		filter store.ChangeFilter
		want   []int
	}{
		{"everything", store.ChangeFilter{}, []int{1, 2, 3, 4, 5, 6, 7}},
		{"by action", store.ChangeFilter{Action: "update"}, []int{1}},
		{"by status", store.ChangeFilter{Status: "failed"}, []int{2}},
		{"by both", store.ChangeFilter{Action: "update", Status: "failed"}, nil},
		{"part of a name in another case", store.ChangeFilter{Query: "lee"}, []int{1}},
		{"part of an email in another case", store.ChangeFilter{Query: "someone@EXAMPLE.org"}, []int{3}},
		{"part of a username", store.ChangeFilter{Query: "person7"}, []int{7}},
		{"percent is a character", store.ChangeFilter{Query: "0%"}, []int{2}},
		{"underscore is a character", store.ChangeFilter{Query: "e_c"}, []int{4}},
		{"backslash is a character", store.ChangeFilter{Query: `k\s`}, []int{6}},
		{"Hangul", store.ChangeFilter{Query: "민아"}, []int{7}},
		{"a quote harms nothing", store.ChangeFilter{Query: `' OR '1'='1`}, nil},
		{"NUL and broken UTF-8 harm nothing", store.ChangeFilter{Action: "\x00", Query: "\x00\xff"}, nil},
		{"second page", store.ChangeFilter{Page: 1, PerPage: 3}, []int{4, 5, 6}},
		{"beyond the last page", store.ChangeFilter{Page: 9, PerPage: 3}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, total := listChanges(t, s, run.ID, c.filter)
			var seqs []int
			for _, change := range found {
				seqs = append(seqs, change.Seq)
			}
			require.Equal(t, c.want, seqs)
			if c.filter.PerPage > 0 {
				require.Equal(t, len(names), total)
			} else {
				require.Equal(t, len(c.want), total)
			}
		})
	}
}

func TestHostileTextIsStored(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	const template = `[{"seq":%d,"action":"create","status":"planned","reason":"new_person","display_name":"%s",
		"fields":[{"field":"nickname","from":"","to":"%s"}],"error":null}]`
	cases := []struct{ name, text, want string }{
		{"escaped NUL", `a\u0000b`, "a\uFFFDb"},
		{"half a pair", `a\ud83d b`, "a\uFFFD b"},
		{"the other half", `a\uDE00b`, "a\uFFFDb"},
		{"a whole pair", `a\ud83d\ude00b`, "a😀b"},
		{"broken UTF-8", "a\xffb", "a\uFFFDb"},
		{"an escaped backslash", `a\\u0000b`, `a\u0000b`},
		{"markup, formula, quotes", `<img src=x onerror=alert(1)>=1+1'\"; DROP TABLE entrasync_runs; --`,
			`<img src=x onerror=alert(1)>=1+1'"; DROP TABLE entrasync_runs; --`},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			document := fmt.Sprintf(template, i+1, c.text, c.text)
			require.NoError(t, record(t, s, run.ID, json.RawMessage(document)))
			found, _ := listChanges(t, s, run.ID, store.ChangeFilter{Page: i, PerPage: 1})
			require.Equal(t, c.want, found[0].DisplayName)
			var fields []struct{ To string }
			require.NoError(t, json.Unmarshal(found[0].Fields, &fields))
			require.Equal(t, c.want, fields[0].To)
		})
	}
}

func TestHundredThousandChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100,000 rows twice")
	}
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	const people, chunk = 100_000, 500
	for first := 1; first <= people; first += chunk {
		changes := make([]change, chunk)
		outcomes := make([]map[string]any, chunk)
		for i := range changes {
			changes[i] = newChange(first+i, fmt.Sprintf("Person %d", first+i))
			outcomes[i] = map[string]any{"seq": first + i, "status": "done", "account_id": fmt.Sprintf("account-%d", first+i)}
		}
		require.NoError(t, record(t, s, run.ID, toJSON(t, changes)))
		require.NoError(t, s.FinishChanges(t.Context(), run.ID, toJSON(t, outcomes)))
	}

	changes, total := listChanges(t, s, run.ID, store.ChangeFilter{Status: "done", Page: 99, PerPage: 1000})
	require.Equal(t, people, total)
	require.Len(t, changes, 1000)
	require.Equal(t, people, changes[999].Seq)
	require.Equal(t, "account-100000", changes[999].AccountID)
	_, total = listChanges(t, s, run.ID, store.ChangeFilter{Query: "person 9999"})
	require.Equal(t, 11, total)
}

func TestReadingEverythingPageByPageMissesNothing(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	var changes []change
	for seq := 1; seq <= 7; seq++ {
		each := newChange(seq, "Mina Lee")
		if seq%2 == 0 {
			each.Action = "update"
		}
		changes = append(changes, each)
	}
	require.NoError(t, record(t, s, run.ID, toJSON(t, changes)))
	var read []int
	for after := 0; ; {
		page, total := listChanges(t, s, run.ID, store.ChangeFilter{After: after, PerPage: 3})
		require.Equal(t, after == 0, total == 7, "only the first page counts")
		if len(page) == 0 {
			break
		}
		for _, each := range page {
			read = append(read, each.Seq)
		}
		after = page[len(page)-1].Seq
	}
	require.Equal(t, []int{1, 2, 3, 4, 5, 6, 7}, read)
	updates, _ := listChanges(t, s, run.ID, store.ChangeFilter{After: 2, Action: "update"})
	require.Len(t, updates, 2)
	require.Equal(t, []int{4, 6}, []int{updates[0].Seq, updates[1].Seq})
}

// record adds changes to the history of a run, each with a line of its own.
func record(t *testing.T, s *store.Store, runID string, changes json.RawMessage) error {
	t.Helper()
	_, err := s.RecordChanges(t.Context(), runID, changes, json.RawMessage(`[]`))
	return err
}
