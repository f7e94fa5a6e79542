package days

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"
)

// roomMeddling is a manual change by a Mattermost administrator to a team or channel.
type roomMeddling struct {
	weight int
	do     func(p *play, ctx context.Context, rng *rand.Rand, r *room) error
}

var roomMeddlings = []roomMeddling{
	{6, (*play).addByHand}, {5, (*play).removeByHand}, {4, (*play).changeRoleByHand}, {1, (*play).archiveByHand}, {3, (*play).restoreByHand},
	{1, (*play).renameRoomByHand}, {1, (*play).constrainByHand},
}

// meddleWithRooms makes an administrator change teams, channels, and their members on some days.
func (p *play) meddleWithRooms(ctx context.Context, rng *rand.Rand) error {
	if err := p.fillTeams(ctx, rng); err != nil {
		return err
	}
	if rng.IntN(2) == 0 {
		return nil
	}
	var choices []roomMeddling
	for _, each := range roomMeddlings {
		for range each.weight {
			choices = append(choices, each)
		}
	}
	for range 1 + rng.IntN(3) {
		r := pick(rng, p.oracle.rooms)
		if err := pick(rng, choices).do(p, ctx, rng, r); err != nil {
			return fmt.Errorf("an administrator's work on %s: %w", r, err)
		}
	}
	return nil
}

// fillTeams lets teams take only a few more users on some days.
func (p *play) fillTeams(ctx context.Context, rng *rand.Rand) error {
	seats := roomyTeam
	if rng.IntN(12) == 0 {
		members, _ := p.oracle.rooms[0].count()
		seats = max(1, members+rng.IntN(3))
		p.company.note("a team takes %d users", seats)
	}
	if seats == p.oracle.seatsPerTeam {
		return nil
	}
	return p.resize(ctx, seats)
}

// someAccount is an active account for which `fits`, also one without a user.
func (p *play) someAccount(rng *rand.Rand, fits func(*account) bool) *account {
	fitting := slices.DeleteFunc(slices.Clone(p.oracle.accounts), func(a *account) bool { return !a.isActive || a.isBot || a.id == "" || !fits(a) })
	if len(fitting) == 0 {
		return nil
	}
	return pick(rng, fitting)
}

func (p *play) addByHand(ctx context.Context, rng *rand.Rand, r *room) error {
	a := p.someAccount(rng, func(a *account) bool {
		return !r.seatNow(a).isMember && (r.team == nil || r.team.seatNow(a).isMember)
	})
	if members, _ := r.count(); a == nil || !r.isOpen() || r.team == nil && members >= p.oracle.seatsPerTeam {
		return nil
	}
	p.company.note("by hand: %s is added to %s", a.email, r)
	r.seatOf(a).isMember = true
	if r.team == nil {
		p.oracle.enterSquare(r, a)
		_, _, err := p.admin().AddTeamMember(ctx, r.id, a.id)
		return err
	}
	_, _, err := p.admin().AddChannelMember(ctx, r.id, a.id)
	return err
}

func (p *play) removeByHand(ctx context.Context, rng *rand.Rand, r *room) error {
	a := p.someAccount(rng, func(a *account) bool { return r.seatNow(a).isMember })
	if a == nil || !r.isOpen() || r.isSquare {
		return nil
	}
	p.company.note("by hand: %s is removed from %s", a.email, r)
	p.oracle.empty(r, a)
	if r.team == nil {
		_, err := p.admin().RemoveTeamMember(ctx, r.id, a.id)
		return err
	}
	_, err := p.admin().RemoveUserFromChannel(ctx, r.id, a.id)
	return err
}

func (p *play) changeRoleByHand(ctx context.Context, rng *rand.Rand, r *room) error {
	a := p.someAccount(rng, func(a *account) bool { return r.seatNow(a).isMember })
	if a == nil || !r.isOpen() {
		return nil
	}
	has := r.seatOf(a)
	has.isAdmin = !has.isAdmin
	p.company.note("by hand: %s is admin of %s: %v", a.email, r, has.isAdmin)
	roles := &model.SchemeRoles{SchemeUser: true, SchemeAdmin: has.isAdmin}
	if r.team == nil {
		_, err := p.admin().UpdateTeamMemberSchemeRoles(ctx, r.id, a.id, roles)
		return err
	}
	_, err := p.admin().UpdateChannelMemberSchemeRoles(ctx, r.id, a.id, roles)
	return err
}

func (p *play) archiveByHand(ctx context.Context, _ *rand.Rand, r *room) error {
	if !r.isOpen() || r.isSquare || r.id == "" {
		return nil
	}
	p.company.note("by hand: %s is archived", r)
	r.isArchived = true
	if r.team == nil {
		_, err := p.admin().SoftDeleteTeam(ctx, r.id)
		return err
	}
	_, err := p.admin().DeleteChannel(ctx, r.id)
	return err
}

// restoreByHand restores an archived team or channel, and ends what constrainByHand began.
func (p *play) restoreByHand(ctx context.Context, rng *rand.Rand, _ *room) error {
	closed := slices.DeleteFunc(slices.Clone(p.oracle.rooms), func(r *room) bool { return !r.isArchived && !r.isConstrained })
	if len(closed) == 0 {
		return nil
	}
	r := pick(rng, closed)
	if r.isConstrained {
		return p.constrain(ctx, r, false)
	}
	if r.team != nil && r.team.isArchived {
		r = r.team
	}
	p.company.note("by hand: %s is restored", r)
	r.isArchived = false
	if r.team == nil {
		_, _, err := p.admin().RestoreTeam(ctx, r.id)
		return err
	}
	_, _, err := p.admin().RestoreChannel(ctx, r.id)
	return err
}

func (p *play) renameRoomByHand(ctx context.Context, rng *rand.Rand, r *room) error {
	if !r.isOpen() || r.isSquare {
		return nil
	}
	display := fmt.Sprintf("Called %d", rng.IntN(1000))
	p.company.note("by hand: %s is called %q", r, display)
	r.display = display
	if r.team == nil {
		_, _, err := p.admin().PatchTeam(ctx, r.id, &model.TeamPatch{DisplayName: &display})
		return err
	}
	r.name = fmt.Sprintf("called-%d-%d", len(p.oracle.rooms), rng.Uint32())
	_, _, err := p.admin().PatchChannel(ctx, r.id, &model.ChannelPatch{DisplayName: &display, Name: &r.name})
	return err
}

// constrainByHand lets groups of Mattermost decide who is in a team or channel. The server has no license for it.
func (p *play) constrainByHand(ctx context.Context, _ *rand.Rand, r *room) error {
	if !r.isOpen() || r.isSquare {
		return nil
	}
	return p.constrain(ctx, r, true)
}

func (p *play) constrain(ctx context.Context, r *room, isConstrained bool) error {
	p.company.note("by hand: %s has members by groups of Mattermost: %v", r, isConstrained)
	r.isConstrained = isConstrained
	for _, statement := range []string{`UPDATE teams SET groupconstrained = $2 WHERE id = $1`, `UPDATE channels SET groupconstrained = $2 WHERE id = $1`} {
		if _, err := p.stage.Postgres.DB.ExecContext(ctx, statement, r.id, isConstrained); err != nil {
			return err
		}
	}
	_, err := p.admin().InvalidateCaches(ctx)
	return err
}
