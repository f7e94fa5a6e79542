package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestThePluginEndsSecondsAfterItsServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		parentNow := func() int {
			if time.Since(begun) < time.Hour {
				return 4711
			}
			return 1
		}
		ended := time.Time{}
		endWith(4711, parentNow, func() { ended = time.Now() })
		assert.Less(t, ended.Sub(begun), time.Hour+3*time.Second)
		assert.GreaterOrEqual(t, ended.Sub(begun), time.Hour)
	})
}

const roleVariable = "ENTRASYNC_TEST_ROLE"

// A process that is killed tells its children nothing: only their parent changes.
func TestTheChildOfAKilledProcessEnds(t *testing.T) {
	if os.Getenv(roleVariable) == "child" {
		endWith(os.Getppid(), os.Getppid, func() { os.Exit(0) })
	}
	self, err := os.Executable()
	require.NoError(t, err)
	output, childOutput, err := os.Pipe()
	require.NoError(t, err)
	parent := exec.Command("sh", "-c", `"$0" -test.run '^TestTheChildOfAKilledProcessEnds$' & echo begun; wait`, self)
	parent.Env = append(os.Environ(), roleVariable+"=child")
	parent.Stdout = childOutput
	require.NoError(t, parent.Start())
	require.NoError(t, childOutput.Close())
	lines := bufio.NewReader(output)
	_, err = lines.ReadString('\n')
	require.NoError(t, err)

	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, lines) // ends when no process has the pipe open
		close(ended)
	}()
	select {
	case <-ended:
		require.Fail(t, "the child lives as long as its parent")
	case <-time.After(3 * lookForParentEvery):
	}
	require.NoError(t, parent.Process.Kill())
	<-ended
	_ = parent.Wait()
}
