package tests

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnAllowListCreatesExactlyThePeopleWhoseNameHasOneOfItsParts(t *testing.T) {
	cases := map[string]struct {
		name   string
		locals []string
	}{
		"in Latin letters": {"Kim", []string{
			"minjun.kim", "seoyeon.kim", "haneul.kim", "haneul.kim2", "dahyun.kim", "kimberly.stone", "haruto.kimura", "kim.mueller", "hana.kim",
			"sora.kim", // without mail, from the user principal name
		}},
		"in Hangul": {"한", []string{
			"jimin.han", "jimin.han.finance", "sohee.han", "doyun.han", "hangyeol", "hanna.lee", "yujin.choi", "garam.han", "jiyoung.han",
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := begin(t, plain, policy(allow(c.name)))
			run := s.apply(t)
			accounts := s.accounts(t)
			assert.Len(t, accounts, len(c.locals))
			for _, local := range c.locals {
				assert.Contains(t, accounts, local+"@hanbit.example")
			}
			assert.Equal(t, len(c.locals), run.Counts["created"])
			assert.Equal(t, 1, run.Counts["skipped"], "the disabled one: %s", run.Raw)
			assert.Equal(t, 120, run.Counts["directory"])
		})
	}
}

func TestAnAccountHasWhatTheDirectoryKnowsOfThePerson(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	s.apply(t)
	accounts := s.accounts(t)
	cases := []account{
		{Email: "minjun.kim@hanbit.example", Username: "minjun.kim", Nickname: "Minjun Kim [Platform]",
			FirstName: "Minjun", LastName: "Kim", Position: "Engineer", Locale: "ko"},
		{Email: "kim.mueller@hanbit.example", Username: "kim.mueller", Nickname: "Kim Müller-Lüdenscheidt [Sales DE]",
			FirstName: "Kim", LastName: "Müller-Lüdenscheidt", Position: "Vertrieb", Locale: "de"},
		{Email: "hana.kim@hanbit.example", Username: "hana.kim", Nickname: "Hana Kim 🌸",
			FirstName: "Hana", LastName: "Kim", Position: "Brand Lead", Locale: "ko"},
		{Email: "dahyun.kim@hanbit.example", Username: "dahyun.kim", Nickname: "Kim, Dahyun",
			FirstName: "Dahyun", LastName: "Kim", Position: "Counsel", Locale: "en"},
		{Email: "sora.kim@hanbit.example", Username: "sora.kim", Nickname: "Sora Kim",
			FirstName: "Sora", LastName: "Kim", Position: "", Locale: "en"},
	}
	for _, want := range cases {
		t.Run(want.Username, func(t *testing.T) {
			got := accounts[want.Email]
			want.ID, want.Password, want.UpdateAt = got.ID, got.Password, got.UpdateAt
			want.AuthService, want.AuthData = got.AuthService, got.AuthData
			want.EmailVerified, want.Roles = true, "system_user"
			assert.Equal(t, want, got)
		})
	}
}

func TestEveryoneMeansEveryMemberWhoIsEnabledAndHasAnAddressOfHisOwn(t *testing.T) {
	s := begin(t, plain, policy(everyone()))
	run := s.apply(t)
	accounts := s.accounts(t)
	assert.Len(t, accounts, 111)
	assert.Equal(t, 111, run.Counts["created"])
	assert.Equal(t, 3, run.Counts["skipped"])
	assert.Equal(t, 2, run.Counts["conflicts"])
	assert.Zero(t, run.Counts["failed"])

	t.Run("usernames follow the rule", func(t *testing.T) {
		checkUsernames(t, accounts)
		for email, want := range untidyUsernames {
			assert.Equal(t, want, accounts[email].Username, email)
		}
	})
	t.Run("texts fit the server", func(t *testing.T) { checkTexts(t, accounts) })
	t.Run("accounts need no team", func(t *testing.T) {
		joined := `SELECT count(*) FROM teammembers JOIN users ON users.id = teammembers.userid WHERE NOT ` + stageAccounts
		assert.Zero(t, s.count(t, joined))
	})
	t.Run("each account has its own random password", func(t *testing.T) { checkPasswords(t, s, accounts) })
	t.Run("a second apply finds nothing to do and writes nothing", func(t *testing.T) { checkSecondApply(t, s) })
}

// untidyUsernames are usernames that differ from the local part, by email address.
var untidyUsernames = map[string]string{
	"olivia.brown@hanbit.example":                    "olivia.brown", // Olivia.BROWN@Hanbit.Example in the directory
	"20240017@hanbit.example":                        "u20240017",
	"1234.5678@hanbit.example":                       "u1234.5678",
	"x@hanbit.example":                               "user_x",
	"yo@hanbit.example":                              "user_yo",
	"s.o'brien@hanbit.example":                       "s.obrien",
	"release+notes@hanbit.example":                   "releasenotes",
	"josé.núñez@hanbit.example":                      "jose.nunez",
	"_under_score_@hanbit.example":                   "u_under_score_",
	"admin@hanbit.example":                           "admin1", // the server's administrator already exists
	"all@hanbit.example":                             "all1",   // reserved
	"channel@hanbit.example":                         "channel1",
	"jane.roe@hanbit.example":                        "jane.roe",
	"jane.roe@research.hanbit.example":               "jane.roe1",
	"bartholomew.featherstone.senior@hanbit.example": "bartholomew.feathersto",
	"bartholomew.featherstone.junior@hanbit.example": "bartholomew.featherst1",
}

var usernameRule = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,21}$`)

func checkUsernames(t *testing.T, accounts map[string]account) {
	taken := map[string]bool{}
	for email, each := range accounts {
		assert.Regexp(t, usernameRule, each.Username)
		assert.Equal(t, strings.ToLower(email), email)
		assert.False(t, taken[each.Username], "%s is taken twice", each.Username)
		taken[each.Username] = true
	}
}

func checkTexts(t *testing.T, accounts map[string]account) {
	for email, each := range accounts {
		for _, name := range []string{each.Nickname, each.FirstName, each.LastName} {
			assert.LessOrEqual(t, utf8.RuneCountInString(name), 64, email)
			assert.NotContains(t, name, "\u202E", email)
			assert.NotContains(t, name, "\uFFFD", email)
			assert.Equal(t, strings.TrimSpace(name), name, email)
		}
		assert.LessOrEqual(t, utf8.RuneCountInString(each.Position), 128, email)
	}
	assert.Equal(t, strings.Repeat("𝓔", 64), accounts["emil.fuchs@hanbit.example"].Nickname)
	assert.Equal(t, "박서준", accounts["seojun.park@hanbit.example"].Nickname, "composed")
}

func checkPasswords(t *testing.T, s *scene, accounts map[string]account) {
	hashes := map[string]bool{}
	for email, each := range accounts {
		assert.NotEmpty(t, text(each.Password), email)
		assert.False(t, hashes[text(each.Password)], email)
		hashes[text(each.Password)] = true
	}
	for _, guess := range []string{"", "minjun.kim", "minjun.kim@hanbit.example", "password", "Password1!"} {
		_, response, err := s.Mattermost.Client().Login(waiting(t), "minjun.kim@hanbit.example", guess)
		require.Error(t, err)
		assert.Contains(t, []int{http.StatusUnauthorized, http.StatusBadRequest}, response.StatusCode)
	}
}
