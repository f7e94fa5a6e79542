package tests

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// receiver is the receiver of the result webhook.
type receiver struct {
	*httptest.Server

	mu       sync.Mutex
	answers  []int // responses to the first requests; 200 for all others
	received []delivery
}

type delivery struct {
	signature string
	body      []byte
}

func newReceiver(t *testing.T, answers ...int) *receiver {
	r := &receiver{answers: answers}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body) // an incomplete body fails the signature check
	r.mu.Lock()
	defer r.mu.Unlock()
	r.received = append(r.received, delivery{request.Header.Get("X-Entrasync-Signature"), body})
	if number := len(r.received); number <= len(r.answers) {
		w.WriteHeader(r.answers[number-1])
	}
}

func (r *receiver) deliveries() []delivery {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]delivery(nil), r.received...)
}

func (r *receiver) await(t *testing.T, number int) []delivery {
	t.Helper()
	eventually(t, "the webhook is called", func() bool { return len(r.deliveries()) >= number })
	return r.deliveries()
}

// signature is the expected signature of a body.
func signature(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func TestTheResultWebhookTellsHowARunEndedAndIsSigned(t *testing.T) {
	const secret = "webhook-secret-of-the-tests-77aa"
	r := newReceiver(t)
	s := begin(t, plain, policy(allow("Kim Haneul"), office365()), map[string]any{"WebhookUrl": r.URL, "WebhookSecret": secret})
	run := s.apply(t)
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchUsers, Kind: tenant.ConsentMissing}))
	r.await(t, 1)
	failed := s.sync(t, stage.ModeApply)

	type result struct {
		Status string    `json:"status"`
		Synced int       `json:"synced"`
		Run    stage.Run `json:"run"`
	}
	var first, second result
	for i, target := range []*result{&first, &second} {
		delivery := r.await(t, i+1)[i]
		assert.Equal(t, signature(secret, delivery.body), delivery.signature)
		require.NoError(t, json.Unmarshal(delivery.body, target))
	}
	assert.Equal(t, []any{"success", 2, run.ID}, []any{first.Status, first.Synced, first.Run.ID})
	assert.Equal(t, []any{"fail", 0, failed.ID}, []any{second.Status, second.Synced, second.Run.ID})
	assert.Equal(t, "consent_missing", second.Run.Error.Code)
}

func TestAWebhookThatFailsIsTriedAgainAndNeverFailsTheRun(t *testing.T) {
	cases := map[string]struct {
		answers []int
		tries   int
	}{
		"twice":    {[]int{500, 503}, 3},
		"for good": {[]int{500, 500, 500, 500}, 3},
		"refusing": {[]int{403}, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := newReceiver(t, c.answers...)
			s := begin(t, plain, policy(allow("Kim Haneul"), office365()), map[string]any{"WebhookUrl": r.URL})
			assert.Equal(t, "succeeded", s.apply(t).State)
			for _, each := range r.await(t, c.tries) {
				assert.Empty(t, each.signature, "there is no secret")
			}
			assert.Equal(t, "succeeded", s.newestRun(t).State)
			assert.Len(t, r.deliveries(), c.tries)
		})
	}
}

func TestAFailedRunIsToldToEveryAdministratorInHisLanguageByTheBot(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	admins := map[*stage.Account]string{
		s.Mattermost.Admin: "An Entra Sync run failed",
		s.koreanAdmin(t):   "Entra Sync 실행이 실패했습니다",
	}
	ordinary := s.ordinaryUser(t)
	since := time.Now().UnixMilli()
	s.apply(t)
	require.NoError(t, s.Tenant.Faults.Set(tenant.Fault{Match: tenant.MatchToken, Kind: tenant.ExpiredSecret}))
	s.configure(t)
	assert.Equal(t, "failed", s.sync(t, stage.ModeApply).State)

	for admin, want := range admins {
		var told []string
		eventually(t, "the bot writes", func() bool { told = s.botMessages(t, admin, since); return len(told) > 0 })
		require.Len(t, told, 1, "a run that succeeds is not worth a message")
		assert.Contains(t, told[0], want)
		assert.Contains(t, told[0], s.Mattermost.URL+"/admin_console/plugins/plugin_entrasync")
	}
	assert.Empty(t, s.botMessages(t, ordinary, since))
}

