package days

import (
	"maps"
	"math/rand/v2"
	"slices"
)

// haze is what the directory does not say about a user today: the attribute is null, or not in the answer at all.
type haze map[string]silence

type silence string

const (
	isNull    silence = "null"
	isOmitted silence = "omitted"

	// isNullForAll is unknown where it decides about the scope, because earlier reads saw values. As a source it is empty like any null.
	isNullForAll silence = "null for all"
)

// hazy are the attributes that the directory can be silent about. All of them decide about the scope or the sign-in.
var hazy = []string{"accountEnabled", "userType", "department", "displayName"}

// says reports whether the answer has a value for the attribute, or null where that is a value too.
func (p *person) says(attribute string) bool {
	kept := p.haze[attribute]
	return kept == "" || kept == isNull && attribute != "accountEnabled"
}

func (p *person) isNull(attribute string) bool { return p.haze[attribute] == isNull }

// hide applies the haze to a user in the form that Graph sends.
func (h haze) hide(user map[string]any) {
	var omitted []string
	for _, attribute := range slices.Sorted(maps.Keys(h)) {
		user[attribute] = nil
		if h[attribute] == isOmitted {
			omitted = append(omitted, attribute)
		}
	}
	if len(omitted) > 0 {
		user["@omitted"] = omitted
	}
}

// fewTold is how many users a line of the diary names.
const fewTold = 5

// fog makes the directory silent about an attribute of some users, or of all, on some days. The silence ends at night.
func (c *company) fog(rng *rand.Rand) error {
	dice := rng.IntN(100)
	if dice >= 94 {
		return c.hideOffices(rng)
	}
	if dice >= 16 {
		return nil
	}
	attribute, how := pick(rng, hazy), pick(rng, []silence{isNull, isOmitted})
	hidden := c.some(rng, 1+rng.IntN(4), isPresent)
	if dice < 5 {
		hidden = c.present()
		c.isBlind = how == isNull
	}
	if c.isBlind {
		how = isNullForAll
		c.blindness = haze{attribute: how}
	}
	for _, p := range hidden {
		p.haze = haze{attribute: how}
	}
	c.note("%s is %s for %d users: %v", attribute, how, len(hidden), hidden[:min(len(hidden), fewTold)])
	c.isFoggy = true
	return c.publish(c.present())
}

// hideOffices makes the directory silent about an attribute that only rules for teams and channels look at.
func (c *company) hideOffices(rng *rand.Rand) error {
	hidden := c.some(rng, 1+rng.IntN(8), isPresent)
	if rng.IntN(3) == 0 {
		hidden = c.present()
	}
	for _, p := range hidden {
		p.haze = haze{"officeLocation": isOmitted}
	}
	c.note("officeLocation is omitted for %d users", len(hidden))
	c.isFoggy = true
	return c.publish(c.present())
}

// clear ends the silence.
func (c *company) clear() error {
	if !c.isFoggy {
		return nil
	}
	c.isFoggy, c.isBlind, c.blindness = false, false, nil
	for _, p := range c.people {
		p.haze = nil
	}
	return c.publish(c.present())
}
