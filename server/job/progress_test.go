package job

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func doneOf(t *testing.T, report json.RawMessage) int {
	t.Helper()
	var shown struct {
		Done int `json:"done"`
	}
	require.NoError(t, json.Unmarshal(report, &shown))
	return shown.Done
}

func TestProgressMovesWithEveryAccountThatIsWrittenAndNeverGoesBack(t *testing.T) {
	var p progress
	report := func(phase string, done, total int) {
		p.set(json.RawMessage(fmt.Sprintf(`{"phase":%q,"done":%d,"total":%d,"counts":{"created":%d}}`, phase, done, total, done)))
	}
	shown := func() int { return doneOf(t, p.latest()) }

	assert.Nil(t, p.latest())
	report("plan", 207, 207)
	assert.Equal(t, 207, shown())
	report("apply", 0, 207)
	assert.Equal(t, 0, shown(), "each phase begins at 0")
	for written := range 60 {
		p.wrote()
		assert.Equal(t, written+1, shown())
	}
	report("apply", 50, 207)
	assert.Equal(t, 60, shown(), "ten accounts of the next batch are written already")
	p.wrote()
	assert.Equal(t, 60, shown())
	for range 300 {
		p.wrote()
	}
	assert.Equal(t, 207, shown(), "an account can be written more than once")
	assert.JSONEq(t, `{"created":50}`, string(p.counts()), "the counts are those of the sync logic")
}

func TestProgressIsUnpublishedWhenAnAccountIsWritten(t *testing.T) {
	var p progress
	p.set(json.RawMessage(`{"phase":"apply","done":0,"total":9}`))
	assert.NotNil(t, p.unpublished())
	assert.Nil(t, p.unpublished())
	p.wrote()
	assert.Equal(t, 1, doneOf(t, p.unpublished()))
}
