//go:build unix

package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	goruntime "runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// planningPolicy has all users in scope, so that every user takes every step. It lists some who are not in the directory.
func planningPolicy(listed int) string {
	var people strings.Builder
	for i := range listed {
		if i > 0 {
			people.WriteByte(',')
		}
		fmt.Fprintf(&people, `"listed.%d@company.example"`, i)
	}
	return `{"version":1,"scope":{"everyone":true,"deny":{"people":[` + people.String() + `]}},` +
		`"accounts":{"sign_in":{"method":"single_sign_on","service":"office365"}}}`
}

// world is a directory of users and, unless all of them are new, the accounts of an earlier run. Nothing is kept: users and
// accounts are written on request, so that the measured memory is the engine's.
type world struct {
	people int
	isNew  bool

	// isSettled means that an earlier run confirmed every account, and nothing has changed since.
	isSettled bool

	// listed is how many users the policy lists.
	listed int

	// read is when the directory read ended.
	read time.Time
}

func (w *world) ports(fail func(error)) Ports {
	ports := Ports{
		"directory.read_page":      w.readPage,
		"accounts.find":            w.findAccounts,
		"accounts.taken_usernames": answer(`{"taken":[]}`),
		"accounts.room":            answer(`{"limit":null,"active":0}`),
		"accounts.server_rules":    answer(serverRules),
		"retries.list":             answer(`{"retries":[]}`),
		"changes.list_recent":      answer(`{"changes":[]}`),
		"changes.list_open":        answer(`{"changes":[]}`),
		"links.list_active":        w.listActive,
		"links.tenants":            answer(`{"written":"00000000-7e4a-4000-8000-000000000001","move_to":"","tenants":[]}`),
		"links.use_tenant":         answer("null"),
		"state.read":               answer(`{"value":""}`),
		"directory.tenant":         answer(`{"id":"00000000-7e4a-4000-8000-000000000001","ids":[]}`),
		"clock.now":                answer(`{"ms":1700000000000}`),
		"random.fractions":         fractions,
		"changes.record":           answer(`{"known":[]}`),
		"progress.report":          w.report,
	}
	for name, port := range ports {
		ports[name] = func(ctx context.Context, input json.RawMessage) (any, error) {
			result, err := port(ctx, input)
			if err != nil {
				fail(fmt.Errorf("%s: %w", name, err))
			}
			return result, err
		}
	}
	return ports
}

func (w *world) readPage(_ context.Context, input json.RawMessage) (any, error) {
	var query struct {
		Cursor string
		Top    int
	}
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	start, _ := strconv.Atoi(query.Cursor) // '' is the first page
	end := min(start+query.Top, w.people)
	next := ""
	if end < w.people {
		next = strconv.Itoa(end)
	}
	if w.isSettled {
		return listOf(end-start, `{"next":"`+next+`","users":[],"same":[],"unchanged":`, func(list []byte, at int) []byte {
			return fill(list, `"00000000-5eed-4b00-8000-#"`, number(start+at))
		}), nil
	}
	page := listOf(end-start, `{"next":"`+next+`","users":`, func(list []byte, at int) []byte {
		return fill(list, `{"id":"00000000-5eed-4b00-8000-#","displayName":"김민아 Mina Kim # [Platform]","givenName":"Mina",`+
			`"surname":"Kim #","jobTitle":"Specialist","mail":"Mina.Kim.#@company.example",`+
			`"userPrincipalName":"mina.kim.#@company.example","preferredLanguage":"ko-KR","accountEnabled":true,"userType":"Member"}`,
			number(start+at))
	})
	return page, nil
}

func (w *world) findAccounts(_ context.Context, input json.RawMessage) (any, error) {
	var keys struct {
		ObjectIDs []string `json:"object_ids"`
	}
	if err := json.Unmarshal(input, &keys); err != nil || w.isNew {
		return json.RawMessage(`{"accounts":[]}`), err
	}
	accounts := listOf(len(keys.ObjectIDs), `{"accounts":`, func(list []byte, at int) []byte {
		id := keys.ObjectIDs[at]
		return fill(list, `{"id":"00000000000000#","username":"mina.kim.#","email":"mina.kim.#@company.example",`+
			`"nickname":"김민아 Mina Kim # [Platform]","first_name":"Mina","last_name":"Kim #","position":"Specialist",`+
			`"auth_service":"office365","auth_data":"00000000-5eed-4b00-8000-#","delete_at":0,"updated_at":1700000000000,"is_bot":false,"is_remote":false,"roles":"system_user","is_last_admin":false,`+
			`"linked_object_id":"00000000-5eed-4b00-8000-#","departure":null,"scope_values":""}`, id[strings.LastIndexByte(id, '-')+1:])
	})
	return accounts, nil
}

func (w *world) listActive(_ context.Context, input json.RawMessage) (any, error) {
	var request struct {
		After string
		Limit int
	}
	if err := json.Unmarshal(input, &request); err != nil || w.isNew {
		return json.RawMessage(`{"object_ids":[],"total":0,"linked":0}`), err
	}
	start := 0
	if request.After != "" {
		last, err := strconv.Atoi(request.After[strings.LastIndexByte(request.After, '-')+1:])
		if err != nil {
			return nil, err
		}
		start = last + 1
	}
	return listOf(min(request.Limit, w.people-start), `{"total":`+strconv.Itoa(w.people)+`,"linked":1,"object_ids":`, func(list []byte, at int) []byte {
		return fill(list, `"00000000-5eed-4b00-8000-#"`, number(start+at))
	}), nil
}

