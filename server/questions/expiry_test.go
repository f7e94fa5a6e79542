package questions

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
)

// ending is a directory whose credential expires.
type ending struct {
	idle
	at    time.Time
	err   error
	delay time.Duration
	asked atomic.Int32
}

func (e *ending) CredentialExpiry(context.Context) (time.Time, error) {
	e.asked.Add(1)
	time.Sleep(e.delay)
	return e.at, e.err
}

func (e *ending) FindGroups(_ context.Context, text string) ([]entra.Group, error) {
	return []entra.Group{{ID: "g", Name: text}}, e.err
}

// forbidden is Graph's answer to an application that may not read itself.
type forbidden struct{}

func (forbidden) Error() string { return "forbidden" }
func (forbidden) Facts() any    { return fault.Facts{Origin: "graph", Status: http.StatusForbidden} }

func TestTheEndOfTheCredentialIsAskedForOnceAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newAsked(t, numbers{}, nil)
		first := &ending{at: time.UnixMilli(1_800_000_000_000)}
		n.config.read(first)
		expiresAt := func() int64 {
			t.Helper()
			_, at, err := n.Overview(t.Context())
			require.NoError(t, err)
			return at
		}
		for range 3 {
			assert.Equal(t, int64(1_800_000_000_000), expiresAt())
		}
		assert.Equal(t, int32(1), first.asked.Load())
		first.at = time.UnixMilli(1_900_000_000_000)
		time.Sleep(askExpiryEvery)
		assert.Equal(t, int64(1_900_000_000_000), expiresAt())

		other := &ending{}
		n.config.read(other)
		assert.Zero(t, expiresAt(), "other settings have another credential")
		assert.Zero(t, expiresAt())
		assert.Equal(t, int32(1), other.asked.Load())

		slow := &ending{at: time.UnixMilli(7), delay: 20 * time.Second}
		n.config.read(slow)
		began := time.Now()
		assert.Zero(t, expiresAt())
		assert.Equal(t, waitForExpiry, time.Since(began), "no caller waits long for it")
		time.Sleep(20 * time.Second)
		assert.Equal(t, int64(7), expiresAt())
		assert.Equal(t, int32(1), slow.asked.Load())

		n.config.set(job.Settings{DirectoryErr: errors.New("not configured")})
		assert.Zero(t, expiresAt())
	})
}

func TestTheEndOfTheCredentialOutlivesAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newAsked(t, numbers{}, nil)
		directory := &ending{at: time.UnixMilli(1_800_000_000_000)}
		n.config.read(directory)
		expiresAt := func() int64 {
			t.Helper()
			_, at, err := n.Overview(t.Context())
			require.NoError(t, err)
			return at
		}
		require.Equal(t, int64(1_800_000_000_000), expiresAt())

		time.Sleep(askExpiryEvery)
		directory.err = errors.New("busy")
		for range 3 {
			assert.Equal(t, int64(1_800_000_000_000), expiresAt(), "what is known stays known")
		}
		assert.Equal(t, int32(2), directory.asked.Load(), "the directory is not asked again at once")
		time.Sleep(askExpiryAgain)
		directory.at, directory.err = time.UnixMilli(1_900_000_000_000), nil
		assert.Equal(t, int64(1_900_000_000_000), expiresAt())
		assert.Equal(t, int32(3), directory.asked.Load())

		time.Sleep(askExpiryEvery)
		directory.err = forbidden{}
		assert.Zero(t, expiresAt(), "the application may not know any more")
		time.Sleep(askExpiryAgain)
		assert.Zero(t, expiresAt())
		assert.Equal(t, int32(4), directory.asked.Load())
	})
}

func TestGroupsOfADirectoryThatIsNotThere(t *testing.T) {
	n := newAsked(t, numbers{}, nil)
	n.config.set(job.Settings{DirectoryErr: errors.New("none"), Faults: []json.RawMessage{json.RawMessage(`{"code":"not_configured"}`)}})
	for _, ask := range []func() ([]entra.Group, error){
		func() ([]entra.Group, error) { return n.FindGroups(t.Context(), "x") },
		func() ([]entra.Group, error) { return n.GetGroups(t.Context(), []string{"x"}) },
	} {
		_, err := ask()
		var refusal *job.Refusal
		require.ErrorAs(t, err, &refusal)
		assert.JSONEq(t, `{"code":"not_configured"}`, string(refusal.Fault()))
	}
	n.config.set(job.Settings{Faults: []json.RawMessage{json.RawMessage(`{"code":"policy_invalid"}`)}})
	n.config.read(&ending{})
	groups, err := n.FindGroups(t.Context(), "Design")
	require.NoError(t, err, "a wrong policy does not prevent its correction")
	assert.Equal(t, []entra.Group{{ID: "g", Name: "Design"}}, groups)
}
