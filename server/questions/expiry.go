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
	// askExpiryEvery is how long an answer about the credential's end is good; it changes once in months.
	askExpiryEvery = time.Hour

	// askExpiryAgain is how long a failure lets the question rest, which need not last: Graph was busy, or the network away.
	askExpiryAgain = time.Minute

	// askExpiryTimeout bounds the question, and waitForExpiry how long the page waits for its answer.
	askExpiryTimeout = time.Minute
	waitForExpiry    = 2 * time.Second
)

// expiry remembers when the credential of a directory ends.
type expiry struct {
	mu sync.Mutex

	// life ends with close; asking counts the questions that are under way.
	life   context.Context
	end    context.CancelFunc
	asking sync.WaitGroup

	// directory is the one that was asked, and is asked again from dueAt on; answered is closed once it has answered. endsAt is what it
	// said last, 0 for nothing.
	directory job.Directory
	dueAt     time.Time
	answered  chan struct{}
	endsAt    int64
}

// close ends the questions that are under way; none is put from then on.
func (e *expiry) close() {
	e.mu.Lock()
	e.end()
	e.mu.Unlock()
	e.asking.Wait()
}

// of gives the answer that is known, else waits a little for one that is not late.
func (e *expiry) of(ctx context.Context, settings job.Settings, log ports.Log) int64 {
	if settings.DirectoryErr != nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, waitForExpiry)
	defer cancel()
	select {
	case <-e.ask(settings.Directory, log): //nolint:contextcheck // the question goes on for the next caller
	case <-ctx.Done():
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.directory != settings.Directory {
		return 0 // other settings have come meanwhile
	}
	return e.endsAt
}

// ask puts the question if it is due. The channel is closed once there is an answer.
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

// answer takes what the directory said. A failure leaves what it said before, which is still true, unless it is that the application
// may not know.
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
