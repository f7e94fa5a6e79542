package tests

import (
	"net/http"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

const (
	minjun = "minjun.kim@hanbit.example"
	hana   = "hana.kim@hanbit.example"
)

func TestAnUpdateWritesOnlyWhatDiffers(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	s.apply(t)
	before := s.accounts(t)
	s.edit(t, s.objectID(t, minjun), map[string]any{"displayName": "Minjun Kim [Search]", "jobTitle": nil})

	run := s.apply(t)

	assert.Equal(t, 2, run.Counts["updated"], "the guard counts emptied fields, so they are a change of their own")
	assert.Equal(t, 9, run.Counts["unchanged"])
	after := s.accounts(t)
	want := before[minjun]
	want.Nickname, want.Position, want.UpdateAt = "Minjun Kim [Search]", "", after[minjun].UpdateAt
	assert.Equal(t, want, after[minjun])
	delete(before, minjun)
	delete(after, minjun)
	assert.Equal(t, before, after, "the others")

	fields := map[string]map[string][2]string{}
	for _, told := range s.changes(t, run.ID) {
		assert.Equal(t, []string{minjun, "update", "done"}, []string{told.Email, told.Action, told.Status})
		fields[told.Reason] = map[string][2]string{}
		for _, field := range told.Fields {
			fields[told.Reason][field.Field] = [2]string{field.From, field.To}
		}
	}
	assert.Equal(t, map[string]map[string][2]string{
		"attributes_changed": {"nickname": {"Minjun Kim [Platform]", "Minjun Kim [Search]"}},
		"fields_emptied":     {"position": {"Engineer", ""}},
	}, fields)
}

func TestALinkedAccountStaysThePersonsWhenHisAddressChanges(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim Haneul", "Minjun")))
	s.apply(t)
	before := s.accounts(t)
	s.edit(t, s.objectID(t, minjun), map[string]any{"mail": "m.kim@hanbit.example", "displayName": "Minjun Kim"})
	run := s.apply(t)
	assert.Zero(t, run.Counts["created"])
	after := s.accounts(t)
	assert.Equal(t, before[minjun].ID, after["m.kim@hanbit.example"].ID, "the account follows the person")
	assert.Equal(t, "Minjun Kim", after["m.kim@hanbit.example"].Nickname)
}

func TestAnAccountThatExistsIsTakenOverByItsAddress(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun", "Hana Kim")))
	// One account with a different nickname, and one without differences.
	existing := s.register(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1", Nickname: "MJ", Locale: "fr"})
	right := s.register(t, &model.User{Username: "hana", Email: hana, Password: "Password-of-Hana-1",
		Nickname: "Hana Kim 🌸", FirstName: "Hana", LastName: "Kim", Position: "Brand Lead"})
	untouched := s.accounts(t)[hana]

	run := s.apply(t)

	assert.Zero(t, run.Counts["created"])
	assert.Equal(t, "adopted_by_email", s.changeOf(t, run, minjun).Reason)
	assert.Equal(t, "adopted_by_email", s.changeOf(t, run, hana).Reason)
	accounts := s.accounts(t)
	adopted := accounts[minjun]
	assert.Equal(t, existing.Id, adopted.ID)
	assert.Equal(t, right.Id, accounts[hana].ID)
	assert.Equal(t, "Minjun Kim [Platform]", adopted.Nickname)
	assert.Equal(t, "mj", adopted.Username, "set at creation only")
	assert.Equal(t, "fr", adopted.Locale, "set at creation only")
	assert.Equal(t, untouched, accounts[hana], "only a link was missing")
	_, _, err := s.Mattermost.Client().Login(waiting(t), minjun, "Password-of-Minjun-1")
	assert.NoError(t, err, "the password is the person's own")
	assert.Equal(t, 2, s.apply(t).Counts["unchanged"])
}

func (s *scene) register(t *testing.T, user *model.User) *model.User {
	t.Helper()
	created := s.registerUnverified(t, user)
	verified, _, err := s.Mattermost.Admin.Client.VerifyUserEmailWithoutToken(waiting(t), created.Id)
	require.NoError(t, err)
	return verified
}

// registerUnverified creates an account whose email address the server has not verified.
func (s *scene) registerUnverified(t *testing.T, user *model.User) *model.User {
	t.Helper()
	created, _, err := s.Mattermost.Admin.Client.CreateUser(waiting(t), user)
	require.NoError(t, err)
	return created
}

func TestSingleSignOnAccountsAreFoundByTheObjectIDAndHaveNoPassword(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), office365()))
	s.apply(t)
	created := s.accounts(t)[minjun]
	assert.Equal(t, "office365", text(created.AuthService))
	assert.Equal(t, s.objectID(t, minjun), text(created.AuthData))
	assert.Empty(t, text(created.Password))

	// As after moving the plugin to a new installation while the user's address changed.
	s.execute(t, `DELETE FROM entrasync_links`)
	s.edit(t, s.objectID(t, minjun), map[string]any{"mail": "m.kim@hanbit.example"})
	run := s.apply(t)
	assert.Zero(t, run.Counts["created"])
	told := s.changeOf(t, run, "m.kim@hanbit.example")
	assert.Equal(t, "adopted_by_auth_data", told.Reason)
	assert.Equal(t, created.ID, told.AccountID)
}

