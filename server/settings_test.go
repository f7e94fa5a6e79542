package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
)

// ordinary is a server on PostgreSQL that refuses the password "weak".
var ordinary = surroundings{
	"postgres",
	func(password string) string {
		if password == "weak" {
			return "MinimumLength = 8"
		}
		return ""
	},
	func() mattermost.Rules { return mattermost.Rules{PasswordSignIn: true} },
}

func stored(t *testing.T, text string) map[string]json.RawMessage {
	t.Helper()
	var values map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(text), &values))
	return values
}

func TestSettingsAreReadWithoutRegardToCase(t *testing.T) {
	s, faults := readSettings(stored(t, `{"tenantid": " contoso.example ", "CLIENTID": "abc", "Enabled": true}`))
	assert.Empty(t, faults)
	assert.Equal(t, "contoso.example", s.TenantID)
	assert.Equal(t, "abc", s.ClientID)
	assert.True(t, s.Enabled)
}

func TestOfKeysThatDifferByCaseTheLowerCaseOneCounts(t *testing.T) {
	for range 20 { // maps come in any order
		s, faults := readSettings(stored(t, `{"TENANTID": "upper", "tenantid": "lower", "TenantId": "mixed", "": "nameless"}`))
		assert.Empty(t, faults)
		assert.Equal(t, "lower", s.TenantID)
		assert.Empty(t, s.ClientID)
	}
}

func TestWhatIsNotSetHasItsDefault(t *testing.T) {
	s, faults := readSettings(stored(t, `{"schedule": "", "cloud": null}`))
	assert.Empty(t, faults)
	assert.Equal(t, newSettings(), s)
}

func TestThePolicyMayBeADocumentOrItsText(t *testing.T) {
	document, faults := readSettings(stored(t, `{"policy": {"version": 1}}`))
	assert.Empty(t, faults)
	text, faults := readSettings(stored(t, `{"policy": "{\"version\": 1}"}`))
	assert.Empty(t, faults)
	assert.JSONEq(t, document.Policy, text.Policy)
}

func TestAnEnvironmentVariableMaySetABool(t *testing.T) {
	s, faults := readSettings(stored(t, `{"enabled": "true"}`))
	assert.Empty(t, faults)
	assert.True(t, s.Enabled)
}

func TestTheMinutesBetweenIncrementalRunsAreAWholeNumber(t *testing.T) {
	for value, want := range map[string]int{`30`: 30, `"30"`: 30, `0`: 0, `-5`: -5} {
		s, faults := readSettings(stored(t, `{"incrementalminutes": `+value+`}`))
		assert.Empty(t, faults, value)
		assert.Equal(t, want, s.IncrementalMinutes, value)
	}
	for _, value := range []string{`7.5`, `"soon"`, `true`, `[30]`, `1e99`} {
		s, faults := readSettings(stored(t, `{"incrementalminutes": `+value+`}`))
		require.Len(t, faults, 1, value)
		assert.Equal(t, "IncrementalMinutes", pathOf(faults[0]), value)
		assert.Zero(t, s.IncrementalMinutes, value)
	}
}

func TestASettingOfTheWrongKindIsAFaultAndHidesNoOther(t *testing.T) {
	s, faults := readSettings(stored(t, `{"tenantid": 7, "enabled": "perhaps", "clientid": "abc", "policy": [1]}`))
	assert.Equal(t, "abc", s.ClientID)
	paths := map[string]bool{}
	for _, raw := range faults {
		var fault struct{ Code, Path string }
		require.NoError(t, json.Unmarshal(raw, &fault))
		assert.Equal(t, "setting_invalid", fault.Code)
		paths[fault.Path] = true
	}
	assert.Equal(t, map[string]bool{"TenantId": true, "Enabled": true, "Policy": true}, paths)
}

func TestTheSyncLogicLearnsNoSecret(t *testing.T) {
	s := newSettings()
	s.ClientSecret, s.ClientCertificate, s.TriggerToken = "hush-1", "hush-2", "hush-3"
	s.WebhookSecret, s.InitialPassword = "hush-4", "hush-5"
	encoded, err := json.Marshal(s.facts(ordinary))
	require.NoError(t, err)
	assert.NotContains(t, string(encoded), "hush")
	assert.Contains(t, string(encoded), `"has_client_secret":true`)
}

