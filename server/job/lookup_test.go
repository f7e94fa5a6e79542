package job

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func TestLookupsAnswerWithoutARun(t *testing.T) {
	t.Parallel()
	n, _ := newSyncNode(t)
	n.config.set(Settings{TenantID: "tenant", Policy: `{"version":1,"scope":{"everyone":true}}`, Concurrency: 4})
	n.config.read(company{people: `[{"id":"1","displayName":"이미나","mail":"mina@example.com","accountEnabled":true}]`})
	n.counts(t, "apply")
	runs, _, err := n.Store.ListRuns(t.Context(), store.RunFilter{})
	require.NoError(t, err)
	require.Equal(t, "tenant", runs[0].TenantID)

	lookUp := func(port, input string) string {
		t.Helper()
		answer, err := n.LookUp(t.Context(), port, json.RawMessage(input))
		require.NoError(t, err)
		encoded, err := json.Marshal(answer)
		require.NoError(t, err)
		return string(encoded)
	}
	assert.JSONEq(t, `{"object_ids":["1"],"total":1}`, lookUp("links.list_active", `{"limit":10}`))
	assert.Contains(t, lookUp("accounts.find", `{"object_ids":["1"]}`), `"linked_object_id":"1"`)
	assert.JSONEq(t, `{"taken":["mina"]}`, lookUp("accounts.taken_usernames", `{"names":["mina","jun"]}`))
	assert.JSONEq(t, `{"retries":[]}`, lookUp("retries.list", `{}`))

	n.config.set(Settings{TenantID: "another"})
	assert.JSONEq(t, `{"object_ids":[],"total":0}`, lookUp("links.list_active", `{"limit":10}`), "links are those of the tenant of the settings")
}

func TestALookupThatFailsOrIsNotThere(t *testing.T) {
	t.Parallel()
	n := newTestNode(t, openStore(t), "a", nil)
	for _, port := range []string{"accounts.create", "links.save", "state.read", "nothing", ""} {
		_, err := n.LookUp(t.Context(), port, json.RawMessage(`{}`))
		var refusal *Refusal
		require.ErrorAs(t, err, &refusal, port)
		assert.JSONEq(t, `{"code":"not_found"}`, string(refusal.Fault()))
	}
	failure := &brokenDirectory{}
	n.config.set(Settings{DirectoryErr: failure})
	_, err := n.LookUp(t.Context(), "directory.read_group_members", json.RawMessage(`{"group_id":"g"}`))
	var facts engine.FactsError
	require.ErrorAs(t, err, &facts)
	assert.True(t, errors.Is(err, failure))
}

// brokenDirectory is why there is no directory.
type brokenDirectory struct{}

func (*brokenDirectory) Error() string { return "no directory" }
func (*brokenDirectory) Facts() any {
	return map[string]string{"origin": "host", "code": "setting_invalid"}
}
