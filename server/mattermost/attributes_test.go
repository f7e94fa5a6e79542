package mattermost

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAttributeFields(t *testing.T) {
	db := openDatabase(t)
	accounts := NewAccounts(nil, db)
	fields := func() string {
		answer, err := accounts.AttributeFields(t.Context())
		require.NoError(t, err)
		return string(answer.(json.RawMessage))
	}
	assert.JSONEq(t, `{"fields":[]}`, fields(), "a server on which the group does not exist yet")

	execute(t, db, `INSERT INTO propertygroups VALUES ('cpa', 'custom_profile_attributes'), ('boards', 'boards')`)
	execute(t, db, `INSERT INTO propertyfields VALUES
		('1', 'cpa', 'Team', 'text', NULL, 0),
		('2', 'cpa', 'Page', 'text', '{"value_type":"url","ldap":"","visibility":"always"}', 0),
		('3', 'cpa', 'Badge', 'text', '{"ldap":"employeeNumber"}', 0),
		('4', 'cpa', 'Level', 'select', '{"saml":"level"}', 0),
		('5', 'cpa', 'Gone', 'text', NULL, 5),
		('6', 'boards', 'Status', 'text', NULL, 0)`)
	assert.JSONEq(t, `{"fields":[
		{"id":"3","group_id":"cpa","name":"Badge","type":"text","value_type":"","is_synced":true},
		{"id":"4","group_id":"cpa","name":"Level","type":"select","value_type":"","is_synced":true},
		{"id":"2","group_id":"cpa","name":"Page","type":"text","value_type":"url","is_synced":false},
		{"id":"1","group_id":"cpa","name":"Team","type":"text","value_type":"","is_synced":false}]}`, fields())
}

func TestAttributeValues(t *testing.T) {
	db := openDatabase(t)
	execute(t, db, `INSERT INTO propertyvalues VALUES
		('1', 'mina', 'user', 'cpa', 'team', '"Plat\"form"', 0),
		('2', 'mina', 'user', 'cpa', 'page', '"https://example.com"', 0),
		('3', 'jun', 'user', 'cpa', 'team', '""', 0),
		('4', 'jun', 'user', 'cpa', 'page', '["a"]', 0),
		('5', 'sora', 'user', 'cpa', 'team', '"Sales"', 5),
		('6', 'dana', 'user', 'cpa', 'team', '"Sales"', 0),
		('7', 'sora', 'post', 'cpa', 'team', '"Sales"', 0)`)
	answer, err := NewAccounts(nil, db).AttributeValues(t.Context(), json.RawMessage(`{"account_ids":["mina","jun","sora","a\u0000"],"field_ids":["team"]}`))
	require.NoError(t, err)
	assert.JSONEq(t, `{"values":[{"account_id":"mina","field_id":"team","value":"Plat\"form"}]}`, string(answer.(json.RawMessage)))
}
