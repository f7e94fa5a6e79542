package tests

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// hostileNames are display names with the resulting nickname, in JSON so that half a character
// can be written.
var hostileNames = map[string]struct{ json, nickname string }{
	"HTML":                   {`"<img src=x onerror=alert(1)>"`, "<img src=x onerror=alert(1)>"},
	"a formula":              {`"=HYPERLINK(\"http://attacker.example\",\"Click\")"`, `=HYPERLINK("http://attacker.example","Click")`},
	"a formula behind a tab": {`"\t@SUM(1+1)"`, "@SUM(1+1)"},
	"a NUL":                  {`"Null\u0000Byte"`, "NullByte"},
	"a reversed direction":   {`"Renee \u202Enosredna"`, "Renee nosredna"},
	"an emoji of many parts": {`"👩‍👩‍👧‍👦 Nora"`, "👩‍👩‍👧‍👦 Nora"},
	"half a character":       {`"Half\ud83d"`, "Half"},
	"the other half":         {`"\udc00Half"`, "Half"},
	"a mention":              {`"@all @channel ~town-square #now"`, "@all @channel ~town-square #now"},
	"Markdown":               {`"[click](http://attacker.example) ![x](http://attacker.example/x.png) | a | b"`, "[click](http://attacker.example) ![x](http://attacker.example/x."},
	"a megabyte":             {`"` + strings.Repeat("A", 1<<20) + `"`, strings.Repeat("A", 64)},
	"SQL":                    {`"'; DROP TABLE users; --"`, "'; DROP TABLE users; --"},
}

// beginWithHostileNames allows all users. The address of each user ends with its number.
func beginWithHostileNames(t *testing.T) (s *scene, emails map[string]string) {
	t.Helper()
	s = begin(t, plain, policy(everyone(), office365()))
	require.NoError(t, s.Tenant.ReplacePeople(nil))
	emails = map[string]string{}
	for name, each := range hostileNames {
		number := len(emails) + 1
		emails[name] = fmt.Sprintf("hostile%d@hanbit.example", number)
		person := fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","accountEnabled":true,"displayName":%s,"mail":%q,"userPrincipalName":%q,"jobTitle":%s}`,
			number, each.json, emails[name], emails[name], each.json)
		require.NoError(t, s.Tenant.PutPerson([]byte(person)))
	}
	return s, emails
}

func TestHostileNamesBecomeHarmlessAccounts(t *testing.T) {
	s, emails := beginWithHostileNames(t)
	run := s.apply(t)
	assert.Equal(t, len(hostileNames), run.Counts["created"], "%s", run.Raw)
	accounts := s.accounts(t)
	for name, each := range hostileNames {
		got := accounts[emails[name]]
		assert.Equal(t, each.nickname, got.Nickname, name)
		assert.True(t, utf8.ValidString(got.Position), name)
	}
	t.Run("and nothing is left to do", func(t *testing.T) {
		before := s.fingerprint(t, "users")
		assert.Equal(t, len(hostileNames), s.apply(t).Counts["unchanged"])
		assert.Equal(t, before, s.fingerprint(t, "users"))
	})
}

func TestNoCellOfTheExportIsAFormula(t *testing.T) {
	s, emails := beginWithHostileNames(t)
	run := s.sync(t, stage.ModePreview)
	got := s.get(t, "/runs/"+run.ID+"/changes.csv")
	assert.Equal(t, "text/csv; charset=utf-8", got.header.Get("Content-Type"))
	assert.Contains(t, got.header.Get("Content-Disposition"), "attachment")
	assert.Equal(t, "nosniff", got.header.Get("X-Content-Type-Options"))

	body, isMarked := strings.CutPrefix(string(got.body), "\ufeff")
	assert.True(t, isMarked, "a spreadsheet must know that it is UTF-8")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	require.NoError(t, err)
	assert.Len(t, rows, 1+len(emails))
	for _, row := range rows {
		for _, cell := range row {
			assert.NotContains(t, []string{"=", "+", "-", "@", "\t", "\r"}, firstOf(cell), cell)
		}
	}
	assert.Contains(t, body, `'=HYPERLINK(`)
}

