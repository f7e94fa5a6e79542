package tests

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

const triggerToken = "trigger-token-of-the-tests-5d1f0c"

func withToken(a asks, token string) asks { return a.with("X-Entrasync-Token", token) }

func TestTheTriggerTokenStartsARunAndReadsIt(t *testing.T) {
	s := begin(t, plain, map[string]any{"TriggerToken": triggerToken})
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "preview"}}
	got := s.ask(t, withToken(start, triggerToken))
	require.Equal(t, http.StatusAccepted, got.status, "%s", got)
	var run struct {
		ID      string `json:"id"`
		Trigger string `json:"trigger"`
		ActorID string `json:"actor_id"`
	}
	got.decode(t, &run)
	assert.Equal(t, "api", run.Trigger)
	assert.Empty(t, run.ActorID)

	got = s.ask(t, withToken(asks{method: http.MethodGet, route: "/runs/" + run.ID}, triggerToken))
	assert.Equal(t, http.StatusOK, got.status, "%s", got)
}

func TestTheTriggerTokenOpensNoOtherRoute(t *testing.T) {
	s := begin(t, licensed, map[string]any{"TriggerToken": triggerToken})
	for operation, each := range s.routes(t) {
		if operation == "startRun" || operation == "getRun" {
			continue
		}
		got := s.ask(t, withToken(each.asks, triggerToken))
		assert.Equal(t, http.StatusUnauthorized, got.status, "%s: %s", operation, got)
	}
}

func TestAWrongTriggerTokenIsRefused(t *testing.T) {
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": stage.ModePreview}}
	cases := map[string]struct{ configured, sent string }{
		"another one":                   {triggerToken, "something-else"},
		"the beginning of the right":    {triggerToken, triggerToken[:10]},
		"more than the right":           {triggerToken, triggerToken + "x"},
		"any, while none is configured": {"", triggerToken},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := begin(t, plain, map[string]any{"TriggerToken": c.configured})
			got := s.ask(t, withToken(start, c.sent))
			assert.Equal(t, http.StatusUnauthorized, got.status, "%s", got)
			assert.Equal(t, "token_wrong", got.code())
			assert.Equal(t, "not_signed_in", s.ask(t, withToken(start, "")).code(), "an empty token")
			assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_runs`))
		})
	}
}

// An earlier version accepted tokens of any length.
func TestAShortTriggerTokenOpensNothing(t *testing.T) {
	const short = "a-token-of-thirty-one-charactrs"
	s := begin(t, plain, map[string]any{"TriggerToken": short})
	got := s.ask(t, withToken(asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": stage.ModePreview}}, short))
	assert.Equal(t, http.StatusUnauthorized, got.status, "%s", got)
	assert.Equal(t, "token_wrong", got.code())
}

func TestFiveHundredWrongTokensAreSlowedDownAndLoggedOnceWhileTheRightOneWorks(t *testing.T) {
	s := begin(t, plain, map[string]any{"TriggerToken": triggerToken})
	log, err := s.Mattermost.Log()
	require.NoError(t, err)
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": stage.ModePreview}}
	var guesses sync.WaitGroup
	var unauthorized, tooMany atomic.Int32
	for number := range 500 {
		guesses.Go(func() {
			switch got := s.ask(t, withToken(start, fmt.Sprintf("%s-%d", triggerToken, number))); got.status {
			case http.StatusUnauthorized:
				unauthorized.Add(1)
			case http.StatusTooManyRequests:
				tooMany.Add(1)
			}
		})
	}
	got := s.ask(t, withToken(start, triggerToken))
	assert.Equal(t, http.StatusAccepted, got.status, "%s", got)
	guesses.Wait()
	assert.EqualValues(t, 500, unauthorized.Load()+tooMany.Load())
	assert.Positive(t, tooMany.Load())
	assert.LessOrEqual(t, len(s.logOfPlugin(t, len(log), "wrong trigger token")), 1)
	s.awaitQuiet(t)
}

func TestTheTriggerTokenDoesNotHelpSomebodyWhoIsLoggedIn(t *testing.T) {
	s := begin(t, plain, map[string]any{"TriggerToken": triggerToken})
	start := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": stage.ModePreview}}
	got := s.ask(t, start.by(s.ordinaryUser(t)).with("X-Entrasync-Token", triggerToken))
	assert.Equal(t, http.StatusForbidden, got.status, "%s", got)
}
