package mattermost

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

//go:embed target_roles.sql
var targetRoles string

// schemeRoles are the names of the roles that the scheme of a target gives to its members.
type schemeRoles struct {
	user, admin string
}

// kindSystemRole is the kind of target whose admins are the users with a system role, its ID.
const kindSystemRole = "system_role"

// SetAdmin takes {"kind", "target_id", "account_ids": string[], "is_admin"} and returns {"results": [{facts}]} in the order of the
// accounts. All other roles of a member stay.
func (m *Memberships) SetAdmin(ctx context.Context, options WriteOptions, input json.RawMessage) (any, error) {
	request, err := membershipWriteFrom(input)
	if err != nil {
		return nil, err
	}
	if request.Kind == kindSystemRole {
		// One at a time: the server counts the system admins before it takes the role from one.
		return writeAll(ctx, request.AccountIDs, WriteOptions{Wrote: options.Wrote}, never, func(accountID string) writeResult {
			if facts := m.setSystemRole(request.TargetID, accountID, request.IsAdmin); facts != nil {
				return writeResult{Facts: facts}
			}
			return writeResult{AccountID: accountID}
		}), nil
	}
	var roles schemeRoles
	err = m.db.QueryRowContext(ctx, targetRoles, request.TargetID).Scan(&roles.user, &roles.admin)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, databaseFailed(err)
	}
	set := m.setChannelAdmin
	if request.Kind == kindTeam {
		set = m.setTeamAdmin
	}
	return writeAll(ctx, request.AccountIDs, options, never, func(accountID string) writeResult {
		if facts := set(request.TargetID, accountID, roles, request.IsAdmin); facts != nil {
			return writeResult{Facts: facts}
		}
		return writeResult{AccountID: accountID}
	}), nil
}

func (m *Memberships) setTeamAdmin(teamID, accountID string, roles schemeRoles, isAdmin bool) *fault.Facts {
	member, err := m.api.GetTeamMember(teamID, accountID)
	if err != nil {
		return factsOf(err)
	}
	if member.DeleteAt != 0 {
		return factsOf(&model.AppError{Id: "app.team.get_member.missing.app_error"})
	}
	if member.SchemeGuest {
		return guestFacts()
	}
	if member.SchemeAdmin == isAdmin {
		return nil
	}
	if _, err := m.api.UpdateTeamMemberRoles(teamID, accountID, roles.list(member.ExplicitRoles, isAdmin)); err != nil {
		return factsOf(err)
	}
	return nil
}

func (m *Memberships) setChannelAdmin(channelID, accountID string, roles schemeRoles, isAdmin bool) *fault.Facts {
	member, err := m.api.GetChannelMember(channelID, accountID)
	if err != nil {
		return factsOf(err)
	}
	if member.SchemeGuest {
		return guestFacts()
	}
	if member.SchemeAdmin == isAdmin {
		return nil
	}
	if _, err := m.api.UpdateChannelMemberRoles(channelID, accountID, roles.list(member.ExplicitRoles, isAdmin)); err != nil {
		return factsOf(err)
	}
	return nil
}

// setSystemRole gives a role to an active user, or takes it from any user. All other roles stay.
func (m *Memberships) setSystemRole(role, accountID string, isGiven bool) *fault.Facts {
	user, err := m.api.GetUser(accountID)
	if err != nil {
		return factsOf(err)
	}
	others := strings.Fields(user.Roles)
	hasRole := slices.Contains(others, role)
	if hasRole == isGiven {
		return nil
	}
	if isGiven {
		if user.IsGuest() || user.IsBot {
			return guestFacts()
		}
		if user.DeleteAt != 0 {
			facts := fault.HostFacts(fault.AccountInactive)
			return &facts
		}
		others = append(others, role)
	} else {
		others = slices.DeleteFunc(others, func(name string) bool { return name == role })
	}
	if _, err := m.api.UpdateUserRoles(accountID, strings.Join(others, " ")); err != nil {
		return factsOf(err)
	}
	return nil
}

// guestFacts: the server would make a guest an admin when asked this way, which no page of it does.
func guestFacts() *fault.Facts {
	facts := fault.HostFacts(fault.GuestRefused)
	return &facts
}

// list is the full list of roles that the server wants.
func (r schemeRoles) list(explicit string, isAdmin bool) string {
	list := append(strings.Fields(explicit), r.user)
	if isAdmin {
		list = append(list, r.admin)
	}
	return strings.Join(list, " ")
}
