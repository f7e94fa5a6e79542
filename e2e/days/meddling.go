package days

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/mattermost/mattermost/server/public/model"
)

// meddling is a manual change by a Mattermost administrator to a user's account, or instead of the sync.
type meddling struct {
	weight int
	do     func(p *play, ctx context.Context, rng *rand.Rand, who *person, has *account) error
}

var meddlings = []meddling{
	{4, (*play).deactivateByHand}, {4, (*play).activateByHand}, {3, (*play).editByHand}, {2, (*play).readdressByHand},
	{4, (*play).makeByHand}, {2, (*play).promote}, {3, (*play).switchSignIn}, {3, (*play).squat}, {1, (*play).verifyByHand}, {1, (*play).makeBot},
}

// meddle makes an administrator change something on some days.
func (p *play) meddle(ctx context.Context, rng *rand.Rand) error {
	if rng.IntN(3) != 0 {
		return nil
	}
	for range 1 + rng.IntN(2) {
		var choices []meddling
		for _, each := range meddlings {
			for range each.weight {
				choices = append(choices, each)
			}
		}
		chosen := pick(rng, choices)
		for _, who := range p.company.some(rng, 1, func(*person) bool { return true }) {
			if err := chosen.do(p, ctx, rng, who, p.oracle.ofOwner(who.id)); err != nil {
				return fmt.Errorf("an administrator's work on %s: %w", who, err)
			}
		}
	}
	return nil
}

func (p *play) admin() *model.Client4 { return p.stage.Mattermost.Admin.Client }

func (p *play) deactivateByHand(ctx context.Context, _ *rand.Rand, who *person, has *account) error {
	if has == nil || has.role == adminRole || has.isBot {
		return nil
	}
	p.company.note("by hand: the account of %s is deactivated", who)
	has.isActive, has.isOffBySync = false, false
	has.touch()
	_, err := p.admin().UpdateUserActive(ctx, has.id, false)
	return err
}

func (p *play) activateByHand(ctx context.Context, rng *rand.Rand, _ *person, _ *account) error {
	var inactive []*account
	for _, each := range p.oracle.accounts {
		if !each.isActive && !each.isBot {
			inactive = append(inactive, each)
		}
	}
	if len(inactive) == 0 {
		return nil
	}
	chosen := pick(rng, inactive)
	p.company.note("by hand: the account with the address %s is activated", chosen.email)
	chosen.isActive, chosen.isOffBySync = true, false
	chosen.touch()
	_, err := p.admin().UpdateUserActive(ctx, chosen.id, true)
	return err
}

func (p *play) editByHand(ctx context.Context, rng *rand.Rand, who *person, has *account) error {
	if has == nil || has.isBot {
		return nil
	}
	has.nickname, has.position = "By hand", fmt.Sprintf("Number %d", rng.IntN(1000))
	p.company.note("by hand: the account of %s is called %q, %q", who, has.nickname, has.position)
	has.touch()
	_, _, err := p.admin().PatchUser(ctx, has.id, &model.UserPatch{Nickname: &has.nickname, Position: &has.position})
	return err
}

func (p *play) readdressByHand(ctx context.Context, rng *rand.Rand, who *person, has *account) error {
	if has == nil || has.isBot || has.signIn == otherService {
		return nil
	}
	wanted := fmt.Sprintf("byhand%d@elsewhere.example", rng.Uint32())
	p.company.note("by hand: the account of %s gets the address %s", who, wanted)
	if has.signIn == "" { // the server keeps the address of an account with another sign-in method, without an error
		has.email, has.isVerified = wanted, false
	}
	has.touch()
	_, _, err := p.admin().PatchUser(ctx, has.id, &model.UserPatch{Email: &wanted})
	return err
}

// makeByHand creates an account for a user without one, or one without a directory user.
func (p *play) makeByHand(ctx context.Context, rng *rand.Rand, who *person, has *account) error {
	p.handmade++
	user := &model.User{Username: fmt.Sprintf("by.hand.%d", p.handmade), Email: fmt.Sprintf("byhand%d@elsewhere.example", rng.Uint32()), Nickname: "By hand", Locale: "fr"}
	made := &account{username: user.Username, nickname: user.Nickname, locale: user.Locale, isActive: true}
	if has == nil && hasAddress(who) && p.oracle.ofEmail(who.email()) == nil {
		user.Email = who.email()
	}
	switch kind := rng.IntN(4); {
	case kind == 0:
		user.Password = "By-hand-made-1!"
	case kind == 1 && !p.oracle.hasAuthData(who.id):
		user.AuthService, user.AuthData = model.ServiceOffice365, &who.id
	case kind == 2:
		stranger := fmt.Sprintf("%08x-ffff-4fff-8fff-000000000000", rng.Uint32())
		user.AuthService, user.AuthData = model.ServiceOffice365, &stranger
	default:
		user.AuthService = model.ServiceOffice365
	}
	made.email, made.signIn = user.Email, user.AuthService
	if user.AuthData != nil {
		made.authData = *user.AuthData
	}
	p.company.note("by hand: an account %s with the address %s, signing in by %q as %q, is made beside %s", made.username, made.email, made.signIn, made.authData, who)
	created, _, err := p.admin().CreateUser(ctx, user)
	if err != nil {
		return err
	}
	made.id = created.Id
	p.oracle.accounts = append(p.oracle.accounts, made)
	return nil
}

// adminRole is the role of a system administrator.
const adminRole = model.SystemAdminRoleId

// promote makes an account that of an administrator or gives it another role, or makes it an ordinary one again.
func (p *play) promote(ctx context.Context, rng *rand.Rand, who *person, has *account) error {
	if has == nil || !has.isActive || has.isBot {
		return nil
	}
	roles := model.SystemUserRoleId
	if has.role != "" {
		has.role = ""
	} else {
		has.role = pick(rng, []string{adminRole, model.SystemUserAccessTokenRoleId})
		roles += " " + has.role
	}
	has.touch()
	p.company.note("by hand: the account of %s has the roles %s", who, roles)
	_, err := p.admin().UpdateUserRoles(ctx, has.id, roles)
	return err
}
