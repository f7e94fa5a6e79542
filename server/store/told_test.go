package store_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// tell records a skip and a conflict of the same user in a new run, and returns the run and which lines were left out.
func tell(t *testing.T, s *store.Store, day int, reason string) (store.Run, string) {
	t.Helper()
	return tellAbout(t, s, day, reason, "jun@example.com")
}

// tellAbout does the same with the address of the user.
func tellAbout(t *testing.T, s *store.Store, day int, reason, email string) (store.Run, string) {
	t.Helper()
	run := startRun(t, s, day)
	lines := `[
		{"seq":1,"object_id":"jun","action":"skip","status":"planned","reason":"` + reason + `","account_id":"","email":"` + email + `","reason_params":{"b":1,"a":"x"}},
		{"seq":2,"object_id":"jun","action":"conflict","status":"planned","reason":"several_accounts","account_id":"a","email":"` + email + `","fields":[]}
	]`
	known, err := s.RecordChanges(t.Context(), run.ID, json.RawMessage(lines), json.RawMessage(`[1,2]`))
	require.NoError(t, err)
	require.NoError(t, s.ForgetTold(t.Context(), run.ID))
	finishRun(t, s, run.ID)
	return run, string(known)
}

func TestASkipIsToldOnceWhileItStaysTheSame(t *testing.T) {
	s, _ := openStore(t)
	for day, step := range []struct{ reason, known string }{
		{"disabled", "[]"}, {"disabled", "[1]"}, {"disabled", "[1]"}, {"no_email", "[]"}, {"disabled", "[]"}, {"disabled", "[1]"},
	} {
		run, known := tell(t, s, day+1, step.reason)
		require.JSONEq(t, step.known, known, day)
		_, total := listChanges(t, s, run.ID, store.ChangeFilter{})
		require.Equal(t, map[string]int{"[]": 2, "[1]": 1}[step.known], total, day)
	}
}

func TestALineAboutAnotherAddressIsToldAgainAndAnAcknowledgementDoesNotCoverIt(t *testing.T) {
	s, _ := openStore(t)
	first, _ := tell(t, s, 1, "email_domain_refused")
	_, err := s.Acknowledge(t.Context(), first.ID, []int{2}, true, "admin")
	require.NoError(t, err)
	_, known := tell(t, s, 2, "email_domain_refused")
	require.JSONEq(t, `[1,2]`, known)
	_, known = tellAbout(t, s, 3, "email_domain_refused", "jun@other.example")
	require.JSONEq(t, `[]`, known)
	_, known = tell(t, s, 4, "email_domain_refused")
	require.JSONEq(t, `[]`, known, "what ended and comes back is told again")
}

func TestAnAcknowledgedConflictIsKnownUntilThatIsTakenBack(t *testing.T) {
	s, _ := openStore(t)
	first, _ := tell(t, s, 1, "disabled")
	acknowledge := func(isAcknowledged bool, want int, seqs ...int) {
		t.Helper()
		count, err := s.Acknowledge(t.Context(), first.ID, seqs, isAcknowledged, "admin")
		require.NoError(t, err)
		require.Equal(t, want, count)
	}
	acknowledge(true, 1, 1, 2, 3)
	acknowledge(true, 0, 2)
	_, known := tell(t, s, 2, "disabled")
	require.JSONEq(t, `[1,2]`, known)
	acknowledge(false, 1, 2)
	_, known = tell(t, s, 3, "disabled")
	require.JSONEq(t, `[1]`, known)
	_, err := s.Acknowledge(t.Context(), "unknown", []int{2}, true, "admin")
	require.ErrorIs(t, err, store.ErrNotFound)
}
