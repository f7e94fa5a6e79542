package ports

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// targetRows are the remembered targets by place.
type targetRows struct {
	History
	rows map[string]store.CreatedTarget
}

func (h *targetRows) ListCreated(context.Context, string) (targets []store.CreatedTarget, err error) {
	for _, target := range h.rows {
		targets = append(targets, target)
	}
	return targets, nil
}

func (h *targetRows) GetTarget(_ context.Context, _, place string) (store.CreatedTarget, error) {
	return h.rows[place], nil
}

func (h *targetRows) BeginTarget(_ context.Context, _, _ string, target store.CreatedTarget) error {
	target.BegunAt = 100
	h.rows[target.Place] = target
	return nil
}

func (h *targetRows) FinishTarget(_ context.Context, _, _, place, targetID string) error {
	target := h.rows[place]
	target.TargetID = targetID
	h.rows[place] = target
	return nil
}

// targetMaker is a server with targets by name. It breaks after it has made a target if isBroken.
type targetMaker struct {
	Memberships
	made     map[string]string
	isBroken bool
}

func (m *targetMaker) Made(_ context.Context, id, _, _, name string, since int64) (string, error) {
	if id != "" {
		return map[bool]string{true: id}[m.made[id] == id], nil
	}
	if since == 100 {
		return m.made[name], nil
	}
	return "", nil
}

func (m *targetMaker) Create(target mattermost.NewTarget) (string, *fault.Facts) {
	if m.made[target.Name] != "" {
		return "", &fault.Facts{Code: "taken"}
	}
	id := "id-of-" + target.Name
	m.made[target.Name], m.made[id] = id, id
	if m.isBroken {
		panic("killed")
	}
	return id, nil
}

func targetRun() (Run, *targetRows, *targetMaker) {
	rows, maker := &targetRows{rows: map[string]store.CreatedTarget{}}, &targetMaker{made: map[string]string{}}
	return Run{ID: "run", Tenant: &Tenant{ID: "tenant"}, History: rows, Memberships: maker}, rows, maker
}

func create(t *testing.T, run Run, name string) string {
	t.Helper()
	answer, err := run.createTarget(t.Context(), json.RawMessage(`{"place":"team x","value_key":"k","value_text":"X","kind":"team","team_id":"","name":"`+name+`","display_name":"X","is_open":true}`))
	require.NoError(t, err)
	encoded, err := json.Marshal(answer)
	require.NoError(t, err)
	return string(encoded)
}

func created(t *testing.T, run Run) string {
	t.Helper()
	answer, err := run.createdTargets(t.Context(), nil)
	require.NoError(t, err)
	encoded, err := json.Marshal(answer)
	require.NoError(t, err)
	return string(encoded)
}

const knownX = `{"targets":[{"place":"team x","value_key":"k","value_text":"X","target_id":"id-of-x"}]}`

func TestATargetIsCreatedOnce(t *testing.T) {
	run, rows, _ := targetRun()
	assert.JSONEq(t, `{"targets":[]}`, created(t, run))
	assert.JSONEq(t, `{"id":"id-of-x","facts":null}`, create(t, run, "x"))
	assert.JSONEq(t, `{"id":"id-of-x","facts":null}`, create(t, run, "renamed"))
	assert.JSONEq(t, knownX, created(t, run))
	assert.Equal(t, store.CreatedTarget{Place: "team x", ValueKey: "k", ValueText: "X", TargetID: "id-of-x", Kind: "team", Name: "x", BegunAt: 100}, rows.rows["team x"])
}

func TestARunThatIsCutOffInTheMiddleOfACreationLeavesNothingToDouble(t *testing.T) {
	run, rows, maker := targetRun()
	maker.isBroken = true
	assert.Panics(t, func() { create(t, run, "x") })
	maker.isBroken = false
	assert.Empty(t, rows.rows["team x"].TargetID)

	assert.JSONEq(t, knownX, created(t, Run{Tenant: run.Tenant, History: rows, Memberships: maker}))
	assert.Empty(t, rows.rows["team x"].TargetID, "a lookup of the page only reads")

	assert.JSONEq(t, `{"id":"id-of-x","facts":null}`, create(t, run, "x"))
	assert.Equal(t, "id-of-x", rows.rows["team x"].TargetID)
	assert.JSONEq(t, knownX, created(t, run))
}

func TestANameOfOthersIsNotAdopted(t *testing.T) {
	run, _, maker := targetRun()
	maker.made["x"] = "of-others"
	assert.Contains(t, create(t, run, "x"), `"code":"taken"`)
	maker.made = map[string]string{}
	assert.JSONEq(t, `{"id":"id-of-x","facts":null}`, create(t, run, "x"), "tried again")
}

func TestADeletedTargetIsCreatedAgainWhenThePlanSaysSo(t *testing.T) {
	run, _, maker := targetRun()
	create(t, run, "x")
	maker.made = map[string]string{}
	assert.JSONEq(t, `{"id":"id-of-y","facts":null}`, create(t, run, "y"))
}
