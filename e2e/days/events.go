package days

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// event is a change in the directory on some days. It records in the diary what it did. It may find nothing to do.
type event struct {
	weight int
	happen func(c *company, rng *rand.Rand)
}

var events = []event{
	{6, (*company).join}, {2, (*company).joinWithTheAddressOfAnother}, {2, (*company).joinAsGuest}, {4, (*company).recreate},
	{5, (*company).work}, {3, (*company).rename}, {3, (*company).renameInOddLetters},
	{2, (*company).moveOutside}, {3, (*company).comeInside},
	{4, (*company).changeAddress}, {3, (*company).swapAddresses}, {2, (*company).rotateAddresses}, {3, (*company).handOverAddress},
	{1, (*company).shareAddress}, {1, (*company).loseAddress}, {2, (*company).getSharedAddress},
	{4, (*company).disable}, {4, (*company).enable}, {4, (*company).remove}, {3, (*company).restore}, {3, (*company).erase},
}

// live plays the directory's part of a day.
func (c *company) live(rng *rand.Rand) {
	for range rng.IntN(6) {
		chosen := rng.IntN(totalWeight)
		for _, each := range events {
			if chosen -= each.weight; chosen < 0 {
				each.happen(c, rng)
				break
			}
		}
	}
	for len(c.some(rng, manyPeople, isAtWork)) < fewPeople {
		c.join(rng)
	}
	if len(c.some(rng, manyPeople+1, isAtWork)) > manyPeople {
		c.erase(rng)
		c.disable(rng)
	}
}

var totalWeight = func() (total int) {
	for _, each := range events {
		total += each.weight
	}
	return total
}()

func (c *company) join(rng *rand.Rand) {
	for range 1 + rng.IntN(2) {
		p := c.hire(rng)
		c.save(p)
		c.note("joins: %s", p)
	}
}

func (c *company) joinWithTheAddressOfAnother(rng *rand.Rand) {
	for _, other := range c.some(rng, 1, func(p *person) bool { return p.mail != "" && !p.isGuest }) {
		p := c.hire(rng)
		p.mail = other.mail
		c.save(p)
		c.note("joins with the address of %s: %s", other, p)
	}
}

func (c *company) joinAsGuest(rng *rand.Rand) {
	for _, other := range c.some(rng, 1, isAtWork) {
		p := c.hire(rng)
		p.isGuest, p.mail = true, other.mail
		c.save(p)
		c.note("a guest with the address of %s: %s", other, p)
	}
}

// recreate creates a deleted user again: everything is the same except the object ID.
func (c *company) recreate(rng *rand.Rand) {
	for _, gone := range c.some(rng, 1, func(p *person) bool { return p.place != inDirectory }) {
		p := c.hire(rng)
		id := p.id
		*p = *gone
		p.id, p.place, p.haze = id, inDirectory, c.blindness
		c.save(p)
		c.note("is created again with another id than %s: %s", gone.id, p)
	}
}

func (c *company) work(rng *rand.Rand) {
	for _, p := range c.some(rng, 2, isPresent) {
		p.title, p.department = plain(pick(rng, titles)), plain(departments[rng.IntN(len(departments)-1)])
		c.save(p)
		c.note("works as %q in %q: %s", p.title.clean, p.department.clean, p)
	}
}

func (c *company) rename(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, isPresent) {
		p.surname = plain(pick(rng, surnames))
		p.display = plain(strings.TrimSpace(p.given.clean + " " + p.surname.clean))
		if rng.IntN(2) == 0 {
			p.mail = c.freshAddress(p.surname)
		}
		c.save(p)
		c.note("marries: %s", p)
	}
}

func (c *company) renameInOddLetters(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, isPresent) {
		p.display, p.given, p.title = pick(rng, hostileTexts), pick(rng, hostileTexts), pick(rng, hostileTexts)
		c.save(p)
		c.note("calls itself %.40q, %.40q, %.40q: …%s", p.display.clean, p.given.clean, p.title.clean, p.id[len(p.id)-4:])
	}
}

func (c *company) moveOutside(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, isAtWork) {
		if rng.IntN(2) == 0 {
			p.department = plain(outsideDepartment)
		} else {
			p.display = plain(p.given.clean + " " + outsideMark)
		}
		c.save(p)
		c.note("goes out of scope: %s", p)
	}
}

func (c *company) comeInside(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, func(p *person) bool { return p.place == inDirectory && !p.isGuest && !isInScope(p) }) {
		p.department, p.display = plain("Sales"), plain("Back "+p.surname.clean)
		c.save(p)
		c.note("is in scope again: %s", p)
	}
}