func TestAnAccountOfAnotherSignInMethodIsReportedAndLeftAlone(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun"), office365()))
	s.register(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	before := s.fingerprint(t, "users")
	run := s.apply(t)
	assert.Equal(t, 1, run.Counts["conflicts"])
	assert.Equal(t, "other_sign_in_method", s.changeOf(t, run, minjun).Reason)
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

func TestTheInitialPasswordOpensNewAccounts(t *testing.T) {
	const password = "Initial-Password-0f3b!"
	s := begin(t, plain, policy(allow("Minjun"), signIn(map[string]any{"method": "initial_password"})), map[string]any{"InitialPassword": password})
	s.apply(t)
	_, _, err := s.Mattermost.Client().Login(waiting(t), minjun, password)
	assert.NoError(t, err)
}

func TestPeopleWhoCannotBeToldApartOrHaveNoUsableAddressGetNoAccount(t *testing.T) {
	s := begin(t, plain, policy(everyone(), office365()))
	s.put(t, map[string]any{"id": "00000000-0000-4000-8000-000000000001", "displayName": "No Address", "userPrincipalName": "nobody", "accountEnabled": true})
	run := s.sync(t, stage.ModePreview)
	reasons := map[string][]string{}
	for _, each := range s.changes(t, run.ID) {
		if each.Action == "skip" || each.Action == "conflict" {
			reasons[each.Reason] = append(reasons[each.Reason], each.DisplayName)
		}
	}
	assert.ElementsMatch(t, []string{"Lars Holm", "Ida Berg"}, reasons["duplicate_email"])
	assert.ElementsMatch(t, []string{"Jiwoo Kim", "박한별", "Oskar Nowak (left)"}, reasons["disabled"])
	assert.Equal(t, []string{"No Address"}, reasons["invalid_email"])
	assert.Len(t, reasons, 3, "%v", reasons)
}

func TestADeactivatedAccountStaysDeactivated(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun")))
	s.apply(t)
	_, err := s.Mattermost.Admin.Client.DeleteUser(waiting(t), s.accounts(t)[minjun].ID)
	require.NoError(t, err)
	s.edit(t, s.objectID(t, minjun), map[string]any{"displayName": "Minjun Kim [Back]"})
	before := s.fingerprint(t, "users")
	run := s.apply(t)
	assert.Equal(t, "account_deactivated", s.changeOf(t, run, minjun).Reason)
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

func TestABotWithAPersonsAddressIsNotTouched(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun")))
	address := s.setBotAddress(t, minjun)
	defer s.setBotAddress(t, address)
	before := s.fingerprint(t, "users")
	run := s.apply(t)
	assert.Equal(t, "bot_account", s.changeOf(t, run, minjun).Reason)
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

// setBotAddress sets the email address of the plugin's bot and returns the previous one.
func (s *scene) setBotAddress(t *testing.T, address string) string {
	t.Helper()
	var bots []struct {
		Email string `json:"email"`
	}
	s.query(t, &bots, `SELECT email FROM users WHERE username = 'entrasync'`)
	require.Len(t, bots, 1)
	s.execute(t, `UPDATE users SET email = $1 WHERE username = 'entrasync'`, address)
	return bots[0].Email
}

func TestARunForOnePersonTouchesNobodyElse(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim")))
	for _, name := range []string{minjun, s.objectID(t, hana), "DAHYUN.KIM@hanbit.example"} {
		run := s.applyTo(t, name)
		assert.Equal(t, "succeeded", run.State, "%s", run.Raw)
		assert.Equal(t, 1, run.Counts["created"], name)
	}
	assert.Len(t, s.accounts(t), 3)

	unknown := s.ask(t, asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": stage.ModeApply, "user": "nobody@hanbit.example"}}.by(s.Mattermost.Admin))
	assert.Equal(t, http.StatusNotFound, unknown.status, "%s", unknown)
	assert.Equal(t, "person_not_found", unknown.code())

	outside := s.applyTo(t, "support@hanbit.example")
	assert.Equal(t, "succeeded", outside.State)
	assert.Zero(t, outside.Counts["in_scope"])
}

func (s *scene) applyTo(t *testing.T, user string) *stage.Run {
	t.Helper()
	run := &stage.Run{}
	body := map[string]string{"mode": stage.ModeApply, "user": user}
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs", body, run))
	return s.awaitEnd(t, run.ID)
}
