package ports

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
)

const (
	idA = "00000000-0000-4000-8000-00000000000a"
	idB = "00000000-0000-4000-8000-00000000000b"
)

func describe(t *testing.T, known *fingerprints, criteria, users string) []describedUser {
	t.Helper()
	described, err := known.describe(criteria, entra.Page{Users: json.RawMessage(users)})
	require.NoError(t, err)
	return described
}

func TestFingerprintsTellUsersAndPoliciesApart(t *testing.T) {
	known := &fingerprints{}
	one := describe(t, known, "p1", `[{"id":"00000000-0000-4000-8000-00000000000a","mail":"x"},{"mail":{"id":"no"},"id":"00000000-0000-4000-8000-00000000000b"},{"id":7},{"mail":"x"},"text",{"id":"constructor"}]`)
	require.Len(t, one, 6)
	assert.Equal(t, []string{idA, idB, "", "", ""}, []string{one[0].ID, one[1].ID, one[2].ID, one[3].ID, one[4].ID})
	assert.NotEmpty(t, one[0].Fingerprint)
	assert.Empty(t, one[2].Fingerprint, "a user without an id cannot be recognized")
	assert.Empty(t, one[5].Fingerprint, "nor one whose id no key can be")
	assert.Equal(t, one[0].Fingerprint, known.of(idA))

	again := describe(t, &fingerprints{}, "p1", `[{"id":"00000000-0000-4000-8000-00000000000a","mail":"x"}]`)
	assert.Equal(t, one[0].Fingerprint, again[0].Fingerprint)
	for _, other := range []struct{ policy, users string }{{"p1", `[{"id":"00000000-0000-4000-8000-00000000000a","mail":"y"}]`}, {"p2", `[{"id":"00000000-0000-4000-8000-00000000000a","mail":"x"}]`}} {
		assert.NotEqual(t, one[0].Fingerprint, describe(t, &fingerprints{}, other.policy, other.users)[0].Fingerprint)
	}
}

func TestFingerprintsTellMembershipsApart(t *testing.T) {
	of := func(read func(*fingerprints)) string {
		known := &fingerprints{}
		read(known)
		return describe(t, known, "p1", `[{"id":"00000000-0000-4000-8000-00000000000a"}]`)[0].Fingerprint
	}
	one := of(func(f *fingerprints) { f.addMembers("g", []string{"a", "b"}); f.addMembers("h", []string{"c"}) })
	assert.Equal(t, one, of(func(f *fingerprints) { f.addMembers("h", []string{"c"}); f.addMembers("g", []string{"b", "a", "b"}) }))
	assert.NotEqual(t, one, of(func(f *fingerprints) { f.addMembers("g", []string{"a", "b", "c"}) }))
	assert.NotEqual(t, one, of(func(*fingerprints) {}))
}

func TestAUserWhoIsOnAPageTwiceIsNotRecognized(t *testing.T) {
	known := &fingerprints{}
	people := describe(t, known, "p1", `[{"id":"00000000-0000-4000-8000-00000000000a","mail":"x"},{"id":"00000000-0000-4000-8000-00000000000a","mail":"x"},{"id":"00000000-0000-4000-8000-00000000000b"}]`)
	assert.Empty(t, people[0].Fingerprint+people[1].Fingerprint)
	assert.Empty(t, known.of(idA))
	assert.NotEmpty(t, known.of(idB))
}

func TestAPageIsAnsweredWithoutTheRecognized(t *testing.T) {
	answer, err := answerOf(entra.Page{Users: joined([]json.RawMessage{[]byte(`{"id":"a"}`), []byte(`{"id":"b"}`)}), Next: `https://x/"`}, recognized{Unchanged: []string{"c"}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"users":[{"id":"a"},{"id":"b"}],"next":"https://x/\"","unchanged":["c"],"same":[]}`, string(answer))
	empty, err := answerOf(entra.Page{Users: joined(nil)}, recognized{})
	require.NoError(t, err)
	assert.JSONEq(t, `{"users":[],"next":"","unchanged":[],"same":[]}`, string(empty))
}
