package tests

import (
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// matching is the part of a policy about account matching.
func matching(part map[string]any) map[string]any {
	return map[string]any{"accounts": part}
}

func matchBy(keys ...string) map[string]any {
	return matching(map[string]any{"matching": append([]string{"link"}, keys...)})
}

func TestMatchByAnotherAddressOfThePerson(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun", "Hana Kim"), matchBy("email", "other_mails")))
	minjunsOld := s.register(t, &model.User{Username: "mj", Email: "mj@old.example", Password: "Password-of-Minjun-1"})
	hanasOld := s.register(t, &model.User{Username: "hk", Email: "hk@old.example", Password: "Password-of-Hana-1"})
	s.edit(t, s.objectID(t, minjun), map[string]any{"otherMails": []string{"MJ@old.example"}})
	s.edit(t, s.objectID(t, hana), map[string]any{"proxyAddresses": []string{"SMTP:" + hana, "smtp:HK@old.example", "sip:mj@old.example"}})

	run := s.apply(t)

	assert.Zero(t, run.Counts["created"])
	for email, want := range map[string]*model.User{minjun: minjunsOld, hana: hanasOld} {
		told := s.changeOf(t, run, email)
		assert.Equal(t, []string{"done", "adopted_by_other_mails", want.Id}, []string{told.Status, told.Reason, told.AccountID})
	}
}

func TestMatchByUsername(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun"), matching(map[string]any{
		"matching": []string{"link", "email", "username"}, "adopt": map[string]any{"unverified": "link"},
	})))
	existing := s.register(t, &model.User{Username: "minjun.kim", Email: "mj@old.example", Password: "Password-of-Minjun-1"})
	run := s.apply(t)
	assert.Zero(t, run.Counts["created"])
	told := s.changeOf(t, run, minjun)
	assert.Equal(t, []string{"done", "adopted_by_username", existing.Id}, []string{told.Status, told.Reason, told.AccountID})
}

