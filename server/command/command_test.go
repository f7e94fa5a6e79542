package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// echo is an engine that understands the words it is given, and replies with what it was asked to say.
type echo struct {
	understood parsed
	err        error
}

func (e echo) Call(_ context.Context, function string, _ engine.Ports, input, output any) error {
	var answer any = e.understood
	if function == "reply" {
		said, err := json.Marshal(input)
		if err != nil {
			return err
		}
		answer = map[string]string{"text": string(said)}
	}
	encoded, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return errors.Join(e.err, json.Unmarshal(encoded, output))
}

// seoul is where everybody is at home.
type seoul struct{}

func (seoul) Locale(string) string { return "ko" }
func (seoul) UTCOffset(string) int { return 540 }

type log struct{ errors []string }

func (l *log) Error(message string, _ ...any) { l.errors = append(l.errors, message) }

// scripted is an API that keeps what it is asked, and gives the answers of each route in turn, the last one for ever.
type scripted struct {
	answers map[string][]string
	status  int
	asked   []string
	userIDs []string
	marks   []string
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route := r.Method + " " + r.URL.RequestURI()
	body, _ := io.ReadAll(r.Body)
	s.asked = append(s.asked, string(bytes.TrimSpace(append([]byte(route+" "), body...))))
	s.userIDs = append(s.userIDs, r.Header.Get("Mattermost-User-Id"))
	s.marks = append(s.marks, r.Header.Get("X-Entrasync-Command"))
	answer := `{}`
	if left := s.answers[route]; len(left) > 0 {
		answer = left[0]
		s.answers[route] = left[min(1, len(left)-1):]
	}
	if s.status != 0 {
		w.WriteHeader(s.status)
	}
	_, _ = io.WriteString(w, answer)
}

// said is what the reply was made of.
type said struct {
	Locale string          `json:"locale"`
	Offset int             `json:"utc_offset_minutes"`
	Word   string          `json:"word"`
	User   string          `json:"user"`
	Data   json.RawMessage `json:"data"`
	Fault  json.RawMessage `json:"fault"`
}

func execute(t *testing.T, understood parsed, api http.Handler) said {
	t.Helper()
	errors := &log{}
	command := New(Deps{API: api, Engine: echo{understood: understood}, People: seoul{}, Log: errors})
	response := command.Execute(&model.CommandArgs{UserId: "anna", Command: "/entrasync " + understood.Word})
	assert.Equal(t, model.CommandResponseTypeEphemeral, response.ResponseType)
	assert.Empty(t, errors.errors)
	var reply said
	require.NoError(t, json.Unmarshal([]byte(response.Text), &reply), response.Text)
	return reply
}

func TestEachWordIsARequestInTheNameOfWhoTypedIt(t *testing.T) {
	status := map[string][]string{"GET /api/v1/status": {`{"current_run":{"id":"now"},"held_run":{"id":"before"}}`}}
	for word, asked := range map[string][]string{
		"status":  {"GET /api/v1/status"},
		"help":    {"GET /api/v1/status"},
		"preview": {`POST /api/v1/runs {"mode":"preview"}`},
		"sync":    {`POST /api/v1/runs {"mode":"apply"}`},
		"history": {"GET /api/v1/runs?per_page=10"},
		"test":    {"POST /api/v1/connection/test"},
		"cancel":  {"GET /api/v1/status", "POST /api/v1/runs/now/cancel"},
		"approve": {"GET /api/v1/status", "GET /api/v1/runs/before/changes?status=held&per_page=1", "POST /api/v1/runs/before/approve"},
	} {
		t.Run(word, func(t *testing.T) {
			api := &scripted{answers: map[string][]string{"GET /api/v1/status": status["GET /api/v1/status"]}}
			reply := execute(t, parsed{Word: word}, api)
			assert.Equal(t, asked, api.asked)
			for i := range api.asked {
				assert.Equal(t, "anna", api.userIDs[i])
				assert.Equal(t, Trigger, api.marks[i])
			}
			assert.Equal(t, said{Locale: "ko", Offset: 540, Word: word, Data: reply.Data, Fault: json.RawMessage("null")}, reply)
			assert.NotEqual(t, "null", string(reply.Data))
		})
	}
}

func TestWhatIsNotUnderstoodAsksNothing(t *testing.T) {
	api := &scripted{}
	reply := execute(t, parsed{Fault: json.RawMessage(`{"code":"command_unknown"}`)}, api)
	assert.Empty(t, api.asked)
	assert.JSONEq(t, `{"code":"command_unknown"}`, string(reply.Fault))
}

// The API decides who may; a refusal is told to whoever typed, whatever the word, and nothing else is asked then.
func TestARefusalIsTheReply(t *testing.T) {
	const forbidden = `{"code":"forbidden","message":"no"}`
	for _, word := range []string{"status", "help", "preview", "sync", "user", "history", "test", "cancel", "approve"} {
		t.Run(word, func(t *testing.T) {
			api := &scripted{status: http.StatusForbidden, answers: map[string][]string{}}
			for _, route := range []string{
				"GET /api/v1/status", "POST /api/v1/runs", "GET /api/v1/runs?per_page=10", "POST /api/v1/connection/test",
			} {
				api.answers[route] = []string{forbidden}
			}
			reply := execute(t, parsed{Word: word, User: "lee@example.com"}, api)
			assert.JSONEq(t, forbidden, string(reply.Fault))
			assert.Equal(t, "null", string(reply.Data))
			assert.Len(t, api.asked, 1)
		})
	}
}