// listOf writes an object whose last key holds a list. It does not use encoding/json, so that making the world takes little of
// the time.
func listOf(length int, before string, item func(list []byte, at int) []byte) json.RawMessage {
	list := make([]byte, 0, 600*length+100)
	list = append(list, before+"["...)
	for at := range length {
		if at > 0 {
			list = append(list, ',')
		}
		list = item(list, at)
	}
	return append(list, "]}"...)
}

// fill appends the template with the value for each #.
func fill(list []byte, template, value string) []byte {
	for {
		before, after, found := strings.Cut(template, "#")
		list = append(list, before...)
		if !found {
			return list
		}
		list, template = append(list, value...), after
	}
}

// number is twelve digits long, like the end of a GUID.
func number(i int) string {
	digits := strconv.Itoa(i)
	return "000000000000"[len(digits):] + digits
}

func (w *world) report(_ context.Context, input json.RawMessage) (any, error) {
	var progress struct{ Phase string }
	err := json.Unmarshal(input, &progress)
	if progress.Phase == "read" {
		w.read = time.Now()
	}
	return nil, err
}

func answer(text string) Port {
	return func(context.Context, json.RawMessage) (any, error) { return json.RawMessage(text), nil }
}

func fractions(_ context.Context, input json.RawMessage) (any, error) {
	var request struct{ Count int }
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	numbers := make([]float64, request.Count)
	for i := range numbers {
		numbers[i] = float64(i) / float64(len(numbers))
	}
	return map[string]any{"numbers": numbers}, nil
}

// plan runs a preview over the world and returns its counts.
func (w *world) plan(t testing.TB, e *Engine) map[string]int {
	t.Helper()
	var outcome struct {
		State  string
		Counts map[string]int
		Error  json.RawMessage
	}
	request := map[string]any{"mode": "preview", "user": "", "policy": planningPolicy(w.listed), "policy_digest": "d", "by_admin": true}
	ports := w.ports(func(err error) { t.Error(err) })
	require.NoError(t, e.Call(t.Context(), "run", ports, request, &outcome))
	require.Equal(t, "succeeded", outcome.State, "%s", outcome.Error)
	return outcome.Counts
}

func TestAPlanCountsEverybody(t *testing.T) {
	e, err := New()
	require.NoError(t, err)
	require.Equal(t, 1203, (&world{people: 1203}).plan(t, e)["unchanged"])
	require.Equal(t, 1203, (&world{people: 1203, isNew: true}).plan(t, e)["created"])
	require.Equal(t, 1203, (&world{people: 1203, isSettled: true}).plan(t, e)["unchanged"])
	require.Equal(t, 1203, (&world{people: 1203, listed: 10_000}).plan(t, e)["unchanged"])
}

// Go calls that nest deeper with each page keep what they hold until the end of the run.
func TestALongRunDoesNotNest(t *testing.T) {
	e, err := New()
	require.NoError(t, err)
	w := &world{people: 5000}
	ports := w.ports(func(err error) { t.Error(err) })
	var depths []int
	ports["progress.report"] = func(_ context.Context, input json.RawMessage) (any, error) {
		var progress struct{ Phase string }
		if err := json.Unmarshal(input, &progress); err != nil {
			return nil, err
		}
		if progress.Phase == "plan" {
			depths = append(depths, goruntime.Callers(0, make([]uintptr, 10_000)))
		}
		return nil, nil
	}
	request := map[string]string{"mode": "preview", "user": "", "policy": planningPolicy(0)}
	require.NoError(t, e.Call(t.Context(), "run", ports, request, nil))
	require.Greater(t, len(depths), 5)
	require.Equal(t, depths[1], depths[len(depths)-1])
}

// peopleVariable sets how many users BenchmarkPlanning plans.
const peopleVariable = "PLANNING_PEOPLE"

// BenchmarkPlanning measures planning alone, with everything outside the engine in memory. `make bench` runs each case in its
// own process, because the peak of memory that it reports is that of the process.
func BenchmarkPlanning(b *testing.B) {
	TuneMemory() // as the plugin does
	people := 10_000
	if wanted := os.Getenv(peopleVariable); wanted != "" {
		var err error
		people, err = strconv.Atoi(wanted)
		require.NoError(b, err)
	}
	b.Run("settled", func(b *testing.B) { benchmarkPlanning(b, world{people: people, isSettled: true}) })
	b.Run("unchanged", func(b *testing.B) { benchmarkPlanning(b, world{people: people}) })
	b.Run("listed", func(b *testing.B) { benchmarkPlanning(b, world{people: people, listed: 10_000}) })
	b.Run("new", func(b *testing.B) { benchmarkPlanning(b, world{people: people, isNew: true}) })
}

func benchmarkPlanning(b *testing.B, w world) {
	e, err := New()
	require.NoError(b, err)
	b.ReportAllocs()
	reading := time.Duration(0)
	for b.Loop() {
		start := time.Now()
		w.plan(b, e)
		reading += w.read.Sub(start)
	}
	b.ReportMetric(reading.Seconds()/float64(b.N), "read-s")
	b.ReportMetric(cpuSeconds(b)/float64(b.N), "cpu-s")
	b.ReportMetric(peakMiB(b), "peak-MiB")
}
