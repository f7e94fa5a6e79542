package command

import (
	"regexp"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

var (
	codeSpan = regexp.MustCompile("`[^`\n]*`")
	mention  = regexp.MustCompile(`(?i)@(all|channel|here)\b`)
)

// FuzzCommand types arbitrary text. The sync logic always replies. Only the words that start a run do so, and no text of a user
// becomes a mention of all users.
func FuzzCommand(f *testing.F) {
	for _, text := range []string{
		"/entrasync", "/entrasync status", "/entrasync stauts", "/entrasync user lee@example.com", `/entrasync user "lee`, "/entrasync user “lee”",
		"/entrasync sync everybody", "/entrasync SYNC", "/ENTRASYNC 도움말", "/entrasync @all", "/entrasync user @channel", "/entrasync user <mailto:>",
		"/entrasync constructor", "/entrasync __proto__", "\x00", "\xff\xfe", "/entrasync user \u202elee", "/entrasync user ../../status?x=#y",
		"/entrasync preview\u200b", "/entrasync `@here`", strings.Repeat("\"", 1000),
	} {
		f.Add(text)
	}
	logic, err := engine.New()
	require.NoError(f, err)
	errors := &log{}
	f.Fuzz(func(t *testing.T, text string) {
		api := &scripted{answers: map[string][]string{
			"GET /api/v1/status":                      {`{"version":"0","configured":true,"enabled":false,"faults":[],"schedule":"","time_zone":"","next_run_at":0,"current_run":null,"last_run":null}`},
			"GET /api/v1/overview":                    {`{"conflicts":2,"conflicts_run":"r1","failing":0,"secret_expires_at":1}`},
			"POST /api/v1/runs":                       {`{"id":"r1","mode":"apply","trigger":"command","user":"","state":"succeeded","started_at":1,"counts":{},"error":null}`},
			"GET /api/v1/runs/r1/changes?per_page=10": {`{"changes":[],"total":0}`},
			"GET /api/v1/runs?per_page=10":            {`{"runs":[],"total":0}`},
			"POST /api/v1/connection/test":            {`{"ok":true,"steps":[]}`},
		}}
		errors.errors = nil
		shown := &bot{}
		New(Deps{API: api, Engine: logic, People: seoul{}, Bot: shown, Log: errors}).Execute(&model.CommandArgs{UserId: "anna", Command: text})
		assert.Empty(t, errors.errors)
		assert.NotEmpty(t, shown.text)
		assert.NotRegexp(t, mention, codeSpan.ReplaceAllString(shown.text, ""))
		for _, asked := range api.asked {
			if strings.HasPrefix(asked, "POST /api/v1/runs") {
				assert.Regexp(t, `(?i)sync|preview|user`, text)
			}
		}
	})
}
