package questions

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store/storetest"
)

func TestLookupsAnswerWithoutARun(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	_, err := db.ExecContext(t.Context(), storetest.MattermostTables+`; INSERT INTO users (id, username, email) VALUES ('mina-account', 'mina', 'mina@example.com')`)
	require.NoError(t, err)
	kept, err := store.New(db, "postgres")
	require.NoError(t, err)
	require.NoError(t, kept.Migrate(t.Context()))
	run, err := kept.StartRun(t.Context(), store.Run{ID: "run00000000000000000000001", Mode: "apply", TenantID: "tenant"})
	require.NoError(t, err)
	require.NoError(t, kept.SaveLinks(t.Context(), run.ID, run.TenantID, json.RawMessage(`[{"object_id":"1","account_id":"mina-account"}]`)))
	n := newAsked(t, kept, nil)
	n.Accounts = mattermost.NewAccounts(nil, db)
	n.config.set(job.Settings{TenantID: "tenant"})

	lookUp := func(port, input string) string {
		t.Helper()
		answer, err := n.LookUp(t.Context(), port, json.RawMessage(input))
		require.NoError(t, err)
		encoded, err := json.Marshal(answer)
		require.NoError(t, err)
		return string(encoded)
	}
	assert.JSONEq(t, `{"object_ids":["1"],"total":1,"linked":1}`, lookUp("links.list_active", `{"limit":10}`))
	assert.Contains(t, lookUp("accounts.find", `{"object_ids":["1"]}`), `"linked_object_id":"1"`)
	assert.JSONEq(t, `{"taken":["mina"]}`, lookUp("accounts.taken_usernames", `{"names":["mina","jun"]}`))
	assert.JSONEq(t, `{"retries":[]}`, lookUp("retries.list", `{}`))

	n.config.set(job.Settings{TenantID: "another"})
	assert.JSONEq(t, `{"object_ids":[],"total":0,"linked":0}`, lookUp("links.list_active", `{"limit":10}`), "links are those of the tenant of the settings")
}

func TestALookupThatFailsOrIsNotThere(t *testing.T) {
	t.Parallel()
	n := newAsked(t, openStore(t), nil)
	for _, port := range []string{"accounts.create", "links.save", "state.read", "nothing", ""} {
		_, err := n.LookUp(t.Context(), port, json.RawMessage(`{}`))
		var refusal *job.Refusal
		require.ErrorAs(t, err, &refusal, port)
		assert.JSONEq(t, `{"code":"not_found"}`, string(refusal.Fault()))
	}
	failure := &brokenDirectory{}
	n.config.set(job.Settings{DirectoryErr: failure})
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
