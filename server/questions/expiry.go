package questions

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job/ports"
)

const (
	// askExpiryEvery is how long an answer about the credential's expiry stays valid. It changes once in months.
	askExpiryEvery = time.Hour

	// askExpiryAgain is the pause after a failure, which can be temporary: Graph was busy, or the network failed.
	askExpiryAgain = time.Minute

	// askExpiryTimeout limits the request, and waitForExpiry how long the page waits for its answer.
	askExpiryTimeout = time.Minute
	waitForExpiry    = 2 * time.Second
)

// expiry remembers when the credential of a directory expires.
type expiry struct {
	mu sync.Mutex

	// life ends with close. asking counts the active requests.
	life   context.Context
	end    context.CancelFunc
	asking sync.WaitGroup

	// directory is the one that was asked. It is asked again from dueAt on. answered is closed once it has answered. endsAt is
	// its last answer, 0 for none.
	directory job.Directory
	dueAt     time.Time
	answered  chan struct{}
	endsAt    int64
}

// close ends the active requests. No new ones start after that.
func (e *expiry) close() {
	e.mu.Lock()
	e.end()
	e.mu.Unlock()
	e.asking.Wait()
}

// of returns the known answer, or waits a short time for one that comes soon.
func (e *expiry) of(ctx context.Context, settings job.Settings, log ports.Log) int64 {
	if settings.DirectoryErr != nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, waitForExpiry)
	defer cancel()
	select {
	case <-e.ask(settings.Directory, log): //nolint:contextcheck // the request continues for the next caller
	case <-ctx.Done():
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.directory != settings.Directory {
		return 0 // the settings have changed since
	}
	return e.endsAt
}

// ask sends the request if it is due. The channel is closed once there is an answer.
func (e *expiry) ask(directory job.Directory, log ports.Log) <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.directory == directory && time.Now().Before(e.dueAt) {
		return e.answered
	}
	if e.directory != directory {
		e.endsAt = 0
	}
	answered := make(chan struct{})
	e.directory, e.dueAt, e.answered = directory, time.Now().Add(askExpiryEvery), answered
	if e.life.Err() != nil {
		close(answered)
		return answered
	}
	e.asking.Go(func() {
		defer close(answered)
		ctx, cancel := context.WithTimeout(e.life, askExpiryTimeout)
		defer cancel()
		endsAt, err := directory.CredentialExpiry(ctx)
		if err != nil {
			// Most applications may not read themselves, and need not.
			log.Debug("Failed to read when the credential expires", "error", err.Error())
		}
		e.answer(directory, endsAt, err)
	})
	return answered
}

// answer stores what the directory said. A failure keeps the previous answer, which is still true, unless the application is no
// longer allowed to know.
func (e *expiry) answer(directory job.Directory, endsAt time.Time, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.directory != directory {
		return
	}
	if err != nil && !isForbidden(err) {
		e.dueAt = time.Now().Add(askExpiryAgain)
		return
	}
	e.endsAt = 0
	if err == nil && !endsAt.IsZero() {
		e.endsAt = endsAt.UnixMilli()
	}
}

func isForbidden(err error) bool {
	var refusal engine.FactsError
	if !errors.As(err, &refusal) {
		return false
	}
	facts, isKnown := refusal.Facts().(fault.Facts)
	return isKnown && facts.Status == http.StatusForbidden
}