func TestMatchesOfTwoAccountsNameBoth(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun"), matchBy("email", "username")))
	byEmail := s.register(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	byName := s.register(t, &model.User{Username: "minjun.kim", Email: "mj@old.example", Password: "Password-of-Minjun-1"})
	before := s.fingerprint(t, "users")
	told := s.changeOf(t, s.apply(t), minjun)
	assert.Equal(t, []string{"conflict", "several_accounts", byEmail.Id, "mj"}, []string{told.Action, told.Reason, told.AccountID, told.Username})
	assert.Equal(t, []any{byName.Id, "minjun.kim"}, []any{told.ReasonParams["other_account_id"], told.ReasonParams["other_username"]})
	assert.Equal(t, before, s.fingerprint(t, "users"))
}

func TestMatchedAccountsAreAdoptedOnlyAsThePolicySays(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun"), matching(map[string]any{"adopt": map[string]any{"enabled": false}})))
	existing := s.registerUnverified(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	before := s.fingerprint(t, "users")
	run := s.apply(t)
	assert.Equal(t, "adoption_off", s.changeOf(t, run, minjun).Reason)
	assert.Zero(t, run.Counts["created"])

	s.configure(t, policy(allow("Minjun"), matching(map[string]any{"adopt": map[string]any{"verified_email_only": true}})))
	assert.Equal(t, "email_not_verified", s.changeOf(t, s.apply(t), minjun).Reason)
	assert.Equal(t, before, s.fingerprint(t, "users"))

	_, _, err := s.Mattermost.Admin.Client.VerifyUserEmailWithoutToken(waiting(t), existing.Id)
	require.NoError(t, err)
	told := s.changeOf(t, s.apply(t), minjun)
	assert.Equal(t, []string{"done", "adopted_by_email"}, []string{told.Status, told.Reason})
}

// Leavers keep their accounts here. Other tests cover them.
var keepLeavers = map[string]any{
	"lifecycle": map[string]any{"deactivate": false, "leavers": map[string]any{"missing_reads": 2, "min_minutes_between_reads": 0}},
	"guard":     map[string]any{"min_directory_percent": 0},
}

func TestMatchOfSomebodyWhoWasMadeAnew(t *testing.T) {
	const newID = "00000000-0000-4000-8000-0000000000aa"
	relink := matching(map[string]any{"recreated": "relink"})
	s := begin(t, plain, policy(allow("Minjun"), keepLeavers))
	s.apply(t)
	before := s.accounts(t)[minjun]
	oldID := s.objectID(t, minjun)
	s.recreate(t, oldID, newID)

	told := s.changeOf(t, s.apply(t), minjun)
	assert.Equal(t, []string{"conflict", "recreated", newID, before.ID}, []string{told.Action, told.Reason, told.ObjectID, told.AccountID})
	assert.Equal(t, oldID, told.ReasonParams["other_object_id"])

	s.configure(t, policy(allow("Minjun"), keepLeavers, relink))
	one := s.applyTo(t, newID)
	assert.Equal(t, "account_linked_to_other", s.changeOf(t, one, minjun).Reason, "a run for one person has not read who is gone")

	// The first read was under another policy, so the absence has been seen twice by now.
	held := s.sync(t, stage.ModeApply)
	told = s.changeOf(t, held, minjun)
	assert.Equal(t, []string{"update", "held", "relinked", newID, before.ID}, []string{told.Action, told.Status, told.Reason, told.ObjectID, told.AccountID})
	assert.Equal(t, []any{oldID, "relink"}, []any{told.ReasonParams["other_object_id"], told.ReasonParams["approval_kinds"]})

	approved := s.approveLines(t, held, told.Seq)
	assert.Equal(t, 1, approved.Counts["updated"], "%s", approved.Raw)
	assert.Equal(t, map[string]string{newID: before.ID}, s.links(t))
	assert.Equal(t, 1, s.sync(t, stage.ModePreview).Counts["unchanged"])
}

// recreate deletes a user and creates one with the same attributes and another object ID.
func (s *scene) recreate(t *testing.T, oldID, newID string) {
	t.Helper()
	for _, raw := range s.Tenant.People() {
		var person map[string]any
		require.NoError(t, json.Unmarshal(raw, &person))
		if person["id"] == oldID {
			require.True(t, s.Tenant.RemovePerson(oldID))
			person["id"] = newID
			s.put(t, person)
			return
		}
	}
	t.Fatalf("the tenant has no user with the id %s", oldID)
}

// links are the account IDs by object ID.
func (s *scene) links(t *testing.T) map[string]string {
	t.Helper()
	var rows []struct {
		ObjectID  string `json:"object_id"`
		AccountID string `json:"account_id"`
	}
	s.query(t, &rows, `SELECT object_id, account_id FROM entrasync_links`)
	links := map[string]string{}
	for _, row := range rows {
		links[row.ObjectID] = row.AccountID
	}
	return links
}

func TestAPlanThatRelinksAnAccountIsAppliedAsItWasShown(t *testing.T) {
	const newID = "00000000-0000-4000-8000-0000000000aa"
	s := begin(t, plain, policy(allow("Minjun"), keepLeavers, matching(map[string]any{"recreated": "relink"})))
	s.apply(t)
	before := s.accounts(t)[minjun]
	s.recreate(t, s.objectID(t, minjun), newID)
	s.apply(t)

	shown := s.sync(t, stage.ModePreview)
	told := s.changeOf(t, shown, minjun)
	require.Equal(t, []string{"update", "relinked"}, []string{told.Action, told.Reason})
	applied := s.approveLines(t, shown, told.Seq)
	assert.Equal(t, 1, applied.Counts["updated"], "%s", applied.Raw)
	assert.Equal(t, map[string]string{newID: before.ID}, s.links(t))
}

func TestAnAccountWhoseMoveWaitsIsDeactivatedAndMovesWithTheApproval(t *testing.T) {
	const newID, password = "00000000-0000-4000-8000-0000000000aa", "Initial-Password-7a11!"
	relink := map[string]any{"accounts": map[string]any{"recreated": "relink", "sign_in": map[string]any{"method": "initial_password"}}}
	s := begin(t, plain, policy(allow("Minjun", "Hana Kim"), relink, leavers(map[string]any{"missing_reads": 2, "min_minutes_between_reads": 0})),
		map[string]any{"InitialPassword": password})
	s.apply(t)
	before := s.accounts(t)[minjun]
	session := s.Mattermost.Client()
	_, _, err := session.Login(waiting(t), minjun, password)
	require.NoError(t, err)
	oldID := s.objectID(t, minjun)
	s.recreate(t, oldID, newID)
	assert.Equal(t, []string{"conflict", "planned", "relink_waits"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
	_, _, err = session.GetMe(waiting(t), "")
	require.NoError(t, err, "one read proves nothing")

	// No one approves: the former user is a leaver.
	held := s.sync(t, stage.ModeApply)
	assert.Equal(t, []any{"held", 1}, []any{held.State, held.Counts["deactivated"]}, "%s", held.Raw)
	_, _, err = session.GetMe(waiting(t), "")
	require.Error(t, err, "no session stays open while the move waits")
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)

	held = s.sync(t, stage.ModeApply)
	told := s.changeOf(t, held, minjun)
	assert.Equal(t, []string{"update", "held", "relinked"}, outcomeOf(told))
	assert.Equal(t, "deactivated", told.ReasonParams["account_state"])

	// The former user is back when an administrator approves: the account stays with that user.
	old := map[string]any{"id": oldID, "displayName": "Minjun Kim", "mail": "minjun.back@hanbit.example", "userPrincipalName": "minjun.back@hanbit.example", "accountEnabled": true, "userType": "Member"}
	s.put(t, old)
	assert.Zero(t, s.approveLines(t, held, told.Seq).Counts["updated"])
	assert.Equal(t, before.ID, s.links(t)[oldID])
	require.True(t, s.Tenant.RemovePerson(oldID))

	s.sync(t, stage.ModeApply)
	s.sync(t, stage.ModeApply)
	held = s.sync(t, stage.ModeApply)
	approved := s.approveLines(t, held, s.changeOf(t, held, minjun).Seq)
	assert.Equal(t, 1, approved.Counts["updated"], "%s", approved.Raw)
	assert.Zero(t, s.accounts(t)[minjun].DeleteAt, "the account is open for its new owner")
	assert.Equal(t, before.ID, s.links(t)[newID])
	_, _, err = s.Mattermost.Client().Login(waiting(t), minjun, password)
	require.Error(t, err, "the former user's password is gone")
}

func TestTheAddressOfASingleSignOnAccountNeedsNoApproval(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun"), signIn(map[string]any{"method": "single_sign_on", "service": "saml"})))
	made := s.registerUnverified(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	_, _, err := s.Mattermost.Admin.Client.UpdateUserAuth(waiting(t), made.Id, &model.UserAuth{AuthService: "saml", AuthData: model.NewPointer("minjun")})
	require.NoError(t, err)
	require.False(t, s.accounts(t)[minjun].EmailVerified, "Mattermost marks it only when it writes the account next")
	assert.Equal(t, []string{"update", "done", "adopted_by_email"}, outcomeOf(s.changeOf(t, s.sync(t, stage.ModeApply), minjun)))
	assert.Equal(t, made.Id, s.links(t)[s.objectID(t, minjun)])
}
