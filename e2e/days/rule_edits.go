package days

import (
	"context"
	"math/rand/v2"
)

// editRules makes an administrator change rules on some days.
func (p *play) editRules(ctx context.Context, rng *rand.Rand) error {
	if rng.IntN(4) > 0 {
		return nil
	}
	each := pick(rng, p.oracle.memberRules)
	switch rng.IntN(6) {
	case 0:
		each.isOff = !each.isOff
	case 1:
		each.isGone = !each.isGone
	case 2:
		each.isEnding = !each.isEnding
	case 3:
		each.removal = pick(rng, removals)
	case 4:
		p.replaceGroups(rng)
	default:
		rng.Shuffle(len(p.oracle.memberRules), func(i, j int) {
			p.oracle.memberRules[i], p.oracle.memberRules[j] = p.oracle.memberRules[j], p.oracle.memberRules[i]
		})
	}
	p.company.note("the rule %s: off %v, deleted %v, ending %v, removal %s, groups %v", each.id, each.isOff, each.isGone, each.isEnding, each.removal, each.groups)
	p.tally["edited rules"]++
	return p.configure(ctx)
}

// replaceGroups replaces deleted groups in the rules, so that they can be read again.
func (p *play) replaceGroups(rng *rand.Rand) {
	for _, old := range []**group{&p.company.circle, &p.company.choir, &p.company.leads} {
		if !(*old).isGone {
			continue
		}
		gone := *old
		*old = p.company.found(rng, gone.name, 1+rng.IntN(5))
		for _, each := range p.oracle.memberRules {
			for at := range each.groups {
				if each.groups[at] == gone {
					each.groups[at] = *old
				}
			}
		}
	}
}
