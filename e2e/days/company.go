package days

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

const (
	domain      = "hanbit.example"
	otherDomain = "hanbit-group.example"

	// What the policy of the play excludes: a department, and users with a word in their display name.
	outsideDepartment = "Outside"
	outsideMark       = "(External)"

	// receptionMail is the address of a protected account.
	receptionMail = "reception@" + domain

	// Number of users in the company, without leavers. Well below the 250 accounts of a server without a license.
	fewPeople, manyPeople = 35, 55

	// pageSize is how many users the sync reads at once. Visitors fill two pages, so that there are pages to lose.
	pageSize = 999
)

// place is where a user is in the directory.
type place int

const (
	inDirectory place = iota
	inBin             // deleted, can be restored
	erased
)

// person is a directory user.
type person struct {
	id                      string
	display, given, surname text
	title, department       text
	mail, principal         string // mail "" is null
	language                string
	office                  string // "" is null
	isEnabled, isGuest      bool
	place                   place
	haze                    haze
}

func (p *person) String() string {
	return fmt.Sprintf("%s <%s> …%s", p.display.clean, p.mail, p.id[len(p.id)-4:])
}

// email is the address according to the documentation: `mail`, else `userPrincipalName`, in lowercase.
func (p *person) email() string {
	if p.mail == "" {
		return strings.ToLower(p.principal)
	}
	return strings.ToLower(p.mail)
}

// raw is the user in the form that Graph sends.
func (p *person) raw() json.RawMessage {
	kind := "Member"
	if p.isGuest {
		kind = "Guest"
	}
	user := map[string]any{
		"id": p.id, "accountEnabled": p.isEnabled, "userType": kind, "userPrincipalName": p.principal, "mail": orNull(p.mail),
		"displayName": p.display.json, "givenName": p.given.json, "surname": p.surname.json, "jobTitle": p.title.json,
		"department": p.department.json, "preferredLanguage": orNull(p.language),
		"officeLocation": orNull(p.office),
	}
	p.haze.hide(user)
	encoded, err := json.Marshal(user)
	if err != nil {
		panic(err) // a text of the play is not JSON
	}
	return encoded
}

func orNull(value string) any {
	if value == "" {
		return nil
	}
	return value
}

// company is the directory's part of the play. Its changes go to the tenant immediately.
type company struct {
	tenant *tenant.Server
	people []*person
	made   int // number of users so far, for their IDs

	groups               []*group
	circle, choir, leads *group // those that the policy names
	founded              int    // number of groups so far, for their IDs

	changed []*person       // since the last full run that succeeded
	deleted map[string]bool // the same, by object ID

	diary   []string // of today
	isFoggy bool     // the directory is silent about something
	isBlind bool     // an attribute is null for all users, which only a full read can know

	// blindness is what is null for all users, so also for those who join or are restored today.
	blindness haze
}

// newCompany fills the tenant: a first page of staff and visitors, one with few staff, and one for all users
// who join later.
func newCompany(server *tenant.Server, seed uint64) (*company, error) {
	c := &company{tenant: server, deleted: map[string]bool{}}
	rng := rand.New(rand.NewPCG(seed, 0))
	reception := c.hire(rng)
	reception.mail, reception.principal = receptionMail, receptionMail
	visitors := 0
	for _, staff := range []int{16, 4} {
		for range staff {
			c.hire(rng)
		}
		for len(c.people)%pageSize != 0 {
			visitors++
			c.people = append(c.people, visitor(visitors))
		}
	}
	for range 20 {
		c.hire(rng)
	}
	c.foundGroups(rng)
	c.diary = nil
	return c, c.publish(c.present())
}

// visitor is one of the many guests of every directory.
func visitor(number int) *person {
	name := plain(fmt.Sprintf("Visitor %d", number))
	return &person{
		id: fmt.Sprintf("00000000-0000-4000-9000-%012d", number), display: name, given: plain(""), surname: plain(""), title: plain(""),
		department: plain(""), principal: fmt.Sprintf("visitor%d_elsewhere.example#EXT#@%s", number, domain), isEnabled: true, isGuest: true,
	}
}

func isVisitor(p *person) bool { return strings.Contains(p.principal, "#EXT#") }

// hire creates a new user. The tenant does not have the user yet.
func (c *company) hire(rng *rand.Rand) *person {
	c.made++
	given, surname := pick(rng, givenNames), pick(rng, surnames)
	address := fmt.Sprintf("%s.%s%d@%s", spelled[given], spelled[surname], c.made, domain)
	if rng.IntN(8) == 0 {
		address = fmt.Sprintf("%s%d@%s", pick(rng, oddLocalParts), c.made, domain)
	}
	p := &person{
		id: fmt.Sprintf("%08x-7d1c-4b6e-8f25-%012d", rng.Uint32(), c.made), given: plain(given), surname: plain(surname), display: plain(given + " " + surname),
		title: plain(pick(rng, titles)), department: plain(pick(rng, departments)), mail: address, principal: address,
		language: pick(rng, languages), office: pick(rng, offices), isEnabled: true, haze: c.blindness,
	}
	c.people = append(c.people, p)
	return p
}

// present are the users in the directory, in its order.
func (c *company) present() []*person {
	return slices.DeleteFunc(slices.Clone(c.people), func(p *person) bool { return p.place != inDirectory })
}

// some selects `count` different matching users, or fewer if there are no more. Never visitors.
func (c *company) some(rng *rand.Rand, count int, fits func(p *person) bool) []*person {
	var fitting []*person
	for _, p := range c.people {
		if !isVisitor(p) && fits(p) {
			fitting = append(fitting, p)
		}
	}
	rng.Shuffle(len(fitting), func(i, j int) { fitting[i], fitting[j] = fitting[j], fitting[i] })
	return fitting[:min(count, len(fitting))]
}

func isPresent(p *person) bool { return p.place == inDirectory }

func isAtWork(p *person) bool { return p.place == inDirectory && p.isEnabled }

func (c *company) note(format string, args ...any) {
	c.diary = append(c.diary, fmt.Sprintf(format, args...))
}

// publish makes the tenant return only these users, and keep those who can be restored as deleted.
func (c *company) publish(shown []*person) error {
	raws := make([]json.RawMessage, 0, len(shown))
	for _, p := range shown {
		raws = append(raws, p.raw())
	}
	if err := c.tenant.ReplacePeople(raws); err != nil {
		return err
	}
	for _, p := range c.people {
		if p.place == inBin {
			if err := c.tenant.PutPerson(p.raw()); err != nil {
				return err
			}
			c.tenant.RemovePerson(p.id)
		}
	}
	return nil
}

// settle notes that a full run has read everything.
func (c *company) settle() {
	c.changed = nil
	clear(c.deleted)
}

// save sends changed and new users to the tenant.
func (c *company) save(people ...*person) {
	c.changed = append(c.changed, people...)
	for _, p := range people {
		if err := c.tenant.PatchPerson(p.id, p.raw()); err != nil {
			if err := c.tenant.PutPerson(p.raw()); err != nil {
				panic(err) // a user of the play
			}
		}
	}
}
