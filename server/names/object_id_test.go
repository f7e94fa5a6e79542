package names

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The sync logic passes the same cases (webapp/src/sync/cases), so both sides accept the same object IDs.
func TestAnObjectIDIsTheSameHereAndInTheSyncLogic(t *testing.T) {
	content, err := os.ReadFile("../../webapp/src/sync/cases/object_id.json")
	require.NoError(t, err)
	var file struct {
		Cases []struct {
			Name     string `json:"name"`
			Input    any    `json:"input"`
			Expected string `json:"expected"`
		} `json:"cases"`
	}
	require.NoError(t, json.Unmarshal(content, &file))
	require.NotEmpty(t, file.Cases)
	pattern := regexp.MustCompile(ObjectIDPattern)
	for _, each := range file.Cases {
		text, _ := each.Input.(string)
		assert.Equal(t, each.Expected != "", pattern.MatchString(text), each.Name)
	}
}
