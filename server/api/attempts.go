package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

const (
	// attemptWindow is how long wrong tokens are counted together. The log has one line for each address and window.
	attemptWindow = time.Minute

	// freeAttempts are answered at once: those of one address, and those of all addresses, in a window.
	freeAttempts    = 3
	freeAttemptsAll = 20

	// attemptDelay is how long the answer to any further wrong token takes.
	attemptDelay = 2 * time.Second

	// maxDelayed limits how many answers are delayed at once. What is beyond is refused at once, so that an attack does not
	// use up the plugin.
	maxDelayed = 32

	// maxLogged limits the addresses that are counted and logged one by one in a window.
	maxLogged = 20
)

// attempts slows down callers who guess the trigger token, and logs them. A correct token never comes here, so it works during
// an attack.
type attempts struct {
	log Log

	mu        sync.Mutex
	total     int
	ofAddress map[string]int
	delayed   int
}

// refuse returns the answer to a wrong token, after a delay if there were several.
func (a *attempts) refuse(ctx context.Context, address string) error {
	mayWait, isFree := a.count(address)
	switch {
	case isFree:
	case !mayWait:
		return fail(http.StatusTooManyRequests, fault.TokenWrong)
	default:
		defer a.waited()
		select {
		case <-ctx.Done():
		case <-time.After(attemptDelay):
		}
	}
	return fail(http.StatusUnauthorized, fault.TokenWrong)
}

// count counts a wrong token, and reports whether its answer may wait, and whether it need not.
func (a *attempts) count(address string) (mayWait, isFree bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.total == 0 {
		a.ofAddress = map[string]int{}
		time.AfterFunc(attemptWindow, a.end)
	}
	a.total++
	known, isKnown := a.ofAddress[address]
	if isKnown || len(a.ofAddress) < maxLogged {
		a.ofAddress[address] = known + 1
		if !isKnown {
			a.log.Warn("A request with a wrong trigger token was refused", "address", address)
		}
	}
	if a.total <= freeAttemptsAll && a.ofAddress[address] <= freeAttempts {
		return false, true
	}
	if a.delayed >= maxDelayed {
		return false, false
	}
	a.delayed++
	return true, false
}

func (a *attempts) waited() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.delayed--
}

// end logs the sum of a window, unless each of its attempts was logged.
func (a *attempts) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.total > len(a.ofAddress) {
		a.log.Warn("Requests with a wrong trigger token were refused within a minute", "requests", a.total, "addresses", len(a.ofAddress))
	}
	a.total = 0
}
