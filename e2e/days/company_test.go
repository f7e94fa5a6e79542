package days

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

func TestASeedAlwaysMakesTheSameDays(t *testing.T) {
	const days = 40
	one, other, another := liveAlone(t, 5, days), liveAlone(t, 5, days), liveAlone(t, 6, days)
	assert.Equal(t, one.diary, other.diary)
	assert.Equal(t, one.tenant.People(), other.tenant.People())
	assert.Equal(t, one.tenant.DeletedPeople(), other.tenant.DeletedPeople())
	assert.NotEqual(t, one.diary, another.diary)
}

func TestTheTenantListsWhomTheCompanyThinksItDoes(t *testing.T) {
	c := liveAlone(t, 7, 100)
	listed := c.tenant.People()
	present := c.present()
	require.Len(t, listed, len(present))
	for at, p := range present {
		assert.JSONEq(t, string(p.raw()), string(listed[at]))
	}
}

// liveAlone plays days of a company without Mattermost. Its diary covers all of them.
func liveAlone(t *testing.T, seed uint64, days int) *company {
	t.Helper()
	server, err := tenant.Start(tenant.Options{})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	c, err := newCompany(server, seed)
	require.NoError(t, err)
	for day := range days {
		rng := rand.New(rand.NewPCG(seed, uint64(day+1)))
		require.NoError(t, c.clear())
		c.liveOrCrowd(rng)
		require.NoError(t, c.fog(rng))
	}
	return c
}