func firstOf(text string) string {
	if text == "" {
		return ""
	}
	return text[:1]
}

func TestHostileNamesMeanNothingInTheAnswerToACommand(t *testing.T) {
	s, emails := beginWithHostileNames(t)
	for name, email := range emails {
		reply, err := s.Mattermost.Admin.RunCommand(waiting(t), s.team(t), "/entrasync user "+email)
		require.NoError(t, err, name)
		require.Contains(t, reply, "`", name)
		outside := outsideOfCode(reply)
		for _, sign := range []string{"<img", "@all", "@channel", "](http", "=HYPERLINK", "\u202e"} {
			assert.NotContains(t, outside, sign, "%s:\n%s", name, reply)
		}
		assert.Less(t, len(reply), 16383, "longer than a post may be: %s", name)
	}
}

// Each attribute once took minutes, in which nothing could end the run.
func TestAnAttributeOfAMillionCombiningMarksDoesNotHoldUpARun(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim", "Marks"), office365()))
	marks := strings.Repeat("\u0301", 1_000_000)
	const email = "marks@hanbit.example"
	s.put(t, map[string]any{
		"id": "00000000-0000-4000-8000-000000000001", "accountEnabled": true, "displayName": "Marks", "mail": email, "userPrincipalName": email,
		"givenName": marks, "surname": "Marks" + marks, "jobTitle": marks, "preferredLanguage": marks, "department": marks,
	})
	run := s.apply(t)
	assert.Equal(t, "succeeded", run.State, "%s", run.Raw)
	got := s.accounts(t)[email]
	assert.Equal(t, 64, utf8.RuneCountInString(got.FirstName))
	assert.LessOrEqual(t, utf8.RuneCountInString(got.LastName), 64)
	assert.Equal(t, run.Counts["created"], s.apply(t).Counts["unchanged"])
}

// Each value is none that Microsoft sends. It is a matter of the one user who has it.
func TestAnAttributeOfAnotherTypeEndsNoRun(t *testing.T) {
	nickname := map[string]any{"sources": []string{"{employeeId?} {department?} {businessPhones?} {otherMails?} {proxyAddresses?} {imAddresses?}", "displayName"}}
	for name, value := range map[string]string{
		"a number beyond all numbers": `1e999`, "an object": `{"a":{"b":[1]}}`, "a mixed list": `["x",null,5,{}]`, "a nested list": strings.Repeat("[", 150) + strings.Repeat("]", 150),
		"a long list": `[` + strings.Repeat(`"x",`, 300_000) + `"y"]`, "a list of long texts": `["` + strings.Repeat("Y", 1<<20) + `"]`, "a long key": `{"` + strings.Repeat("K", 1<<20) + `":1}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, plain, policy(everyone(), office365(), map[string]any{"mapping": map[string]any{"nickname": nickname}}))
			require.NoError(t, s.Tenant.ReplacePeople(nil))
			attributes := []string{"givenName", "surname", "jobTitle", "preferredLanguage", "usageLocation", "employeeId", "department", "businessPhones", "otherMails", "proxyAddresses", "imAddresses"}
			for at, attribute := range attributes {
				require.NoError(t, s.Tenant.PutPerson(fmt.Appendf(nil, `{"id":"00000000-0000-4000-8000-%012d","displayName":"Odd %d","mail":"odd%d@hanbit.example",
					"userPrincipalName":"odd%d@hanbit.example","accountEnabled":true,"userType":"Member",%q:%s}`, at, at, at, at, attribute, value)))
			}
			run := s.apply(t)
			assert.Equal(t, []any{"succeeded", len(attributes)}, []any{run.State, run.Counts["created"]}, "%s", run.Raw)
			assert.Equal(t, len(attributes), s.apply(t).Counts["unchanged"])
		})
	}
}

// outsideOfCode is the part of a text that Mattermost renders as Markdown: everything except code spans.
func outsideOfCode(markdown string) string {
	var outside strings.Builder
	for i, part := range strings.Split(markdown, "`") {
		if i%2 == 0 {
			outside.WriteString(part)
		}
	}
	return outside.String()
}
