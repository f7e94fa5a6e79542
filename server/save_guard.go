package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// savedFromKey is the setting in which an edited page says which settings it started from: their revision, a space, and a text
// that no other page chooses. It stays in the configuration until the next page saves.
const savedFromKey = "SavedFrom"

// wordsTimeout limits the time to write the text of a refusal.
const wordsTimeout = 10 * time.Second

// ConfigurationWillBeSaved refuses a secret that contains the asterisks of the hidden one, and to overwrite settings that were
// changed after the page was opened. The console sends the whole configuration as the page read it, and the server itself does not check whether it is still the same.
//
// It never returns a configuration of its own: on its way, a pointer to false becomes nil, which the server would read as the
// default.
//
//nolint:unparam // the server's interface: no configuration and no error mean that it is saved as it is
func (p *Plugin) ConfigurationWillBeSaved(next *model.Config) (*model.Config, error) {
	parts := p.active()
	if parts == nil {
		return nil, nil
	}
	var current map[string]json.RawMessage
	if err := p.API.LoadPluginConfiguration(&current); err != nil {
		p.API.LogWarn("Failed to check whether newer settings would be overwritten", "error", err.Error())
		return nil, nil
	}
	locale := model.SafeDereference(next.LocalizationSettings.DefaultServerLocale)
	wanted := next.PluginSettings.Plugins[pluginID]
	if key := newlyMasked(wanted, current); key != "" {
		return nil, refusedSave(parts.config.engine, locale, fault.At(fault.SecretMasked, key))
	}
	overwritten, err := overwrittenKeys(wanted, current, parts.config.revisionKey)
	if err != nil {
		return nil, err
	}
	if len(overwritten) == 0 {
		return nil, nil
	}
	return nil, refusedSave(parts.config.engine, locale, outdated(overwritten))
}

// outdated is the fault of a save that would overwrite newer settings.
func outdated(overwritten []string) fault.Fault {
	return fault.Fault{Code: fault.SettingsOutdated, Params: map[string]any{"setting_keys": strings.Join(overwritten, " ")}}
}

// newlyMasked returns the key of a secret that a save would store with the asterisks that hide the stored value, or "". What is
// already stored does not stop a save, because it may be one of another page. The server masks an empty secret as well.
func newlyMasked(next map[string]any, current map[string]json.RawMessage) string {
	for _, setting := range new(settings).all() {
		if !setting.isSecret {
			continue
		}
		for name, value := range next {
			text, _ := value.(string)
			isKept := text == model.FakeSetting || text == textOf(lookUp(current, setting.key))
			if strings.EqualFold(name, setting.key) && isMasked(text) && !isKept {
				return setting.key
			}
		}
	}
	return ""
}

// overwrittenKeys returns the settings that next would change although it is based on other settings than those of current. A
// save that leaves the settings as they are, from whatever page of the console, changes none. A client that writes settings
// without a page does not say what they are based on, so it is allowed to.
func overwrittenKeys(next map[string]any, current map[string]json.RawMessage, revisionKey string) ([]string, error) {
	wanted, err := rawSettings(next, current)
	if err != nil {
		return nil, err
	}
	from := textOf(lookUp(wanted, savedFromKey))
	if from == "" || from == textOf(lookUp(current, savedFromKey)) {
		return nil, nil
	}
	revision, err := revisionOf(current, revisionKey)
	if err != nil {
		return nil, err
	}
	if began, _, _ := strings.Cut(from, " "); began == revision {
		return nil, nil
	}
	return keysThatDiffer(meaningOf(current), meaningOf(wanted)), nil
}

func keysThatDiffer(one, other settings) []string {
	var keys []string
	others := other.all()
	for i, setting := range one.all() {
		if !reflect.DeepEqual(setting.target, others[i].target) {
			keys = append(keys, setting.key)
		}
	}
	return keys
}

// meaningOf returns the settings without what has no meaning: defaults that can be left out, and the layout of a document.
func meaningOf(stored map[string]json.RawMessage) settings {
	meant, _ := readSettings(stored)
	var document any
	if json.Unmarshal([]byte(meant.Policy), &document) == nil {
		if laidOut, err := json.Marshal(document); err == nil {
			meant.Policy = string(laidOut)
		}
	}
	return meant
}

// rawSettings encodes settings as they are stored. A masked secret is the one that is already stored.
func rawSettings(values map[string]any, stored map[string]json.RawMessage) (map[string]json.RawMessage, error) {
	raw := map[string]json.RawMessage{}
	for key, value := range values {
		if value == model.FakeSetting {
			raw[key] = lookUp(stored, key)
			continue
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("read the setting %s: %w", key, err)
		}
		raw[key] = encoded
	}
	return raw, nil
}

// textOf returns the text in a value, and "" for any other value.
func textOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return text
}

// refusedSave is what the console shows beside its Save button, on any of its pages. It is in the server's language, because the
// hook does not know which user saves.
func refusedSave(logic *engine.Engine, locale string, why fault.Fault) error {
	ctx, cancel := context.WithTimeout(context.Background(), wordsTimeout)
	defer cancel()
	refused := model.NewAppError("ConfigurationWillBeSaved", "entrasync."+string(why.Code), nil, "", http.StatusConflict)
	var answer struct {
		Faults []struct {
			Message string `json:"message"`
			Hint    string `json:"hint"`
		} `json:"faults"`
	}
	input := map[string]any{"locale": locale, "faults": []fault.Fault{why}}
	if err := logic.Call(ctx, "describe", nil, input, &answer); err == nil && len(answer.Faults) == 1 {
		refused.Message, refused.SkipTranslation = answer.Faults[0].Message+" "+answer.Faults[0].Hint, true
	}
	return refused
}