func TestOnePersonsRunIsAwaited(t *testing.T) {
	api := &scripted{answers: map[string][]string{
		"POST /api/v1/runs":                       {`{"id":"r1","state":"running"}`},
		"GET /api/v1/runs/r1":                     {`{"id":"r1","state":"running"}`, `{"id":"r1","state":"succeeded"}`},
		"GET /api/v1/runs/r1/changes?per_page=10": {`{"changes":[]}`},
	}}
	reply := execute(t, parsed{Word: "user", User: "lee@example.com"}, api)
	assert.JSONEq(t, `{"run":{"id":"r1","state":"succeeded"},"changes":{"changes":[]}}`, string(reply.Data))
	assert.Equal(t, "lee@example.com", reply.User)
	assert.Equal(t, []string{
		`POST /api/v1/runs {"mode":"apply","user":"lee@example.com"}`, "GET /api/v1/runs/r1", "GET /api/v1/runs/r1",
		"GET /api/v1/runs/r1/changes?per_page=10",
	}, api.asked)
}

func TestAnApprovalSaysHowManyChangesWereHeld(t *testing.T) {
	api := &scripted{answers: map[string][]string{
		"GET /api/v1/status": {`{"held_run":{"id":"before"}}`},
		"GET /api/v1/runs/before/changes?status=held&per_page=1": {`{"changes":[{}],"total":8}`},
		"POST /api/v1/runs/before/approve":                       {`{"id":"now","approves":"before"}`},
	}}
	reply := execute(t, parsed{Word: "approve"}, api)
	assert.JSONEq(t, `{"run":{"id":"now","approves":"before"},"held":8}`, string(reply.Data))
}

func TestWithoutARunThereIsNothingToCancelOrApprove(t *testing.T) {
	for _, status := range []string{`{}`, `{"current_run":null,"held_run":null}`, `{"current_run":{"id":""},"held_run":{}}`, `{"current_run":7,"held_run":[]}`} {
		for word, code := range map[string]string{"cancel": "no_run", "approve": "nothing_held"} {
			api := &scripted{answers: map[string][]string{"GET /api/v1/status": {status}}}
			reply := execute(t, parsed{Word: word}, api)
			assert.JSONEq(t, `{"code":"`+code+`"}`, string(reply.Fault))
			assert.Equal(t, []string{"GET /api/v1/status"}, api.asked)
		}
	}
}

// assertBroken expects the one sentence that needs nothing of what is broken, and a line in the log.
func assertBroken(t *testing.T, deps Deps) {
	t.Helper()
	errors := &log{}
	deps.People, deps.Log = seoul{}, errors
	response := New(deps).Execute(&model.CommandArgs{UserId: "anna", Command: "/entrasync cancel"})
	assert.Equal(t, brokenReply, response.Text)
	assert.Equal(t, model.CommandResponseTypeEphemeral, response.ResponseType)
	assert.Len(t, errors.errors, 1)
}

func TestWhereNothingAnswersThereIsStillAReply(t *testing.T) {
	for name, answer := range map[string]string{"no JSON": "<html>", "nothing": "", "no object": "[]"} {
		t.Run("the API answers "+name, func(t *testing.T) {
			api := &scripted{answers: map[string][]string{"GET /api/v1/status": {answer}}}
			assertBroken(t, Deps{API: api, Engine: echo{understood: parsed{Word: "cancel"}}})
		})
	}
	t.Run("the run is no run", func(t *testing.T) {
		api := &scripted{answers: map[string][]string{"POST /api/v1/runs": {"[]"}}}
		assertBroken(t, Deps{API: api, Engine: echo{understood: parsed{Word: "user", User: "lee"}}})
	})
	t.Run("the engine fails", func(t *testing.T) {
		assertBroken(t, Deps{API: &scripted{}, Engine: echo{err: errors.New("no script")}})
	})
	t.Run("something panics", func(t *testing.T) {
		burst := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("at the disco") })
		assertBroken(t, Deps{API: burst, Engine: echo{understood: parsed{Word: "cancel"}}})
	})
}

func TestTheDefinitionOffersWordsToAdministratorsOnly(t *testing.T) {
	logic, err := engine.New()
	require.NoError(t, err)
	definition, err := New(Deps{Engine: logic}).Definition(t.Context(), "en")
	require.NoError(t, err)
	assert.Equal(t, Trigger, definition.Trigger)
	require.NoError(t, definition.AutocompleteData.IsValid())
	assert.NotEmpty(t, definition.AutocompleteData.SubCommands)
	for _, word := range append(definition.AutocompleteData.SubCommands, definition.AutocompleteData) {
		assert.Equal(t, model.SystemAdminRoleId, word.RoleID, word.Trigger)
		assert.NotEmpty(t, word.HelpText)
	}
	_, err = New(Deps{Engine: echo{err: errors.New("no script")}}).Definition(t.Context(), "en")
	assert.Error(t, err)
}
