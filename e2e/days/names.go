package days

import (
	"regexp"
	"slices"
	"strings"
)

const (
	// helpdesk is a username that the policy of the play reserves.
	helpdesk = "helpdesk"

	maxUsername = 22

	// The addition to a name that is taken: a digit, or a hyphen with six characters.
	digit, tail = 1, 7
)

var (
	goodUsername = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,21}$`)
	noUsername   = regexp.MustCompile(`[^a-z0-9._-]`)
	addition     = regexp.MustCompile(`^([1-4]|-[a-z0-9]{6})$`)

	// reserved are usernames that no account gets, of those that users of the play want.
	reserved = []string{"all", "jira", helpdesk}
)

// stem is the username that an address suggests, as the administrator's guide describes, before it is cut.
func stem(email string) string {
	local := email[:strings.LastIndex(email, "@")]
	wanted := noUsername.ReplaceAllString(local, "")
	if wanted == "" || wanted[0] < 'a' || wanted[0] > 'z' {
		wanted = "u" + wanted
	}
	if len(wanted) < 3 {
		wanted = "user_" + wanted
	}
	return wanted
}

// plainName is the username that a user with the address gets if it is free.
func plainName(email string) string {
	wanted := stem(email)
	return wanted[:min(len(wanted), maxUsername)]
}

// isNameFor reports whether the username is that of the address, with or without an addition.
func isNameFor(name, email string) bool {
	if name == plainName(email) {
		return goodUsername.MatchString(name) && !slices.Contains(reserved, name)
	}
	wanted := stem(email)
	for _, room := range []int{digit, tail} {
		rest, isBegun := strings.CutPrefix(name, wanted[:min(len(wanted), maxUsername-room)])
		if isBegun && addition.MatchString(rest) {
			return goodUsername.MatchString(name)
		}
	}
	return false
}

// learnName takes a username of which only the beginning was known.
func (a *account) learnName(real string) {
	if a.username == "" && a.namedAfter != "" && isNameFor(real, a.namedAfter) {
		a.username = real
	}
}

// isNamedAfter reports whether the account has the name that the address suggests, with or without an addition.
func (a *account) isNamedAfter(email string) bool {
	if a.username == "" {
		return plainName(a.namedAfter) == plainName(email)
	}
	return isNameFor(a.username, email)
}

// renamings are the new usernames of accounts. An account whose new name needs an approval keeps its name for now, so the others
// choose first, as if it did not move.
func (o *oracle) renamings(pairs []pair, newcomers []*person) []*change {
	if !o.renames {
		return nil
	}
	var free, held []*change
	for _, each := range pairs {
		isUnknown := each.account.username == "" && each.account.isNamedAfter(each.who.email())
		if !hasAddress(each.who) || isUnknown || each.account.username == plainName(each.who.email()) {
			continue
		}
		needsOwn := each.needsOwn || each.account.isPowerful()
		wish := &change{
			key: key{owner: each.who.id, kind: username}, account: each.account, to: plainName(each.who.email()), namedAfter: each.who.email(),
			followsLink: each.isAdoption, needsOwn: needsOwn,
		}
		if needsOwn || o.held[wish.key] != nil {
			held = append(held, wish)
		} else {
			free = append(free, wish)
		}
	}
	gone := slices.Clone(reserved)
	for _, each := range newcomers {
		if wanted := plainName(each.email()); !o.isNamed(wanted) {
			gone = append(gone, wanted)
		}
	}
	all := chooseNames(append(slices.Clone(free), held...), gone, o.accounts)
	return append(chooseNames(free, gone, o.accounts), slices.DeleteFunc(all, func(each *change) bool { return !slices.ContainsFunc(held, each.isSame) })...)
}

func (c *change) isSame(other *change) bool { return c.key == other.key }

func (o *oracle) isNamed(name string) bool {
	return slices.ContainsFunc(o.accounts, func(each *account) bool { return each.username == name })
}

// chooseNames gives each account the wanted name if it is free or becomes free, and the first one if several want it. An account that
// cannot have it keeps a name with an addition, or gets one. `gone` are names that no one gets.
func chooseNames(wishes []*change, gone []string, accounts []*account) (chosen []*change) {
	for _, each := range wishes {
		twin := *each
		chosen = append(chosen, &twin)
	}
	for {
		at := slices.IndexFunc(chosen, func(each *change) bool { return each.to != "" && !each.canBeNamed(chosen, gone, accounts) })
		if at < 0 {
			return chosen
		}
		if refused := chosen[at]; refused.account.isNamedAfter(refused.namedAfter) {
			chosen = slices.Delete(chosen, at, at+1)
		} else {
			refused.to = ""
		}
	}
}

// canBeNamed reports whether no one keeps the wanted name, and no account before this one gets it.
func (c *change) canBeNamed(chosen []*change, gone []string, accounts []*account) bool {
	first := slices.IndexFunc(chosen, func(each *change) bool { return each.to == c.to })
	if slices.Contains(gone, c.to) || chosen[first] != c {
		return false
	}
	return !slices.ContainsFunc(accounts, func(holder *account) bool {
		isMoving := slices.ContainsFunc(chosen, func(other *change) bool { return other.account == holder })
		return holder.username == c.to && !isMoving
	})
}

// stillNamed leaves out approved names that an account without an approval keeps.
func stillNamed(plan []*change, accounts []*account) []*change {
	for {
		left := slices.DeleteFunc(slices.Clone(plan), func(each *change) bool {
			return each.kind == username && each.to != "" && slices.ContainsFunc(accounts, func(holder *account) bool {
				isMoving := slices.ContainsFunc(plan, func(other *change) bool { return other.kind == username && other.account == holder })
				return holder.username == each.to && !isMoving
			})
		})
		if len(left) == len(plan) {
			return plan
		}
		plan = left
	}
}
