package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// FuzzSettings loads arbitrary settings. They never stop the plugin and are read the same way each time. Every problem is a
// fault with a code, and no fault contains a secret.
func FuzzSettings(f *testing.F) {
	for _, text := range []string{
		`{}`, `null`, `{"tenantid":7,"enabled":"perhaps","policy":[1]}`, `{"policy":{"scope":{"everyone":true}},"schedule":"often"}`,
		`{"tenantid":"a","TENANTID":"b","TenantId":"c"}`, `{"policy":"{\"version\":"}`, `{"ENABLED":"\"true\""}`, `{"enabled":"\u0022"}`,
		`{"credential":"certificate","cloud":"china","loginurl":"https://[","graphurl":"\u0000"}`, `{"webhookurl":"javascript:x","timezone":"../.."}`,
		`{"schedule":"TZ=","timezone":"Mars/Base"}`, `{"policy":"\ud800"}`, `{"tenantid":{"a":1},"clientid":{}}`, `{"policy":{"version":1e400}}`,
		`{"initialpassword":"weak","policy":{"accounts":{"sign_in":{"method":"initial_password"}}}}`,
	} {
		f.Add(text)
	}
	logic, err := engine.New()
	require.NoError(f, err)
	secrets := map[string]json.RawMessage{
		"clientsecret": json.RawMessage(`"hush-1"`), "clientcertificate": json.RawMessage(`"hush-2"`), "triggertoken": json.RawMessage(`"hush-3"`),
		"webhooksecret": json.RawMessage(`"hush-4"`), "initialpassword": json.RawMessage(`"hush-5"`),
	}
	f.Fuzz(func(t *testing.T, text string) {
		var values map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &values) != nil {
			t.Skip("the server stores JSON")
		}
		config := newConfigurations(logic, ordinary, "key")
		require.NoError(t, config.load(t.Context(), values))
		for range 3 {
			again, _ := readSettings(values)
			assert.Equal(t, config.current.Load().settings, again)
		}

		if values == nil {
			values = map[string]json.RawMessage{}
		}
		for key := range values {
			if _, isSecret := secrets[key]; isSecret {
				delete(values, key)
			}
		}
		for key, secret := range secrets {
			values[key] = secret
		}
		require.NoError(t, config.load(t.Context(), values))
		for _, raw := range config.Current().Faults {
			var fault struct{ Code string }
			require.NoError(t, json.Unmarshal(raw, &fault))
			assert.NotEmpty(t, fault.Code)
			assert.NotContains(t, string(raw), "hush-")
		}
	})
}
