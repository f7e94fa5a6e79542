package days

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"
)

// otherService is a sign-in method that no policy of the play has.
const otherService = model.UserAuthServiceSaml

// switchSignIn makes an account sign in through another service than the policy's, or through the policy's again.
func (p *play) switchSignIn(ctx context.Context, rng *rand.Rand, who *person, has *account) error {
	if has == nil || has.isBot || has.role == adminRole {
		return nil
	}
	auth := &model.UserAuth{AuthService: otherService, AuthData: model.NewPointer(fmt.Sprintf("saml-%d", rng.Uint32()))}
	if has.signIn == otherService {
		if p.oracle.signIn == "" || p.oracle.hasAuthData(has.owner) {
			return nil
		}
		auth = &model.UserAuth{AuthService: p.oracle.signIn, AuthData: &has.owner}
	}
	p.company.note("by hand: the account of %s signs in by %s", who, auth.AuthService)
	has.signIn, has.authData = auth.AuthService, *auth.AuthData
	_, _, err := p.admin().UpdateUserAuth(ctx, has.id, auth)
	return err
}

// squat registers an account with the address of a user who has none, or whom the company hires then, and signs in to it.
func (p *play) squat(ctx context.Context, rng *rand.Rand, who *person, has *account) error {
	if has != nil || !hasAddress(who) || p.oracle.ofEmail(who.email()) != nil {
		who = p.company.hire(rng)
		if p.oracle.ofEmail(who.email()) != nil {
			return nil
		}
		p.company.save(who)
	}
	p.handmade++
	const password = "Squatters-Password-1!"
	user := &model.User{Username: fmt.Sprintf("squatter.%d", p.handmade), Email: who.email(), Password: password, Locale: "fr"}
	p.company.note("a squatter has the address of %s", who)
	created, _, err := p.admin().CreateUser(ctx, user)
	if err != nil {
		return err
	}
	p.oracle.accounts = append(p.oracle.accounts, &account{id: created.Id, username: user.Username, email: user.Email, locale: user.Locale, isActive: true})
	_, _, err = p.stage.Mattermost.Client().Login(ctx, user.Username, password)
	return err
}

// verifyByHand verifies the address of an account, as an administrator does for old accounts.
func (p *play) verifyByHand(ctx context.Context, rng *rand.Rand, _ *person, _ *account) error {
	var unverified []*account
	for _, each := range p.oracle.accounts {
		if !each.isVerified && each.isActive && !each.isBot {
			unverified = append(unverified, each)
		}
	}
	if len(unverified) == 0 {
		return nil
	}
	chosen := pick(rng, unverified)
	chosen.isVerified = true
	p.company.note("by hand: the address %s is verified", chosen.email)
	_, _, err := p.admin().VerifyUserEmailWithoutToken(ctx, chosen.id)
	return err
}

// makeBot turns a linked account into a bot.
func (p *play) makeBot(ctx context.Context, _ *rand.Rand, who *person, has *account) error {
	hasBot := slices.ContainsFunc(p.oracle.accounts, func(each *account) bool { return each.isBot })
	if has == nil || has.isBot || !has.isActive || has.role != "" || hasBot && has.signIn != "" {
		return nil // the server gives all bots that had a service the same sign-in data, and refuses the second one
	}
	p.company.note("by hand: the account of %s is a bot now", who)
	has.isBot, has.signIn, has.authData = true, "", ""
	_, _, err := p.admin().ConvertUserToBot(ctx, has.id)
	return err
}
