package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
)

// talk is an engine that asks for these requests one after the other, and then replies with the answers it got.
type talk struct {
	requests []request
	err      error
}

func (e talk) Call(_ context.Context, _ string, _ engine.Ports, told, output any) error {
	said, isInput := told.(input)
	next := step{}
	switch {
	case isInput && len(said.Answers) < len(e.requests):
		next.Request = &e.requests[len(said.Answers)]
	case isInput:
		text, err := json.Marshal(said)
		if err != nil {
			return err
		}
		next.Text = string(text)
	}
	encoded, err := json.Marshal(next)
	if err != nil {
		return err
	}
	return errors.Join(e.err, json.Unmarshal(encoded, output))
}

// seoul is the time zone of all users.
type seoul struct{}

func (seoul) Locale(string) string { return "ko" }
func (seoul) UTCOffset(string) int { return 540 }

// bot records the last reply and where it is shown.
type bot struct{ text, where string }

func (b *bot) Ephemeral(userID, channelID, rootID, text string) {
	b.text, b.where = text, userID+" "+channelID+" "+rootID
}

func (b *bot) ConsoleURL() string { return "https://chat.example/console" }

type log struct{ errors []string }

func (l *log) Error(message string, _ ...any) { l.errors = append(l.errors, message) }

// scripted is an API that records its requests and gives the answers of each route in turn. The last answer repeats.
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

// execute types a command and returns the input of the last call to the sync logic.
func execute(t *testing.T, api http.Handler, requests ...request) input {
	t.Helper()
	errors := &log{}
	shown := &bot{}
	command := New(Deps{API: api, Engine: talk{requests: requests}, People: seoul{}, Bot: shown, Log: errors})
	response := command.Execute(&model.CommandArgs{UserId: "anna", ChannelId: "square", RootId: "thread", Command: "/entrasync approve"})
	assert.Empty(t, response.Text, "a text in the response is from System")
	assert.Empty(t, errors.errors)
	var told input
	require.NoError(t, json.Unmarshal([]byte(shown.text), &told), shown.text)
	assert.Equal(t, "anna square thread", shown.where)
	assert.Equal(t, "https://chat.example/console", told.ConsoleURL)
	return told
}

func TestRequestsAreMadeInTheNameOfTheUserWhoTyped(t *testing.T) {
	api := &scripted{answers: map[string][]string{"GET /api/v1/status": {`{"held_run":{"id":"before"}}`}, "POST /api/v1/runs": {`{"id":"now"}`}}}
	told := execute(t, api, request{Method: "GET", Path: "/status"}, request{Method: "POST", Path: "/runs", Body: json.RawMessage(`{"mode":"apply"}`)})
	assert.Equal(t, []string{"GET /api/v1/status", `POST /api/v1/runs {"mode":"apply"}`}, api.asked)
	for i := range api.asked {
		assert.Equal(t, "anna", api.userIDs[i])
		assert.Equal(t, Trigger, api.marks[i])
	}
	assert.Equal(t, []any{"/entrasync approve", "ko", 540}, []any{told.Text, told.Locale, told.UTCOffset})
	assert.InDelta(t, time.Now().UnixMilli(), told.Now, 60_000)
	require.Len(t, told.Answers, 2)
	assert.JSONEq(t, `{"held_run":{"id":"before"}}`, string(told.Answers[0].Body))
	assert.JSONEq(t, `{"id":"now"}`, string(told.Answers[1].Body))
}

// The API decides who is allowed. The sync logic gets a refusal like any other answer.
func TestARefusalIsAnAnswer(t *testing.T) {
	const forbidden = `{"code":"forbidden","message":"no"}`
	api := &scripted{status: http.StatusForbidden, answers: map[string][]string{"GET /api/v1/status": {forbidden}}}
	told := execute(t, api, request{Method: "GET", Path: "/status"})
	require.Len(t, told.Answers, 1)
	assert.Equal(t, http.StatusForbidden, told.Answers[0].Status)
	assert.JSONEq(t, forbidden, string(told.Answers[0].Body))
}

func TestARequestWaitsForItsTime(t *testing.T) {
	told := execute(t, &scripted{}, request{Method: "GET", Path: "/status"}, request{Method: "GET", Path: "/runs/r1", AfterMS: 60})
	require.Len(t, told.Answers, 2)
	assert.GreaterOrEqual(t, told.Answers[1].AtMS-told.Answers[0].AtMS, int64(59))
}

// assertBroken expects the fixed sentence, which needs nothing that is broken, and a line in the log.
func assertBroken(t *testing.T, deps Deps) {
	t.Helper()
	errors := &log{}
	deps.People, deps.Log = seoul{}, errors
	shown := &bot{}
	deps.Bot = shown
	New(deps).Execute(&model.CommandArgs{UserId: "anna", Command: "/entrasync cancel"})
	assert.Equal(t, brokenReply, shown.text)
	assert.Len(t, errors.errors, 1)
}

func TestWhereNothingAnswersThereIsStillAReply(t *testing.T) {
	asks := talk{requests: []request{{Method: "GET", Path: "/status"}}}
	for name, answer := range map[string]string{"no JSON": "<html>", "nothing": ""} {
		t.Run("the API answers "+name, func(t *testing.T) {
			assertBroken(t, Deps{API: &scripted{answers: map[string][]string{"GET /api/v1/status": {answer}}}, Engine: asks})
		})
	}
	t.Run("the API answers no object", func(t *testing.T) {
		logic, err := engine.New()
		require.NoError(t, err)
		assertBroken(t, Deps{API: &scripted{answers: map[string][]string{"GET /api/v1/status": {"[]"}}}, Engine: logic})
	})
	t.Run("the engine fails", func(t *testing.T) {
		assertBroken(t, Deps{API: &scripted{}, Engine: talk{err: errors.New("no script")}})
	})
	t.Run("something panics", func(t *testing.T) {
		burst := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("at the disco") })
		assertBroken(t, Deps{API: burst, Engine: asks})
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
	_, err = New(Deps{Engine: talk{err: errors.New("no script")}}).Definition(t.Context(), "en")
	assert.Error(t, err)
}