func TestACancelledRunIsNoReasonToWriteToAnybody(t *testing.T) {
	r := newReceiver(t)
	s := begin(t, plain, policy(allow("Kim")), map[string]any{"WebhookUrl": r.URL})
	since := time.Now().UnixMilli()
	s.holdUp(t)
	run := s.startRun(t, stage.ModeApply)
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs/"+run.ID+"/cancel", nil, nil))
	s.awaitEnd(t, run.ID)
	r.await(t, 1) // the message to the administrators would arrive with it
	s.Tenant.Faults.Clear()
	s.sync(t, stage.ModePreview)
	r.await(t, 2)
	assert.Empty(t, s.botMessages(t, s.Mattermost.Admin, since))
}

// botMessages are the messages of the plugin's bot to an account since a time in milliseconds.
func (s *scene) botMessages(t *testing.T, to *stage.Account, since int64) []string {
	t.Helper()
	var posts []struct {
		Message string `json:"message"`
	}
	s.query(t, &posts, `SELECT posts.message FROM posts
		JOIN users AS bot ON bot.id = posts.userid AND bot.username = 'entrasync'
		JOIN channelmembers AS member ON member.channelid = posts.channelid AND member.userid = $1
		WHERE posts.createat >= $2`, to.ID, since)
	var messages []string
	for _, post := range posts {
		messages = append(messages, post.Message)
	}
	return messages
}

func TestAdministratorsBrowsersFollowARunAndOthersDoNot(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"))) // with passwords, so that progress can be observed
	admin, ordinary := s.listen(t, s.Mattermost.Admin), s.listen(t, s.ordinaryUser(t))
	run := s.apply(t)
	eventually(t, "the end of the run arrives", func() bool { return admin.has(run.ID, "succeeded") })
	assert.True(t, admin.has(run.ID, "running"))
	assert.Empty(t, ordinary.all())
}

// events are the plugin's websocket events that a session receives.
type events struct {
	mu        sync.Mutex
	runs      []stage.Run
	revisions []string
}

func (s *scene) listen(t *testing.T, who *stage.Account) *events {
	t.Helper()
	client, err := model.NewWebSocketClient4(strings.Replace(s.Mattermost.URL, "http", "ws", 1), who.Client.AuthToken)
	require.NoError(t, err)
	t.Cleanup(client.Close)
	client.Listen()
	received := &events{}
	greeted := make(chan struct{})
	go received.follow(client, greeted)
	select {
	case <-greeted:
	case <-time.After(waitTimeout):
		t.Fatal("the server does not greet")
	}
	return received
}

func (e *events) follow(client *model.WebSocketClient, greeted chan<- struct{}) {
	for event := range client.EventChannel {
		switch string(event.EventType()) {
		case string(model.WebsocketEventHello):
			close(greeted)
		case "custom_entrasync_run":
			encoded, _ := event.GetData()["run"].(string)
			var run stage.Run
			if json.Unmarshal([]byte(encoded), &run) == nil {
				e.mu.Lock()
				e.runs = append(e.runs, run)
				e.mu.Unlock()
			}
		case "custom_entrasync_settings":
			revision, _ := event.GetData()["revision"].(string)
			e.mu.Lock()
			e.revisions = append(e.revisions, revision)
			e.mu.Unlock()
		}
	}
}

// knows reports whether the session has received an event with this revision of the settings.
func (e *events) knows(revision string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Contains(e.revisions, revision)
}

func (e *events) all() []stage.Run {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]stage.Run(nil), e.runs...)
}

func (e *events) has(id, state string) bool {
	for _, run := range e.all() {
		if run.ID == id && run.State == state {
			return true
		}
	}
	return false
}
