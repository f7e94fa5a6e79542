package days

// run predicts a run that read all of `seen`. isThere reports which users the directory returns by ID.
func (o *oracle) run(seen []*person, isThere func(id string) bool) prediction {
	o.heldLeavers, o.heldMoves, o.needsApproval = nil, nil, false
	linked := o.countLinked()
	if o.isShrunk(seen, linked) {
		return prediction{state: "held"}
	}
	o.countAbsences(seen)
	adopted, newcomers := o.welcome(seen)
	leavers := o.leavers(seen)
	returners := o.returners(seen)
	moves := o.moves(seen)

	told := prediction{state: "succeeded"}
	if isTooMany(len(leavers), linked) {
		o.heldLeavers, leavers, told.state = leavers, nil, "held"
	}
	if isTooMany(len(moves), linked) {
		o.heldMoves, moves, told.state = moves, nil, "held"
	}
	if o.needsApproval {
		told.state = "held"
	}
	o.dismiss(leavers, isThere, &told)
	for each, address := range moves {
		each.email = address
		told.updated++
	}
	for _, each := range returners {
		each.isActive, each.absences = true, 0
		if _, isEmptied := each.fill(find(seen, each.owner)); isEmptied {
			told.updated++
		}
		told.reactivated++
	}
	o.update(seen, adopted, returners, &told)
	for _, p := range newcomers {
		o.create(p, &told)
	}
	return told
}

// isShrunk: "If a read returns an empty directory, or fewer linked users than this, the run holds all changes".
func (o *oracle) isShrunk(seen []*person, linked int) bool {
	found := 0
	for _, each := range o.accounts {
		if each.owner != "" && each.isActive && find(seen, each.owner) != nil {
			found++
		}
	}
	return linked > 0 && found*100 < shrunkPercent*linked
}

// countAbsences counts only for accounts that can be deactivated, so not for those of administrators.
func (o *oracle) countAbsences(seen []*person) {
	for _, each := range o.accounts {
		if each.owner == "" {
			continue
		}
		if find(seen, each.owner) != nil {
			each.absences = 0
		} else if each.isActive && !each.isProtected() {
			each.absences++
		}
	}
}

// welcome links existing accounts to users without one, and returns users who need a new account. Accounts of
// other users are not linked, and if two users or two accounts match, none is.
func (o *oracle) welcome(seen []*person) (adopted []*account, newcomers []*person) {
	owners := map[*account]*person{}
	for _, p := range seen {
		if !mayHaveAccount(p) || o.ofOwner(p.id) != nil {
			continue
		}
		byAuthData, byEmail := o.ofAuthData(p.id), o.ofEmail(p.email())
		found := byAuthData
		if found == nil {
			if !hasAddress(p) || isShared(seen, p.email()) {
				continue
			}
			found = byEmail
		} else if byEmail != nil && byEmail != found {
			continue
		}
		switch {
		case found == nil:
			newcomers = append(newcomers, p)
		case found.isProtected() && found.owner == "" && found.isActive && found.signIn == o.signIn && (found.authData == "" || found.authData == p.id):
			o.needsApproval = true
		case found.owner != "", !found.isActive, found.signIn != o.signIn, found.authData != "" && found.authData != p.id:
		default:
			owners[found] = p
			adopted = append(adopted, found)
		}
	}
	for _, each := range adopted {
		each.owner = owners[each].id
	}
	return adopted, newcomers
}

// leavers are the active accounts of linked users who are disabled, out of scope, or missing from enough reads.
func (o *oracle) leavers(seen []*person) (leavers []*account) {
	for _, each := range o.accounts {
		if each.owner == "" || !each.isActive || each.isProtected() {
			continue
		}
		p := find(seen, each.owner)
		if p == nil && each.absences >= missingReads || p != nil && !mayHaveAccount(p) {
			leavers = append(leavers, each)
		}
	}
	return leavers
}

// returners are the accounts that the sync deactivated and whose users have returned.
func (o *oracle) returners(seen []*person) (returners []*account) {
	for _, each := range o.accounts {
		if each.owner == "" || each.isActive || !each.isOffBySync || each.signIn != o.signIn {
			continue
		}
		if p := find(seen, each.owner); p != nil && mayHaveAccount(p) {
			returners = append(returners, each)
		}
	}
	return returners
}

// moves are the new addresses of linked accounts. An address that another account keeps is not taken from it, and
// none of several users with the same address gets it.
func (o *oracle) moves(seen []*person) map[*account]string {
	moves := map[*account]string{}
	for _, each := range o.accounts {
		p := find(seen, each.owner)
		isRunning := each.isActive || each.isOffBySync
		if p != nil && mayHaveAccount(p) && isRunning && each.signIn == o.signIn && hasAddress(p) && p.email() != each.email && !isShared(seen, p.email()) {
			moves[each] = p.email()
		}
	}
	o.settle(moves)
	for each := range moves {
		if each.isProtected() {
			delete(moves, each)
			o.needsApproval = true
		}
	}
	o.settle(moves)
	return moves
}

// settle leaves out the moves to an address whose account keeps it.
func (o *oracle) settle(moves map[*account]string) {
	for isSettled := false; !isSettled; {
		isSettled = true
		for each, address := range moves {
			holder := o.ofEmail(address)
			if _, isFree := moves[holder]; holder != nil && !isFree {
				delete(moves, each)
				isSettled = false
			}
		}
	}
}

// dismiss deactivates accounts, except users that the directory still has: "Each user is requested once more".
func (o *oracle) dismiss(leavers []*account, isThere func(id string) bool, told *prediction) {
	for _, each := range leavers {
		if each.absences > 0 && isThere(each.owner) {
			if told.state == "succeeded" {
				told.state = "partial"
			}
			continue
		}
		each.isActive, each.isOffBySync = false, true
		told.deactivated++
	}
}

func (o *oracle) update(seen []*person, adopted, returners []*account, told *prediction) {
	for _, each := range o.accounts {
		p := find(seen, each.owner)
		if p == nil || !mayHaveAccount(p) || !each.isActive || each.signIn != o.signIn || contains(returners, each) {
			continue
		}
		isChanged, isEmptied := each.fill(p)
		if isChanged || contains(adopted, each) {
			told.updated++
		}
		if isEmptied {
			told.updated++
		}
	}
}

func (o *oracle) create(p *person, told *prediction) {
	made := &account{owner: p.id, signIn: o.signIn, email: p.email(), locale: localeOf(p), isActive: true}
	if o.signIn != "" {
		made.authData = p.id
	}
	made.fill(p)
	o.accounts = append(o.accounts, made)
	told.created++
}

// approve makes the held changes of the last run that still apply.
func (o *oracle) approve(seen []*person) {
	for _, each := range o.heldLeavers {
		p := find(seen, each.owner)
		if each.isActive && !each.isProtected() && (p == nil || !mayHaveAccount(p)) {
			each.isActive, each.isOffBySync = false, true
		}
	}
	for each, address := range o.heldMoves {
		if p := find(seen, each.owner); p != nil && mayHaveAccount(p) && p.email() == address {
			each.email = address
		}
	}
	o.heldLeavers, o.heldMoves = nil, nil
}
