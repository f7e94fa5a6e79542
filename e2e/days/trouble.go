package days

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// soon makes the retries of a fault follow immediately.
const soon = "0.05"

// trouble is what fails on a day, in addition to the changes in the directory.
type trouble struct {
	faults []tenant.Fault

	// isFatal: the first run cannot read the directory, and nothing must change.
	isFatal bool

	// lostPage is a page that the first run does not get and cannot notice, or -1 for none.
	lostPage int

	// shown is the share of users that the directory returns to the first run.
	shown float64

	// crash ends the server or plugin during the first run, this long after its start.
	crash      crash
	crashAfter time.Duration

	// hidesMembers and hidesNames: the members of groups, or the list of groups, cannot be read.
	hidesMembers, hidesNames bool
}

type crash int

const (
	noCrash crash = iota
	killServer
	restartPlugin
	loseDirectory // it fails after its list is read, when users are requested by ID
)

// listPages is the number of pages of the directory: those of the visitors and the last one.
const listPages = 3

func (t trouble) isAny() bool { return len(t.faults) > 0 || t.shown < 1 || t.crash != noCrash }

// harmless faults end before the sync stops retrying.
var harmless = []tenant.Fault{
	{Kind: tenant.Throttled, Times: 2, RetryAfter: soon},
	{Kind: tenant.InternalError, Times: 1, RetryAfter: soon},
	{Kind: tenant.Unavailable, Times: 2, RetryAfter: soon, Skip: 1},
	{Kind: tenant.GatewayTimeout, Times: 1, RetryAfter: soon, Skip: 2},
	{Kind: tenant.CutConnection, Times: 1, Skip: 1},
	{Kind: tenant.TruncatedJSON, Times: 1},
	{Kind: tenant.InvalidJSON, Times: 1, Skip: 2},
	{Kind: tenant.ExpiredToken, Times: 1, Skip: 1},
	{Kind: tenant.RepeatedPage, Times: 1, Skip: 1},
	{Kind: tenant.Slow, Times: 1, DelayMS: 300},
}

// fatal faults last.
var fatal = []tenant.Fault{
	{Kind: tenant.Throttled, RetryAfter: soon},
	{Kind: tenant.InternalError, RetryAfter: soon, Skip: 1},
	{Kind: tenant.Unavailable, RetryAfter: soon, Skip: 2},
	{Kind: tenant.ConsentMissing, Skip: 1},
	{Kind: tenant.EndlessNextLink},
	{Kind: tenant.RepeatedPage, Skip: 1},
	{Kind: tenant.ForeignNextLink, Skip: 1},
}

func planTrouble(rng *rand.Rand) trouble {
	t := trouble{lostPage: -1, shown: 1}
	switch dice := rng.IntN(100); {
	case dice < 6:
		t.faults = []tenant.Fault{pick(rng, harmless)}
	case dice < 10:
		t.faults, t.isFatal = []tenant.Fault{pick(rng, fatal)}, true
	case dice < 12:
		// The token is refused, and there is no new one.
		t.faults, t.isFatal = []tenant.Fault{{Kind: tenant.ExpiredToken, Times: 1}, {Match: tenant.MatchToken, Kind: tenant.WrongSecret}}, true
	case dice < 17:
		t.lostPage = 1 + rng.IntN(2)
		t.faults = []tenant.Fault{{Kind: tenant.MissingPage, Times: 1, Skip: t.lostPage - 1}}
	case dice < 21:
		t.shown = pick(rng, []float64{0, 0.3, 0.7, 0.95})
	case dice < 24:
		t.crash = killServer
	case dice < 27:
		t.crash = restartPlugin
	case dice < 30:
		t.crash = loseDirectory
	case dice < 34:
		t.hidesMembers = true
		t.faults = []tenant.Fault{{Match: tenant.MatchMembers, Kind: pick(rng, []tenant.Kind{tenant.InternalError, tenant.ConsentMissing}), RetryAfter: soon}}
	case dice < 36:
		t.hidesNames = true
		t.faults = []tenant.Fault{{Match: tenant.MatchGroups, Kind: tenant.ConsentMissing}}
	}
	for at := range t.faults {
		if t.faults[at].Match == "" {
			t.faults[at].Match = tenant.MatchUsers
		}
	}
	t.crashAfter = time.Duration(rng.IntN(600)) * time.Millisecond
	return t
}

// seen are the users that a run of this day reads.
func (t trouble) seen(c *company, rng *rand.Rand) []*person {
	people := c.present()
	if t.lostPage >= 0 {
		from := min(t.lostPage*pageSize, len(people))
		return slices.Delete(slices.Clone(people), from, min(from+pageSize, len(people)))
	}
	return slices.DeleteFunc(people, func(*person) bool { return rng.Float64() >= t.shown })
}
