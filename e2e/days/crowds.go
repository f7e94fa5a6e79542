package days

import (
	"math/rand/v2"
	"strings"
)

// leaveInCrowds removes more users at once than the safety limit allows.
func (c *company) leaveInCrowds(rng *rand.Rand) {
	how := rng.IntN(3)
	for _, p := range c.some(rng, 5+rng.IntN(5), isAtWork) {
		switch how {
		case 0:
			p.isEnabled = false
			c.save(p)
		case 1:
			p.department = plain(outsideDepartment)
			c.save(p)
		default:
			p.place = inBin
			c.tenant.RemovePerson(p.id)
			c.deleted[p.id] = true
		}
		c.note("leaves with others (%d): %s", how, p)
	}
}

// moveToAnotherDomain changes more addresses at once than the safety limit allows.
func (c *company) moveToAnotherDomain(rng *rand.Rand) {
	for _, p := range c.some(rng, 5+rng.IntN(6), hasMail) {
		local, _, _ := strings.Cut(p.mail, "@")
		p.mail = local + "@" + otherDomain
		c.save(p)
		c.note("moves to another domain: %s", p)
	}
}

// comeBackInCrowds reverts leaveInCrowds.
func (c *company) comeBackInCrowds(rng *rand.Rand) {
	for _, p := range c.some(rng, 6, func(p *person) bool {
		return !p.isGuest && (p.place == inBin || p.place == inDirectory && (!p.isEnabled || !isInScope(p)))
	}) {
		if p.place == inBin {
			c.bringBack(p)
		}
		p.isEnabled, p.department, p.display = true, plain("Search"), plain("Back "+p.surname.clean)
		c.save(p)
		c.note("comes back with others: %s", p)
	}
}
