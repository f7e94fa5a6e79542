package days

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

const (
	defaultDays, shortDays = 300, 20
	defaultSeed            = 1

	startTimeout = 20 * time.Minute // including the first build of the server
	dayTimeout   = 3 * time.Minute  // an ordinary day takes less than a second

	// diariesTold is how many days are reported with a difference.
	diariesTold = 3
)

// TestTheAccountsOfACompanyAreWhatTheDocumentsSay plays DAYS days with the random seed DAYS_SEED, which also decides about the policy.
func TestTheAccountsOfACompanyAreWhatTheDocumentsSay(t *testing.T) {
	days := defaultDays
	if testing.Short() {
		days = shortDays
	}
	days = number(t, "DAYS", days)
	p := begin(t, uint64(number(t, "DAYS_SEED", defaultSeed)))
	started := time.Now()
	for day := 1; day <= days; day++ {
		ctx, cancel := context.WithTimeout(t.Context(), dayTimeout)
		err := p.playDay(ctx, day)
		cancel()
		if err != nil {
			t.Fatalf("DAYS_SEED=%d DAYS=%d plays this again, with %+v.\n\n%s\n%v\n\n%s", p.seed, day, p.oracle.rules, p.lastDiaries(), err, p.lastChanges(t))
		}
	}
	t.Logf("seed %d, %+v: %d days in %s, %v", p.seed, p.oracle.rules, days, time.Since(started).Round(time.Second), p.tally)
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	value, isSet := os.LookupEnv(variable)
	if !isSet || value == "" {
		return otherwise
	}
	parsed, err := strconv.Atoi(value)
	require.NoError(t, err, variable)
	return parsed
}

// begin prepares the stage before the first day.
func begin(t *testing.T, seed uint64) *play {
	t.Helper()
	rules := rulesOf(seed)
	ctx, cancel := context.WithTimeout(t.Context(), startTimeout)
	defer cancel()
	started, err := stage.Start(ctx, stage.Options{Settings: rules.settings()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, started.Close()) })
	company, err := newCompany(started.Tenant, seed)
	require.NoError(t, err)
	p := &play{stage: started, seed: seed, company: company, oracle: newOracle(rules), tally: map[string]int{}}
	require.NoError(t, p.openRooms(ctx))
	return p
}

// lastDiaries are the diaries of the last days.
func (p *play) lastDiaries() string {
	var told strings.Builder
	for day := max(0, len(p.diaries)-diariesTold); day < len(p.diaries); day++ {
		fmt.Fprintf(&told, "Day %d\n", day+1)
		for _, line := range p.diaries[day] {
			fmt.Fprintf(&told, "  %s\n", line)
		}
	}
	return told.String()
}

// lastChanges are the changes of the latest run.
func (p *play) lastChanges(t *testing.T) string {
	ctx, cancel := context.WithTimeout(t.Context(), dayTimeout)
	defer cancel()
	run, err := p.newestRun(ctx)
	if err != nil {
		return err.Error()
	}
	var list struct {
		Changes []map[string]any `json:"changes"`
	}
	if err := p.stage.Mattermost.Admin.CallPlugin(ctx, http.MethodGet, "/runs/"+run.ID+"/changes?per_page=1000", nil, &list); err != nil {
		return err.Error()
	}
	told := "The newest run, " + run.ID + ":\n"
	for _, each := range list.Changes {
		told += fmt.Sprintf("  %v %v (%v) %v %v: %v %v %v\n", each["action"], each["status"], each["reason"], each["email"], each["object_id"], each["fields"], each["error"], each["reason_params"])
	}
	return told
}
