package store_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func findPeople(t *testing.T, s *store.Store, filter store.PeopleFilter) (found []pastChange, total int) {
	t.Helper()
	list, total, err := s.FindPeople(t.Context(), filter)
	require.NoError(t, err)
	return pastChanges(t, list), total
}

func changeOf(objectID string, seq int, displayName string) change {
	made := newChange(seq, displayName)
	made.ObjectID = objectID
	return made
}

func TestPeopleAreFoundHoweverManyChangesOthersHave(t *testing.T) {
	s, db := openStore(t)
	for number := range 5 {
		run := startRun(t, s, number)
		changes := []change{changeOf("mina", 1, fmt.Sprintf("Mina LEE %d", number)), changeOf("", 9, "Mina Nobody"), changeOf(strings.Repeat("x", 9000), 10, "Mina Long")}
		if number == 0 {
			changes = append(changes, changeOf("park", 2, "Mina Park"), changeOf("jun", 3, "Jun 100%"), changeOf("jun", 4, "Jun 100% again"))
		}
		require.NoError(t, record(t, s, run.ID, toJSON(t, changes)))
		require.NoError(t, record(t, s, run.ID, toJSON(t, changes)), "again does no harm")
		finishRun(t, s, run.ID)
		age(t, db, run.ID, time.Duration(10-number)*time.Hour)
	}

	found, total := findPeople(t, s, store.PeopleFilter{Query: "mINA", PerPage: 2})
	require.Equal(t, 2, total, "users count, not changes")
	require.Equal(t, []string{"mina", "park"}, []string{found[0].ObjectID, found[1].ObjectID})
	require.Equal(t, []string{"Mina LEE 4", runID(4), "apply", "succeeded"}, []string{found[0].DisplayName, found[0].RunID, found[0].RunMode, found[0].RunState})
	require.Equal(t, runID(0), found[1].RunID)
	require.Greater(t, found[0].StartedAt, found[1].StartedAt)

	found, total = findPeople(t, s, store.PeopleFilter{Query: "mina", Page: 1, PerPage: 1})
	require.Equal(t, []any{2, 1, "park"}, []any{total, len(found), found[0].ObjectID})
	for query, want := range map[string]int{"0%": 1, "_0%": 0, "nobody": 0, "\x00\xff": 0, "person2@EXAMPLE": 1, "lee 3": 0, "": 3} {
		_, total = findPeople(t, s, store.PeopleFilter{Query: query})
		require.Equal(t, want, total, "%q", query)
	}
}

func TestPeopleAreFoundByTheUsernameThatTheyGot(t *testing.T) {
	s, _ := openStore(t)
	run := startRun(t, s, 1)
	require.NoError(t, record(t, s, run.ID, toJSON(t, []change{changeOf("mina", 1, "Mina Lee"), changeOf("jun", 2, "Jun Kim")})))
	require.NoError(t, s.FinishChanges(t.Context(), run.ID, json.RawMessage(`[
		{"seq":1,"status":"done","account_id":"a1","username":"mina.lee2","error":null}, {"seq":2,"status":"done"}]`)))
	found, total := findPeople(t, s, store.PeopleFilter{Query: "LEE2"})
	require.Equal(t, 1, total)
	require.Equal(t, []string{"mina", "mina.lee2"}, []string{found[0].ObjectID, found[0].Username})
	_, total = findPeople(t, s, store.PeopleFilter{Query: "person1@"})
	require.Equal(t, 1, total, "the other words are still there")
	_, total = findPeople(t, s, store.PeopleFilter{Query: "person2"})
	require.Equal(t, 1, total, "whose username is as planned is found as before")
}

func TestPeopleAreForgottenWithTheirHistory(t *testing.T) {
	s, db := openStore(t)
	old := startRun(t, s, 1)
	require.NoError(t, record(t, s, old.ID, toJSON(t, []change{changeOf("mina", 1, "Mina Lee"), changeOf("jun", 2, "Jun Kim")})))
	finishRun(t, s, old.ID)
	age(t, db, old.ID, 200*day)
	young := startRun(t, s, 2)
	require.NoError(t, record(t, s, young.ID, toJSON(t, []change{changeOf("mina", 1, "Mina Lee")})))
	finishRun(t, s, young.ID)

	_, err := s.Prune(t.Context(), 90*day, 100)
	require.NoError(t, err)
	found, total := findPeople(t, s, store.PeopleFilter{})
	require.Equal(t, 1, total)
	require.Equal(t, []string{"mina", young.ID}, []string{found[0].ObjectID, found[0].RunID})
	var rows int
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT count(*) FROM entrasync_people`).Scan(&rows))
	require.Equal(t, 1, rows)
}

func TestPeopleAreFoundByTheirMembershipsOnceNothingElseIsLeft(t *testing.T) {
	s, db := openStore(t)
	_, err := db.ExecContext(t.Context(), `CREATE TABLE users (id varchar(26) PRIMARY KEY, email text, username text, nickname text, firstname text, lastname text);
		INSERT INTO users VALUES ('a1', 'mina@corp.example', 'mina', '', 'Mina', 'Lee'), ('a2', 'jun@corp.example', 'jun', 'Jun', '', '')`)
	require.NoError(t, err)
	created := startRun(t, s, 1)
	require.NoError(t, record(t, s, created.ID, toJSON(t, []change{changeOf("mina", 1, "Mina Lee"), changeOf("park", 2, "Mina Park")})))
	finishRun(t, s, created.ID)
	joined := startRun(t, s, 2)
	lines := json.RawMessage(`[{"first_seq":1,"action":"join","reason":"wanted_by_rule","reason_params":{"target_kind":"team","target_id":"t1"},
		"object_ids":["mina","jun"],"account_ids":["a1","a2"]}]`)
	require.NoError(t, s.RecordMemberships(t.Context(), joined.ID, lines))
	finishRun(t, s, joined.ID)

	found, total := findPeople(t, s, store.PeopleFilter{Query: "jun"})
	require.Equal(t, []any{1, "join"}, []any{total, found[0].Action})
	found, _ = findPeople(t, s, store.PeopleFilter{Query: "mina lee"})
	require.Equal(t, "create", found[0].Action)

	age(t, db, created.ID, 100*day)
	startRun(t, s, 3)
	_, err = s.Prune(t.Context(), day, 100)
	require.NoError(t, err)
	found, total = findPeople(t, s, store.PeopleFilter{Query: "mina"})
	require.Equal(t, []any{1, "mina", "join"}, []any{total, found[0].ObjectID, found[0].Action}, "a user without any change is forgotten")
}
