package tests

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// commandWords are /entrasync commands in this order, with their responses in English and Korean.
var commandWords = []struct{ typed, english, korean string }{
	{"", "Entra Sync commands", "Entra Sync 명령"},
	{"help", "Show the setup, the schedule, and the last run", "설정 상태"},
	{"status", "Entra Sync is set up.", "Entra Sync가 설정되었습니다."},
	{"test", "The connection to Microsoft Entra ID works.", "Microsoft Entra ID에 정상적으로 연결됩니다."},
	{"history", "No runs yet.", "아직 실행한 적이 없습니다."},
	{"preview", "The preview started", "미리 보기를 시작했습니다."},
	{"user " + minjun, "Result for `", "동기화 결과"},
	{"user " + minjun, "account is up to date", "계정이 최신 상태임"},
	{"sync", "The sync started.", "동기화를 시작했습니다."},
	{"history", "Recent runs", "최근 실행"},
	{"user nobody@hanbit.example", "No user in the directory", "디렉터리에 없습니다"},
	{"stauts", "/entrasync status", "/entrasync status"},
	{"user", "/entrasync user", "/entrasync user"},
}

func TestEveryCommandAnswersInTheLanguageOfWhoTyped(t *testing.T) {
	languages := map[string]func(*scene) *stage.Account{
		"English": func(s *scene) *stage.Account { return s.Mattermost.Admin },
		"Korean":  func(s *scene) *stage.Account { return s.koreanAdmin(t) },
	}
	for language, who := range languages {
		t.Run(language, func(t *testing.T) {
			s := begin(t, plain, policy(allow("Minjun")))
			typist := who(s)
			s.join(t, typist)
			for _, each := range commandWords {
				want := each.english
				if language == "Korean" {
					want = each.korean
				}
				assert.Contains(t, s.run(t, typist, each.typed), want, each.typed)
				s.awaitEndOfRuns(t)
			}
		})
	}
}

// The steps for one user, from the directory to the changes. The goal is a response within two seconds. The log has each duration.
func TestTheStepsOfOnePersonAreTold(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun")))
	admin := s.Mattermost.Admin
	s.join(t, admin)
	tell := func(words string, want ...string) {
		t.Helper()
		begun := time.Now()
		answer := s.run(t, admin, words)
		t.Logf("/entrasync %s answered after %d ms:\n%s", words, time.Since(begun).Milliseconds(), answer)
		for _, each := range want {
			assert.Contains(t, answer, each)
		}
	}
	who := "user " + minjun
	tell(who, "**Directory:** `", "in scope: display name contains “Minjun”", "**Account:** none yet", "create (done)", "| nickname | – |")
	tell(who, "linked to this user", "unchanged: account is up to date")
	s.edit(t, s.objectID(t, minjun), map[string]any{"jobTitle": "Captain"})
	tell(who, "update (done): attributes changed", "| position |", "`Captain` |")
	s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": false})
	tell(who, "deactivate (done): sign-in blocked in the directory")
	s.edit(t, s.objectID(t, minjun), map[string]any{"accountEnabled": true})
	tell(who, "reactivate (done): back in scope")
	s.configure(t, policy(allow("Nobody At All")))
	tell(who, "out of scope: no list or rule matches (`Policy.scope`)", "deactivate (done)")
	tell("user nobody@hanbit.example", "No user in the directory")
}

// The licensed server is under a subpath.
func TestRepliesLinkToTheRunUnderASubpath(t *testing.T) {
	s := begin(t, licensed, policy(allow("Minjun"), office365()))
	s.join(t, s.Mattermost.Admin)
	reply := s.run(t, s.Mattermost.Admin, "sync")
	s.awaitEndOfRuns(t)
	page := s.Mattermost.URL + "/admin_console/plugins/plugin_entrasync"
	assert.Contains(t, page, subpath)
	assert.Contains(t, reply, "]("+page+"#runs/"+s.newestRun(t).ID+")")
}

