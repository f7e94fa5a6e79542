package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
)

// setting is where the value of a key is stored.
type setting struct {
	key    string
	target any

	// isTrimmed reports whether spaces around the value, which come from pasting, are removed.
	isTrimmed bool

	// isSecret reports whether the server masks the value.
	isSecret bool
}

// readSettings decodes what the server stores. A value of the wrong type becomes a fault and keeps its default: one bad value
// must neither hide the others nor lock the console.
func readSettings(stored map[string]json.RawMessage) (settings, []json.RawMessage) {
	s := newSettings()
	faults := []json.RawMessage{}
	for _, setting := range s.all() {
		key, target := setting.key, setting.target
		raw := lookUp(stored, key)
		if isUnset(raw) {
			continue
		}
		if err := decodeSetting(raw, target); err != nil {
			faults = append(faults, fault.At(fault.SettingInvalid, key).JSON())
		}
		if text, ok := target.(*string); ok && setting.isTrimmed {
			*text = strings.TrimSpace(*text)
		}
		if text, ok := target.(*string); ok && setting.isSecret && isMasked(*text) {
			*text, s.masked = "", strings.TrimSpace(s.masked+" "+key)
		}
	}
	return s, faults
}

// isMasked reports whether a value is left of the asterisks that hide a saved secret: it has the mask in it, or nothing else than
// asterisks.
func isMasked(text string) bool {
	return strings.Contains(text, secretMask) || (text != "" && strings.Trim(text, "*") == "")
}

func isUnset(raw json.RawMessage) bool {
	return len(raw) == 0 || string(raw) == "null" || string(raw) == `""`
}

// revisionOf returns a text that differs whenever a setting differs, in whatever order the keys are. Secrets count, because a
// connection test with one secret says nothing about the next. But the text is shown to administrators, who must not see
// secrets, so it is made with a random key that never leaves the server. Without the key, guesses cannot be tested.
func revisionOf(stored map[string]json.RawMessage, key string) (string, error) {
	present := map[string]json.RawMessage{}
	for _, setting := range new(settings).all() {
		if raw := lookUp(stored, setting.key); !isUnset(raw) {
			present[setting.key] = raw
		}
	}
	encoded, err := json.Marshal(present)
	if err != nil {
		return "", fmt.Errorf("read the settings: %w", err)
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(encoded)
	return hex.EncodeToString(mac.Sum(nil)[:16]), nil
}

// lookUp finds a key without regard to case: the server stores keys in lower case, environment variables use upper case. If
// several keys differ only by case, the last in sort order counts, which is the one in lower case.
func lookUp(stored map[string]json.RawMessage, key string) json.RawMessage {
	var found json.RawMessage
	last := ""
	for name, raw := range stored {
		if strings.EqualFold(name, key) && name > last {
			last, found = name, raw
		}
	}
	return found
}

// decodeSetting fills a string, a bool or a whole number. A document where text is expected (the policy) is kept as its text. A
// bool or a number that is written as text (in an environment variable) is parsed.
func decodeSetting(raw json.RawMessage, target any) error {
	if text, ok := target.(*string); ok && bytes.HasPrefix(raw, []byte("{")) {
		*text = string(raw)
		return nil
	}
	if _, ok := target.(*string); !ok {
		raw = bytes.Trim(raw, `"`)
	}
	return json.Unmarshal(raw, target)
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// surroundings are the facts that settings are checked against besides themselves.
type surroundings struct {
	databaseDriver string

	// passwordProblem says why the server would refuse an initial password, or "" if it would accept it.
	passwordProblem func(password string) string

	// serverRules are the server's settings that decide about accounts.
	serverRules func() mattermost.Rules
}

// facts returns what the sync logic may know about the settings: no secret but the address of the webhook, which it checks
// (Settings in webapp/src/sync/settings/check.ts).
func (s settings) facts(around surroundings) map[string]any {
	facts := s.known()
	maps.Copy(facts, map[string]any{
		"client_secret_is_uuid": uuid.MatchString(s.ClientSecret), "certificate_error": s.certificateError(),
		"schedule_error": job.CheckSchedule(s.Schedule), "time_zone_error": job.CheckTimeZone(s.TimeZone),
		"masked_secrets": append([]string{}, strings.Fields(s.masked)...), "initial_password_error": around.passwordProblem(s.InitialPassword), "database_driver": around.databaseDriver,
		"trigger_token_length": utf8.RuneCountInString(s.TriggerToken), "webhook_url": s.WebhookURL,
		"server_rules": around.serverRules(),
	})
	return facts
}

func (s settings) certificateError() string {
	if s.ClientCertificate == "" {
		return ""
	}
	if err := entra.CheckCertificate(s.ClientCertificate); err != nil {
		return err.Error()
	}
	return ""
}

// checked is what the sync logic returns for the settings.
type checked struct {
	Configured bool              `json:"configured"`
	Faults     []json.RawMessage `json:"faults"`
	Warnings   []json.RawMessage `json:"warnings"`
	Host       struct {
		LoginURL    string `json:"login_url"`
		GraphURL    string `json:"graph_url"`
		KeepDays    int    `json:"keep_days"`
		Concurrency int    `json:"concurrency"`
	} `json:"host"`
}

// check lets the sync logic check the settings.
func (s settings) check(ctx context.Context, e *engine.Engine, around surroundings) (checked, error) {
	var result checked
	err := e.Call(ctx, "check_settings", nil, s.facts(around), &result)
	return result, err
}
