package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

func TestARunThatGoesWellLogsNoWarningAndNobodysAddress(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365()))
	before, err := s.Mattermost.Log()
	require.NoError(t, err)
	s.apply(t)
	s.sync(t, stage.ModePreview)
	eventually(t, "the log is written", func() bool { return len(s.logOfPlugin(t, len(before), "A run has ended")) == 2 })
	for _, line := range s.logOfPlugin(t, len(before), "") {
		assert.NotContains(t, []string{"warn", "error", "critical"}, line.Level, line.whole)
		assert.NotContains(t, line.whole, "hanbit.example", "a person's address")
	}
}

type logLine struct {
	Level    string `json:"level"`
	Message  string `json:"msg"`
	PluginID string `json:"plugin_id"`
	whole    string
}

// logOfPlugin returns the plugin's lines of the server log, starting at a byte, with a message that contains a text.
func (s *scene) logOfPlugin(t *testing.T, from int, part string) []logLine {
	t.Helper()
	log, err := s.Mattermost.Log()
	require.NoError(t, err)
	var lines []logLine
	for text := range strings.Lines(log[from:]) {
		line := logLine{whole: text}
		if decodeJSON([]byte(text), &line) == nil && line.PluginID == stage.PluginID && strings.Contains(line.Message, part) {
			lines = append(lines, line)
		}
	}
	return lines
}
