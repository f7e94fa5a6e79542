package days

import (
	"maps"
	"slices"
	"strings"
)

// account is the expected state of a Mattermost account.
type account struct {
	id       string // Mattermost's ID; "" until the account was seen
	owner    string // the linked object ID, "" for none
	signIn   string // the service, "" for a password
	authData string

	email, username, locale         string // the username is "" while only its beginning is known
	namedAfter                      string // the address that such a username is made of
	nickname, first, last, position string
	isActive, isOffBySync           bool
	isVerified                      bool // Mattermost has verified the address, or it comes from the directory
	role                            string
	isBot                           bool
	isTaken                         bool // from a user who was not its owner, whose sessions and password must be gone

	absences  int // full directory reads in a row, on different days, without the owner, while the account could be deactivated
	countedOn int // the day of the last absence
	leftOn    int // the day of the first run that found that the owner left
}

// oracle predicts the accounts. It keeps a plain list of accounts and always processes all of it.
type oracle struct {
	rules
	accounts []*account
	today    int

	// held are the changes that wait for approval, with the day after which their approval has expired.
	held map[key]*heldChange

	// heldNow are those of them that the latest full run holds itself.
	heldNow map[key]*heldChange

	// made are the changes of today that count toward the safety limits.
	made map[key]bool

	rooms       []*room
	memberRules []*memberRule
	projects    func() []*group // the groups for which the policy has a team

	// lostToday are the users who left a room today, or lost a role in it, by runs without an approval.
	lostToday map[string]map[string]bool

	// toldNow is what the latest run tells about rooms instead of doing it.
	toldNow []string

	// What the directory does not say at the moment: the members of groups, and which groups there are.
	isBlindForMembers, isBlindForNames bool

	// seatsPerTeam is how many active users a team takes.
	seatsPerTeam int

	// isPartial is set during a run that reads only a part of the directory, and so cannot know who is missing.
	isPartial bool
}

func newOracle(r rules) *oracle {
	return &oracle{rules: r, held: map[key]*heldChange{}, made: map[key]bool{}, lostToday: map[string]map[string]bool{}, seatsPerTeam: roomyTeam}
}

func (o *oracle) ofOwner(objectID string) *account {
	for _, each := range o.accounts {
		if each.owner == objectID {
			return each
		}
	}
	return nil
}

func (o *oracle) ofEmail(email string) *account {
	for _, each := range o.accounts {
		if each.email == email {
			return each
		}
	}
	return nil
}

func (o *oracle) ofAuthData(objectID string) *account {
	for _, each := range o.accounts {
		if o.signIn != "" && each.signIn == o.signIn && each.authData == objectID {
			return each
		}
	}
	return nil
}

// hasAuthData reports whether any account signs in with this data, which no two accounts of a service do.
func (o *oracle) hasAuthData(data string) bool {
	return slices.ContainsFunc(o.accounts, func(each *account) bool { return each.authData == data })
}

func (o *oracle) countLinked() (count int) {
	for _, each := range o.accounts {
		if each.owner != "" && each.isActive {
			count++
		}
	}
	return count
}

func (o *oracle) hasLinks() bool {
	return slices.ContainsFunc(o.accounts, func(each *account) bool { return each.owner != "" })
}

// clone is for predicting what another run would do.
func (o *oracle) clone() *oracle {
	copied := newOracle(o.rules)
	copied.today = o.today
	twins := map[*account]*account{}
	for _, each := range o.accounts {
		twin := *each
		twins[each] = &twin
		copied.accounts = append(copied.accounts, &twin)
	}
	for each, what := range o.held {
		twin := *what
		twin.change.account = twins[what.change.account]
		copied.held[each] = &twin
	}
	maps.Copy(copied.made, o.made)
	for each, owners := range o.lostToday {
		copied.lostToday[each] = maps.Clone(owners)
	}
	copied.isBlindForMembers, copied.isBlindForNames, copied.seatsPerTeam = o.isBlindForMembers, o.isBlindForNames, o.seatsPerTeam
	copied.projects = o.projects
	copied.copyRooms(o, twins)
	return copied
}

// addresses are the addresses and usernames of all accounts, for haveMoved.
func (o *oracle) addresses() map[*account]string {
	addresses := map[*account]string{}
	for _, each := range o.accounts {
		addresses[each] = each.email + " " + each.username
	}
	return addresses
}

func (o *oracle) haveMoved(before map[*account]string) bool {
	for each, email := range before {
		if each.email+" "+each.username != email {
			return true
		}
	}
	return false
}

// isShared reports whether several users who should have accounts have this address. Nothing is guessed then.
func isShared(seen []*person, email string) bool {
	count := 0
	for _, p := range seen {
		if scopeOf(p) != unwanted && p.email() == email {
			count++
		}
	}
	return count > 1
}

func find(people []*person, id string) *person {
	for _, p := range people {
		if p.id == id {
			return p
		}
	}
	return nil
}

// neverLeaves reports whether no sync deactivates the account.
func (o *oracle) neverLeaves(a *account) bool {
	return a.role == adminRole || a.email == receptionMail || a.isBot || o.sparesOthers && a.signIn != o.signIn
}

// isPowerful reports whether the account changes hands, address, or state only by an approval of that very change.
func (a *account) isPowerful() bool { return a.role != "" || a.email == receptionMail }

// touch is what every write of Mattermost does: the address of an account with another sign-in method than a password counts as verified.
func (a *account) touch() { a.isVerified = a.isVerified || a.signIn != "" }

// fields are the account's fields by the name that the table has for them.
func (a *account) fields() map[string]*string {
	return map[string]*string{"nickname": &a.nickname, "first": &a.first, "last": &a.last, "position": &a.position}
}

// wantedFields are the account's fields by the mapping of the play. A field of which no attribute was sent does not change.
func wantedFields(p *person) map[string]string {
	position := p.title.clean
	if p.title.clean != "" && p.department.clean != "" && p.haze["department"] == "" {
		position = p.title.clean + ", " + p.department.clean
	}
	wanted := map[string]string{
		"nickname": cut(p.display.clean, maxName), "first": cut(p.given.clean, maxName), "last": cut(p.surname.clean, maxName),
		"position": cut(position, maxPosition),
	}
	switch p.haze["displayName"] {
	case isOmitted:
		delete(wanted, "nickname")
	case isNull, isNullForAll:
		wanted["nickname"] = ""
	}
	return wanted
}

// compare splits what the account lacks: other values, and fields that the directory has no value for, which are two changes.
func (a *account) compare(p *person) (filled, emptied map[string]string) {
	filled, emptied = map[string]string{}, map[string]string{}
	has := a.fields()
	for name, value := range wantedFields(p) {
		switch value {
		case *has[name]:
		case "":
			emptied[name] = ""
		default:
			filled[name] = value
		}
	}
	return filled, emptied
}

func cut(value string, max int) string {
	characters := []rune(value)
	return strings.TrimRight(string(characters[:min(len(characters), max)]), " ")
}

// localeOf is the language of a new account. The server's default is English.
func localeOf(p *person) string {
	if strings.HasPrefix(p.language, "ko") {
		return "ko"
	}
	return "en"
}