func TestAUserWhoIsNotFoundIsNoRun(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	admin := s.Mattermost.Admin
	s.join(t, admin)
	s.apply(t)
	before := s.newestRun(t)
	for _, typo := range []string{"minjun.kim@hanbit.exampel", "@minjun.kimm", "constructor", "00000000-0000-4000-8000-000000000999"} {
		reply := s.run(t, admin, "user "+typo)
		assert.Contains(t, reply, "No user in the directory", typo)
	}
	assert.Equal(t, before.ID, s.newestRun(t).ID, "nothing is in the history")
	assert.Contains(t, s.run(t, admin, "status"), "Last run: sync, succeeded")

	username := s.accounts(t)[minjun].Username
	for _, name := range []string{username, "@" + username, "@" + strings.ToUpper(username), minjun, s.objectID(t, minjun)} {
		assert.Contains(t, s.run(t, admin, "user "+name), "linked to this user", name)
	}
	t.Run("and a name of several users is answered with them", func(t *testing.T) {
		s.edit(t, s.objectID(t, dahyun), map[string]any{"mail": minjun})
		newest := s.newestRun(t).ID
		reply := s.run(t, admin, "user "+minjun)
		assert.Contains(t, reply, s.objectID(t, dahyun))
		assert.Contains(t, reply, "Enter the object ID")
		assert.Equal(t, newest, s.newestRun(t).ID)
	})
}

func TestRunsAreCancelledAndApprovedByCommand(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun")))
	admin := s.Mattermost.Admin
	assert.Contains(t, s.run(t, admin, "cancel"), "No run is in progress", "nothing to cancel")
	s.sync(t, stage.ModePreview)
	assert.Contains(t, s.run(t, admin, "approve"), "waiting for approval")
	s.holdUp(t)
	s.run(t, admin, "sync")
	assert.Contains(t, s.run(t, admin, "sync"), "Another run is in progress", "a second one")
	assert.Contains(t, s.run(t, admin, "status"), "Running now")
	assert.Contains(t, s.run(t, admin, "cancel"), "The run is stopping")
	run := s.newestRun(t)
	assert.Equal(t, "cancelled", s.awaitEnd(t, run.ID).State)
	assert.Contains(t, string(run.Raw), `"trigger":"command"`)
	assert.Contains(t, string(run.Raw), admin.ID)
}

func TestCommandsAreForSystemAdministratorsOnly(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun")))
	person := s.ordinaryUser(t)
	s.join(t, person)
	for _, each := range commandWords {
		if each.typed == "stauts" || each.typed == "user" {
			continue // not a valid command, so there is no request
		}
		assert.Contains(t, strings.ToLower(s.run(t, person, each.typed)), "system admin", each.typed)
	}
	assert.Zero(t, s.count(t, `SELECT count(*) FROM entrasync_runs`))
}

func TestAdministratorsAreOfferedTheCommandsWhileTheyType(t *testing.T) {
	s := begin(t, plain)
	offered := func(who *stage.Account) []string {
		suggestions, _, err := who.Client.ListCommandAutocompleteSuggestions(waiting(t), "entrasync ", s.team(t).Id)
		require.NoError(t, err)
		var words []string
		for _, each := range suggestions {
			words = append(words, each.Suggestion)
		}
		return words
	}
	s.join(t, s.ordinaryUser(t))
	assert.ElementsMatch(t, []string{"status", "preview", "sync", "user", "history", "cancel", "approve", "test", "help"}, offered(s.Mattermost.Admin))
	assert.Empty(t, offered(s.ordinaryUser(t)))
}

// run sends an /entrasync command and returns the response.
func (s *scene) run(t *testing.T, who *stage.Account, words string) string {
	t.Helper()
	reply, err := who.RunCommand(waiting(t), s.team(t), strings.TrimSpace("/entrasync "+words))
	require.NoError(t, err)
	return reply
}

func (s *scene) join(t *testing.T, who *stage.Account) {
	t.Helper()
	require.NoError(t, s.Mattermost.Join(waiting(t), who, s.team(t)))
}

// awaitEndOfRuns waits until no run is in progress.
func (s *scene) awaitEndOfRuns(t *testing.T) {
	t.Helper()
	eventually(t, "the run ends", func() bool {
		return s.count(t, `SELECT count(*) FROM entrasync_runs WHERE state = 'running'`) == 0
	})
}