func TestWrongSettingsMakeAConfigurationWithFaults(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	config := newConfigurations(logic, ordinary, "key")
	bad := `{"tenantid": "x y", "clientid": "no", "clientsecret": "s", "schedule": "often", "timezone": "Mars/Base", "policy": "{"}`
	require.NoError(t, config.load(t.Context(), stored(t, bad)))

	var all strings.Builder
	for _, fault := range config.Current().Faults {
		all.Write(fault)
	}
	for _, path := range []string{"TenantId", "ClientId", "Schedule", "TimeZone", "Policy"} {
		assert.Contains(t, all.String(), `"path":"`+path+`"`)
	}
	assert.Error(t, config.Current().DirectoryErr)
}

func TestGoodSettingsMakeADirectoryClient(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	config := newConfigurations(logic, ordinary, "key")
	good := `{"tenantid": "3fa1c0de-0000-4000-8000-00000000feed", "clientid": "3fa1c0de-0000-4000-8000-0000000beef1",
		"clientsecret": "a-secret-value", "policy": {"scope": {"everyone": true}}}`
	require.NoError(t, config.load(t.Context(), stored(t, good)))
	assert.Empty(t, config.Current().Faults)
	require.NoError(t, config.Current().DirectoryErr)
	assert.NotNil(t, config.Current().Directory)
}

func TestAnInitialPasswordThatTheServerRefusesIsAFault(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	config := newConfigurations(logic, ordinary, "key")
	weak := `{"tenantid": "3fa1c0de-0000-4000-8000-00000000feed", "clientid": "3fa1c0de-0000-4000-8000-0000000beef1",
		"clientsecret": "a-secret-value", "initialpassword": "weak",
		"policy": {"scope": {"everyone": true}, "accounts": {"sign_in": {"method": "initial_password"}}}}`
	require.NoError(t, config.load(t.Context(), stored(t, weak)))
	require.Len(t, config.Current().Faults, 1)
	assert.Contains(t, string(config.Current().Faults[0]), "initial_password_weak")
}

func TestASettingThatCannotBeReadIsReportedOnce(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	config := newConfigurations(logic, ordinary, "key")
	require.NoError(t, config.load(t.Context(), stored(t, `{"tenantid": 7, "clientid": "abc", "clientsecret": "s"}`)))
	reports := 0
	for _, fault := range config.Current().Faults {
		if pathOf(fault) == "TenantId" {
			reports++
		}
	}
	assert.Equal(t, 1, reports)
}

func TestTheRevisionFollowsEverything(t *testing.T) {
	of := func(text string) string {
		t.Helper()
		revision, err := revisionOf(stored(t, text), "key")
		require.NoError(t, err)
		assert.NotEmpty(t, revision)
		return revision
	}
	saved := of(`{"TenantId": "contoso.example", "policy": {"version": 1}, "clientsecret": "hush"}`)
	assert.Equal(t, saved, of(`{"clientsecret": "hush", "policy": {"version": 1}, "tenantid": "contoso.example", "clientid": "", "elsewhere": 7}`))
	for _, other := range []string{
		`{"tenantid": "contoso.example", "clientsecret": "hush", "policy": {"version": 1, "scope": {"everyone": true}}}`,
		`{"tenantid": "contoso.example ", "clientsecret": "hush", "policy": {"version": 1}}`,
		`{"tenantid": "contoso.example", "clientsecret": "hush", "policy": {"version": 1}, "enabled": true}`,
		`{"tenantid": "contoso.example", "clientsecret": "hush", "policy": {"version": 1}, "webhooksecret": "hush"}`,
		`{"tenantid": "contoso.example", "clientsecret": "other", "policy": {"version": 1}}`,
		`{"tenantid": "contoso.example", "policy": {"version": 1}}`,
		`{}`,
	} {
		assert.NotEqual(t, saved, of(other), other)
	}
}

func TestTheRevisionIsMadeWithTheKeyOfTheInstallation(t *testing.T) {
	settings := stored(t, `{"clientsecret": "hush"}`)
	here, err := revisionOf(settings, "here")
	require.NoError(t, err)
	elsewhere, err := revisionOf(settings, "elsewhere")
	require.NoError(t, err)
	assert.NotEqual(t, here, elsewhere)
}