func (c *company) freshAddress(name text) string {
	c.made++
	local := spelled[name.clean]
	if local == "" {
		local = "somebody"
	}
	return fmt.Sprintf("%s%d@%s", local, c.made, domain)
}

func (c *company) changeAddress(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, isPresent) {
		p.mail = c.freshAddress(p.surname)
		if rng.IntN(3) == 0 {
			p.mail = strings.ToUpper(p.mail)
		}
		c.save(p)
		c.note("has another address: %s", p)
	}
}

func hasMail(p *person) bool { return p.place == inDirectory && p.mail != "" }

func (c *company) swapAddresses(rng *rand.Rand) { c.exchange(c.some(rng, 2, hasMail)) }

func (c *company) rotateAddresses(rng *rand.Rand) { c.exchange(c.some(rng, 3+rng.IntN(2), hasMail)) }

// exchange gives each user the address of the next one.
func (c *company) exchange(people []*person) {
	for at := 1; at < len(people); at++ {
		people[at-1].mail, people[at].mail = people[at].mail, people[at-1].mail
	}
	c.save(people...)
	c.note("exchange addresses: %v", people)
}

// handOverAddress creates a chain that ends with a new address, or with that of a leaver.
func (c *company) handOverAddress(rng *rand.Rand) {
	people := c.some(rng, 2+rng.IntN(2), hasMail)
	if len(people) < 2 {
		return
	}
	last := people[len(people)-1]
	for at := len(people) - 2; at >= 0; at-- {
		people[at].mail, people[at+1].mail = people[at+1].mail, people[at].mail
	}
	first := people[0]
	if rng.IntN(2) == 0 {
		first.mail = c.freshAddress(first.surname)
	} else {
		first.isEnabled = false
	}
	c.save(people...)
	c.note("hand their addresses on, the last of which was that of %s: %v", last, people)
}

func (c *company) shareAddress(rng *rand.Rand) {
	if people := c.some(rng, 2, hasMail); len(people) == 2 {
		people[0].mail = people[1].mail
		c.save(people...)
		c.note("share an address: %v", people)
	}
}

func (c *company) loseAddress(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, hasMail) {
		p.mail = pick(rng, []string{"", notAnAddress})
		c.save(p)
		c.note("has no mail, or what is no address: %s", p)
	}
}

// getSharedAddress gives a user an address whose username is reserved, or that of an address at another domain.
func (c *company) getSharedAddress(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, hasMail) {
		local, _, _ := strings.Cut(pick(rng, c.some(rng, 1, hasMail)).mail, "@")
		wanted := pick(rng, append(slices.Clone(reserved), local)) + "@" + pick(rng, []string{domain, otherDomain})
		if wanted == receptionMail || slices.ContainsFunc(c.people, func(other *person) bool { return other.email() == strings.ToLower(wanted) }) {
			return
		}
		p.mail = wanted
		c.save(p)
		c.note("has an address of which others have the name: %s", p)
	}
}

// notAnAddress is a `mail` that no server accepts.
const notAnAddress = "ask the reception"

func (c *company) disable(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, isAtWork) {
		p.isEnabled = false
		c.save(p)
		c.note("is disabled: %s", p)
	}
}

func (c *company) enable(rng *rand.Rand) {
	for _, p := range c.some(rng, 2, func(p *person) bool { return p.place == inDirectory && !p.isEnabled }) {
		p.isEnabled = true
		c.save(p)
		c.note("is enabled: %s", p)
	}
}

func (c *company) remove(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, isPresent) {
		p.place = inBin
		c.tenant.RemovePerson(p.id)
		c.deleted[p.id] = true
		c.note("is deleted: %s", p)
	}
}

func (c *company) restore(rng *rand.Rand) {
	for _, p := range c.some(rng, 2, func(p *person) bool { return p.place == inBin }) {
		c.bringBack(p)
	}
}

// bringBack restores a user, at the end of the directory's list.
func (c *company) bringBack(p *person) {
	p.place = inDirectory
	c.tenant.RestorePerson(p.id)
	delete(c.deleted, p.id)
	p.haze = c.blindness
	c.save(p)
	c.people = append(slices.DeleteFunc(c.people, func(each *person) bool { return each == p }), p)
	c.note("is restored: %s", p)
}

func (c *company) erase(rng *rand.Rand) {
	for _, p := range c.some(rng, 1, func(p *person) bool { return p.place != erased }) {
		if p.place == inDirectory {
			c.deleted[p.id] = true
		}
		p.place = erased
		c.tenant.ErasePerson(p.id)
		c.note("is deleted for good: %s", p)
	}
}
