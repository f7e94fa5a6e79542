package tests

import (
	"net/http"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

const opsID = "00000000-0000-4000-8000-0000000000d1"

// ops is a directory user whose attribute `mail` proves nothing: anyone who may write it chooses it.
func (s *scene) ops(t *testing.T, mail string) {
	t.Helper()
	s.put(t, map[string]any{
		"id": opsID, "displayName": "Ops", "mail": mail, "userPrincipalName": "ops@hanbit.example", "accountEnabled": true, "userType": "Member",
	})
}

// promote gives the account roles, as an administrator does in the System Console.
func (s *scene) promote(t *testing.T, accountID, roles string) {
	t.Helper()
	_, err := s.Mattermost.Admin.Client.UpdateUserRoles(waiting(t), accountID, roles)
	require.NoError(t, err)
}

const adminRoles = model.SystemUserRoleId + " " + model.SystemAdminRoleId

// localAdmin registers a second system admin that no link knows.
func (s *scene) localAdmin(t *testing.T) *model.User {
	t.Helper()
	local := s.register(t, &model.User{Username: "local-ops", Email: "ops@local.example", Password: "Password-of-Ops-1"})
	s.promote(t, local.Id, adminRoles)
	return local
}

// approveLines approves these changes of a run by name and waits until they are applied.
func (s *scene) approveLines(t *testing.T, run *stage.Run, seqs ...int) *stage.Run {
	t.Helper()
	accepted := s.approve(t, s.heldRun(t, run), map[string]any{"changes": seqs})
	require.Equal(t, http.StatusAccepted, accepted.status, accepted.String())
	var approval stage.Run
	accepted.decode(t, &approval)
	return s.awaitEnd(t, approval.ID)
}

func TestTheMailOfADirectoryUserDoesNotReachTheAccountOfALocalAdmin(t *testing.T) {
	s := begin(t, plain, policy(allow("Ops")))
	local := s.localAdmin(t)
	before := s.fingerprint(t, "users")
	s.ops(t, "OPS@local.example")

	held := s.sync(t, stage.ModeApply)
	assert.Equal(t, "held", held.State)
	told := s.changeOf(t, held, local.Email)
	assert.Equal(t, []string{"update", "held", "adopted_by_email"}, outcomeOf(told))
	assert.Equal(t, []any{"privileged_account", "system_admin"}, []any{told.ReasonParams["approval_kinds"], told.ReasonParams["account_roles"]})
	assert.Equal(t, "privileged_account", s.heldRun(t, held).Hold.Kinds[0].Kind)

	// Neither does a run for this user, a second full run, or approving everything.
	one := s.applyTo(t, opsID)
	assert.Equal(t, []string{"skip", "planned", "waits_for_approval"}, outcomeOf(s.changeOf(t, one, local.Email)))
	held = s.sync(t, stage.ModeApply)
	assert.Equal(t, "held", held.State)
	refused := s.approve(t, s.heldRun(t, held), nil)
	assert.Equal(t, []any{http.StatusConflict, "approval_unnamed"}, []any{refused.status, refused.code()})
	assert.Equal(t, before, s.fingerprint(t, "users"))
	assert.Empty(t, s.links(t))

	// The plan of a preview does not reach it without its line, either.
	preview := s.sync(t, stage.ModePreview)
	refused = s.approve(t, s.heldRun(t, preview), nil)
	assert.Equal(t, "approval_unnamed", refused.code())

	// The second step of the attack.
	s.ops(t, "m@corp.example")
	s.sync(t, stage.ModeApply)
	accounts := s.accounts(t)
	assert.Contains(t, accounts, local.Email)
	assert.NotEqual(t, local.Id, accounts["m@corp.example"].ID, "the attacker has an account of their own")
}

func TestALinkedAdminGetsAnotherAddressOnlyByAnApprovalOfThatLine(t *testing.T) {
	s := begin(t, licensed, policy(allow("Ops"), map[string]any{"mapping": map[string]any{"username": map[string]any{"when": "always"}}}))
	local := s.localAdmin(t)
	s.ops(t, local.Email)
	held := s.sync(t, stage.ModeApply)
	approved := s.approveLines(t, held, s.changeOf(t, held, local.Email).Seq)
	assert.Equal(t, 1, approved.Counts["updated"], "%s", approved.Raw)
	assert.Equal(t, local.Id, s.links(t)[opsID])

	s.ops(t, "m@corp.example")
	s.edit(t, opsID, map[string]any{"jobTitle": "Operator"})
	held = s.sync(t, stage.ModeApply)
	assert.Equal(t, "Operator", s.accounts(t)[local.Email].Position, "fields that no one signs in with follow the directory")
	reasons := map[string]string{}
	for _, line := range s.changes(t, held.ID) {
		reasons[line.Reason] = line.Status
	}
	assert.Equal(t, map[string]string{"attributes_changed": "done", "email_changed": "held", "username_changed": "held"}, reasons)

	// The last check is at the write: an account that has lost the role since is not the one that was approved.
	s.promote(t, local.Id, model.SystemUserRoleId+" "+model.SystemManagerRoleId)
	for _, line := range s.changes(t, held.ID) {
		if line.Reason == "email_changed" {
			assert.Zero(t, s.approveLines(t, held, line.Seq).Counts["updated"])
		}
	}
	assert.Contains(t, s.accounts(t), local.Email)
	held = s.sync(t, stage.ModeApply)
	for _, line := range s.changes(t, held.ID) {
		if line.Reason == "email_changed" {
			assert.Equal(t, "system_manager", line.ReasonParams["account_roles"])
			assert.Equal(t, 1, s.approveLines(t, held, line.Seq).Counts["updated"])
		}
	}
	assert.Equal(t, local.Id, s.accounts(t)["m@corp.example"].ID)
}

func TestAnyRoleAndProtectionNeedAnApproval(t *testing.T) {
	s := begin(t, licensed, policy(allow("Minjun", "Hana Kim", "Ops"), lifecycle(map[string]any{"protected": []string{"hana.old"}})))
	for id, person := range map[string][]string{"00000000-0000-4000-8000-0000000000d2": {"Minjun Kim", minjun}, "00000000-0000-4000-8000-0000000000d3": {"Hana Kim", hana}} {
		s.put(t, map[string]any{"id": id, "displayName": person[0], "mail": person[1], "userPrincipalName": person[1], "accountEnabled": true, "userType": "Member"})
	}
	manager := s.register(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	s.promote(t, manager.Id, model.SystemUserRoleId+" "+model.SystemUserManagerRoleId)
	s.register(t, &model.User{Username: "hana.old", Email: hana, Password: "Password-of-Hana-1"})
	member := s.register(t, &model.User{Username: "ops", Email: "ops@local.example", Password: "Password-of-Ops-1"})
	s.ops(t, member.Email)
	held := s.sync(t, stage.ModeApply)
	require.Equal(t, "held", held.State, "%s", held.Raw)
	assert.Equal(t, []string{"update", "held", "adopted_by_email"}, outcomeOf(s.changeOf(t, held, minjun)))
	assert.Equal(t, []string{"update", "held", "adopted_by_email"}, outcomeOf(s.changeOf(t, held, hana)))
	assert.Equal(t, map[string]string{opsID: member.Id}, s.links(t), "an ordinary account is linked at once")
}

func TestASquatterOfAnAddressLosesTheAccountWhenItIsLinked(t *testing.T) {
	const password = "Password-of-Squatter-1"
	s := begin(t, plain, policy(allow("Minjun")))
	squatter := s.registerUnverified(t, &model.User{Username: "squatter", Email: "squatter@local.example", Password: password})
	session := s.Mattermost.Client()
	me, _, err := session.Login(waiting(t), squatter.Email, password)
	require.NoError(t, err)
	me.Email, me.Password = minjun, password
	_, _, err = session.PatchUser(waiting(t), me.Id, &model.UserPatch{Email: model.NewPointer(minjun), Password: model.NewPointer(password)})
	require.NoError(t, err)
	require.False(t, s.accounts(t)[minjun].EmailVerified)
	// Links of emails that the server has sent before, and a token for programs.
	s.execute(t, `INSERT INTO tokens (token, createat, type, extra) VALUES ('verify', 9999999999999, 'verify_email', $1)`,
		`{"UserId":"`+squatter.Id+`","Email":"squatter@local.example"}`)
	s.execute(t, `INSERT INTO useraccesstokens (id, token, userid, description, isactive) VALUES ('pat', 'personal-token', $1, 'x', true)`, squatter.Id)

	held := s.sync(t, stage.ModeApply)
	told := s.changeOf(t, held, minjun)
	assert.Equal(t, []string{"update", "held", "adopted_by_email"}, outcomeOf(told))
	assert.Equal(t, "unverified_email", told.ReasonParams["approval_kinds"])
	_, _, err = session.GetMe(waiting(t), "")
	require.NoError(t, err, "nothing has happened yet")

	assert.Equal(t, 1, s.approveLines(t, held, told.Seq).Counts["updated"])
	assert.Equal(t, squatter.Id, s.links(t)[s.objectID(t, minjun)])
	_, response, err := session.GetMe(waiting(t), "")
	require.Error(t, err)
	assert.Equal(t, http.StatusUnauthorized, response.StatusCode, "the session ends")
	_, _, err = s.Mattermost.Client().Login(waiting(t), "squatter", password)
	require.Error(t, err, "the password is gone")
	_, _, err = s.Mattermost.Client().Login(waiting(t), "squatter", "")
	require.Error(t, err)
	assert.Zero(t, s.count(t, `SELECT count(*) FROM useraccesstokens WHERE userid = $1`, squatter.Id))
	assert.Zero(t, s.count(t, `SELECT count(*) FROM tokens WHERE token = 'verify'`), "a link from an old email would set the old address again")
}

func TestAnAccountOfAnotherServerIsNeverLinked(t *testing.T) {
	s := begin(t, plain, policy(allow("Minjun")))
	remote := s.register(t, &model.User{Username: "mj", Email: minjun, Password: "Password-of-Minjun-1"})
	s.execute(t, `UPDATE users SET remoteid = 'another-server' WHERE id = $1`, remote.Id)
	assert.Equal(t, []string{"conflict", "planned", "remote_account"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
	assert.Empty(t, s.links(t))
}

func TestALeaverWithAnotherSignInMethodIsDeactivated(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), leavers(map[string]any{"min_minutes_between_reads": 0})))
	s.apply(t)
	id := s.objectID(t, minjun)
	_, _, err := s.Mattermost.Admin.Client.UpdateUserAuth(waiting(t), s.accounts(t)[minjun].ID, &model.UserAuth{AuthService: "saml", AuthData: model.NewPointer("minjun")})
	require.NoError(t, err)
	assert.Equal(t, []string{"conflict", "planned", "other_sign_in_method"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)), "a live user is told")
	s.edit(t, id, map[string]any{"accountEnabled": false})
	assert.Equal(t, []string{"deactivate", "done", "disabled"}, outcomeOf(s.changeOf(t, s.apply(t), minjun)))
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)
}

func TestALeaverIsDeactivatedThoughANewUserHasTheAddress(t *testing.T) {
	s := begin(t, plain, policy(allow("Kim"), leavers(map[string]any{"missing_reads": 2, "min_minutes_between_reads": 0})))
	s.apply(t)
	const newcomer = "00000000-0000-4000-8000-0000000000d8"
	require.True(t, s.Tenant.RemovePerson(s.objectID(t, minjun)))
	s.put(t, map[string]any{"id": newcomer, "displayName": "Other Kim", "mail": minjun, "userPrincipalName": minjun, "accountEnabled": true, "userType": "Member"})
	s.apply(t)
	assert.Zero(t, s.accounts(t)[minjun].DeleteAt, "one read proves nothing")
	run := s.apply(t)
	assert.Equal(t, 1, run.Counts["deactivated"])
	assert.Equal(t, []string{"conflict", "planned", "recreated"}, outcomeOf(s.changeOf(t, run, minjun)), "who gets the address")
	assert.NotZero(t, s.accounts(t)[minjun].DeleteAt)
}
