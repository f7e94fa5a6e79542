package main

import (
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

func TestWhatIsSavedOverNewerSettings(t *testing.T) {
	const current = `{"tenantid": "contoso.example", "clientsecret": "hush", "schedule": "0 3 * * *", "policy": {"version": 1, "note": null}, "savedfrom": "earlier b"}`
	revision, err := revisionOf(stored(t, current), "key")
	require.NoError(t, err)
	cases := map[string]struct {
		change map[string]any
		want   bool
	}{
		"other settings from older ones":           {map[string]any{"savedfrom": "older c", "schedule": "0 4 * * *"}, true},
		"another policy from an older one":         {map[string]any{"savedfrom": "older c", "policy": map[string]any{"version": 1}}, true},
		"another secret from older settings":       {map[string]any{"savedfrom": "older c", "clientsecret": "other"}, true},
		"a secret taken out of older settings":     {map[string]any{"savedfrom": "older c", "clientsecret": ""}, true},
		"other settings from the newest":           {map[string]any{"savedfrom": revision + " c", "schedule": "0 4 * * *"}, false},
		"the same settings from older ones":        {map[string]any{"savedfrom": "older c"}, false},
		"the same settings, and the secret masked": {map[string]any{"savedfrom": "older c", "clientsecret": model.FakeSetting}, false},
		"by something that is no page":             {map[string]any{"savedfrom": nil, "schedule": "0 4 * * *"}, false},
		"by something that keeps what it read":     {map[string]any{"schedule": "0 4 * * *"}, false},
		"by something that writes nonsense":        {map[string]any{"savedfrom": 7, "schedule": "0 4 * * *"}, false},
	}
	for name, each := range cases {
		t.Run(name, func(t *testing.T) {
			var next map[string]any
			require.NoError(t, json.Unmarshal([]byte(current), &next))
			for key, value := range each.change {
				next[key] = value
			}
			got, err := overwrittenKeys(next, stored(t, current), "key")
			require.NoError(t, err)
			assert.Equal(t, each.want, len(got) > 0, got)
		})
	}
}

func TestTwoPagesThatBeganAlikeDoNotPassForEachOther(t *testing.T) {
	began, err := revisionOf(stored(t, `{"schedule": "0 3 * * *"}`), "key")
	require.NoError(t, err)
	first := `{"schedule": "0 4 * * *", "savedfrom": "` + began + ` first"}`

	overwritten, err := overwrittenKeys(map[string]any{"schedule": "0 5 * * *", "savedfrom": began + " second"}, stored(t, first), "key")

	require.NoError(t, err)
	assert.Equal(t, []string{"Schedule"}, overwritten)
}

// The console shows it beside the Save button of any page, such as that of the site URL.
func TestARefusedSaveSaysOnAnyPageWhoRefusesWhatAndWhatToDo(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	for locale, words := range map[string][]string{
		"en": {"The plugin Entra Sync", "Schedule, Policy", "Reload this page", "System Console > Plugins > Entra Sync"},
		"ko": {"Entra Sync 플러그인", "일정, 정책", "이 페이지를 새로 고침", "시스템 콘솔 > 플러그인 > Entra Sync"},
	} {
		var refused *model.AppError
		require.ErrorAs(t, refusedSave(logic, locale, outdated([]string{"Schedule", "Policy"})), &refused)
		assert.True(t, refused.SkipTranslation)
		for _, word := range words {
			assert.Contains(t, refused.Message, word)
		}
	}
}

func TestASecretWithTheAsterisksOfTheHiddenOneIsNotSaved(t *testing.T) {
	const current = `{"clientsecret": "hush", "webhooksecret": "****stored-by-an-earlier-version", "triggertoken": ""}`
	cases := map[string]struct {
		change map[string]any
		want   string
	}{
		"a letter at the end":               {map[string]any{"clientsecret": model.FakeSetting + "x"}, "ClientSecret"},
		"a letter at the beginning":         {map[string]any{"ClientSecret": "x" + model.FakeSetting}, "ClientSecret"},
		"a letter in the middle":            {map[string]any{"clientsecret": model.FakeSetting[:9] + "x" + model.FakeSetting[9:]}, "ClientSecret"},
		"an asterisk removed":               {map[string]any{"clientsecret": model.FakeSetting[1:]}, "ClientSecret"},
		"one asterisk more":                 {map[string]any{"triggertoken": model.FakeSetting + "*"}, "TriggerToken"},
		"a few asterisks alone":             {map[string]any{"clientsecret": "***"}, "ClientSecret"},
		"asterisks in another secret":       {map[string]any{"initialpassword": "Password-1****"}, "InitialPassword"},
		"the hidden value as it is":         {map[string]any{"clientsecret": model.FakeSetting, "webhooksecret": model.FakeSetting, "triggertoken": model.FakeSetting}, ""},
		"what is stored already":            {map[string]any{}, ""},
		"a new value":                       {map[string]any{"clientsecret": "a*new~*secret**"}, ""},
		"no value":                          {map[string]any{"clientsecret": nil}, ""},
		"asterisks in what is not a secret": {map[string]any{"timezone": "****"}, ""},
	}
	for name, each := range cases {
		t.Run(name, func(t *testing.T) {
			var next map[string]any
			require.NoError(t, json.Unmarshal([]byte(current), &next))
			for key, value := range each.change {
				next[key] = value
			}
			assert.Equal(t, each.want, newlyMasked(next, stored(t, current)))
		})
	}
}

func TestAMaskedSecretIsAFaultAndIsNotUsed(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	config := newConfigurations(logic, ordinary, "key")
	const masked = `{"tenantid": "contoso.example", "clientid": "00000000-0000-4000-8000-000000000000", "clientsecret": "` + model.FakeSetting + `x", "triggertoken": "` + model.FakeSetting + `x"}`
	require.NoError(t, config.load(t.Context(), stored(t, masked)))

	assert.Empty(t, config.TriggerToken())
	assert.Empty(t, config.current.Load().settings.ClientSecret)
	faults := []string{}
	for _, each := range config.Current().Faults {
		faults = append(faults, string(each))
	}
	assert.Equal(t, []string{`{"code":"secret_masked","path":"ClientSecret"}`, `{"code":"secret_masked","path":"TriggerToken"}`}, faults)
}
