package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// warnings records what is logged.
type warnings struct {
	silentLog
	mu    sync.Mutex
	lines []string
}

func (w *warnings) Warn(message string, _ ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, message)
}

func (w *warnings) logged() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines
}

// guess sends wrong tokens at once, each from the address of its number, and counts the statuses and the slow answers.
func guess(a *attempts, times int, addressOf func(int) string) (statuses map[int]int, slow int) {
	var mu sync.Mutex
	var guesses sync.WaitGroup
	statuses = map[int]int{}
	for number := range times {
		guesses.Go(func() {
			begun := time.Now()
			var refused *failure
			errors.As(a.refuse(context.Background(), addressOf(number)), &refused)
			mu.Lock()
			defer mu.Unlock()
			statuses[refused.status]++
			if time.Since(begun) >= attemptDelay {
				slow++
			}
		})
	}
	guesses.Wait()
	return statuses, slow
}

func TestFiveHundredWrongTokensAreSlowedDownAndLoggedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &warnings{}
		a := &attempts{log: log}
		statuses, slow := guess(a, 500, func(int) string { return "192.0.2.7" })
		assert.Equal(t, map[int]int{http.StatusUnauthorized: freeAttempts + maxDelayed, http.StatusTooManyRequests: 500 - freeAttempts - maxDelayed}, statuses)
		assert.Equal(t, maxDelayed, slow)
		assert.Len(t, log.logged(), 1)
		time.Sleep(attemptWindow)
		assert.Len(t, log.logged(), 2, "and how many there were")

		statuses, slow = guess(a, 1, func(int) string { return "192.0.2.7" })
		assert.Equal(t, map[int]int{http.StatusUnauthorized: 1}, statuses)
		assert.Zero(t, slow, "the next window counts from 0")
		time.Sleep(attemptWindow)
	})
}

func TestWrongTokensFromManyAddressesAreSlowedDownAsWell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &warnings{}
		a := &attempts{log: log}
		_, slow := guess(a, 500, strconv.Itoa)
		assert.Equal(t, maxDelayed, slow)
		assert.Len(t, a.ofAddress, maxLogged)
		time.Sleep(attemptWindow)
		assert.Len(t, log.logged(), maxLogged+1)
	})
}

func TestTheRightTokenWorksAtOnceWhileOthersGuess(t *testing.T) {
	w := newWorld(t)
	var guesses sync.WaitGroup
	for range 50 {
		guesses.Go(func() { w.ask(http.MethodGet, "/runs/known", "", tokenHeader, "wrong") })
	}
	answer := w.ask(http.MethodGet, "/runs/known", "", tokenHeader, triggerToken)
	assert.Equal(t, http.StatusOK, answer.Code)
	guesses.Wait()
}

func TestACallerWhoDoesNotWaitIsNotCountedAsDelayed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &attempts{log: &warnings{}}
		guess(a, freeAttempts, func(int) string { return "x" })
		gone, leave := context.WithCancel(context.Background())
		leave()
		begun := time.Now()
		assert.Error(t, a.refuse(gone, "x"))
		assert.Zero(t, time.Since(begun))
		assert.Zero(t, a.delayed)
		time.Sleep(attemptWindow)
	})
}
