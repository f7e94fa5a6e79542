package days

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// room is a team or channel that rules of the play name, with what the oracle expects of it.
type room struct {
	id      string // Mattermost's; "" until it was seen
	key     string // what tells a room that the sync makes from others: the template of its name and the value
	team    *room  // of a channel, nil for a team
	name    string // in its URL; "" for one with letters that a URL cannot have
	display string

	isArchived, isConstrained bool
	isSquare                  bool // Town Square, which all members of the team are in
	takesFromOthers           bool // an administrator has approved that rules remove users whom others added

	seats map[*account]*seat

	// strangers are members who are no account of the play, and those of them who are admins.
	strangers, strangeAdmins int
}

// seat is what is expected of one account in a room.
type seat struct {
	isMember, isAdmin bool
	state             string // what the sync remembers: added, found, ended, or nothing
	rule, promotedBy  string // the rules for which it added the user and made the user an admin
	unwantedOn        int    // the day of the first full read that no longer wanted the user, 0 if it is wanted
	roleUnwantedOn    int    // the same for the role of an admin
}

const (
	addedBySync   = "added"
	foundBySync   = "found"
	endedByOthers = "ended"
)

func (r *room) String() string { return fmt.Sprintf("%q (%s)", r.display, r.id) }

func (r *room) seatOf(a *account) *seat {
	if r.seats[a] == nil {
		r.seats[a] = &seat{}
	}
	return r.seats[a]
}

// count counts the members with active accounts.
func (r *room) count() (members, admins int) {
	members, admins = r.strangers, r.strangeAdmins
	for each, has := range r.seats {
		if each.isActive && has.isMember {
			members++
			if has.isAdmin {
				admins++
			}
		}
	}
	return members, admins
}

// isOpen reports whether the sync can use the room.
func (r *room) isOpen() bool {
	return !r.isArchived && !r.isConstrained && (r.team == nil || !r.team.isArchived && !r.team.isConstrained)
}

// roomRow is a team or channel in Mattermost's tables.
type roomRow struct {
	ID      string `json:"id"`
	TeamID  string `json:"team_id"`
	Name    string `json:"name"`
	Display string `json:"display"`
}

// seatRow is a membership in Mattermost's tables.
type seatRow struct {
	RoomID    string `json:"room_id"`
	AccountID string `json:"account_id"`
	IsAdmin   bool   `json:"is_admin"`
	IsActive  bool   `json:"is_active"`
}

// All teams, and all their channels without those that each member is in unless the play names them.
const selectRooms = `SELECT coalesce(json_agg(row_to_json(rooms)), '[]') FROM (
	SELECT id, '' AS team_id, name, displayname AS display FROM teams
	UNION ALL SELECT id, teamid, name, displayname FROM channels WHERE teamid <> '' AND name <> 'off-topic') AS rooms`

const selectSeats = `SELECT coalesce(json_agg(row_to_json(seats)), '[]') FROM (
	SELECT teamid AS room_id, userid AS account_id, coalesce(schemeadmin, false) AS is_admin, users.deleteat = 0 AS is_active
	FROM teammembers JOIN users ON users.id = userid WHERE teammembers.deleteat = 0
	UNION ALL SELECT channelid, userid, coalesce(schemeadmin, false), users.deleteat = 0 FROM channelmembers JOIN users ON users.id = userid) AS seats`

func readRows[T any](ctx context.Context, p *play, query string) (rows []T, err error) {
	var encoded []byte
	if err := p.stage.Postgres.DB.QueryRowContext(ctx, query).Scan(&encoded); err != nil {
		return nil, err
	}
	return rows, json.Unmarshal(encoded, &rows)
}

// openRooms creates the teams and channels that rules name by their ID.
func (p *play) openRooms(ctx context.Context) error {
	for _, name := range []string{"company", "club"} {
		team, _, err := p.admin().CreateTeam(ctx, &model.Team{Name: name, DisplayName: name, Type: model.TeamInvite})
		if err != nil {
			return err
		}
		p.oracle.addRoom(&room{id: team.Id, name: name, display: name})
	}
	company, club := p.oracle.rooms[0], p.oracle.rooms[1]
	for _, each := range []*room{{team: company, name: "circle"}, {team: club, name: "stage"}} {
		made, _, err := p.admin().CreateChannel(ctx, &model.Channel{TeamId: each.team.id, Name: each.name, DisplayName: each.name, Type: model.ChannelTypePrivate})
		if err != nil {
			return err
		}
		each.id, each.display = made.Id, each.name
		p.oracle.addRoom(each)
	}
	for _, team := range []*room{company, club} {
		square, _, err := p.admin().GetChannelByName(ctx, model.DefaultChannelName, team.id, "")
		if err != nil {
			return err
		}
		p.oracle.addRoom(&room{id: square.Id, team: team, name: square.Name, display: square.DisplayName, isSquare: true})
	}
	// A team whose only admins are users of the play.
	if _, err := p.admin().UpdateTeamMemberSchemeRoles(ctx, club.id, p.stage.Mattermost.Admin.ID, &model.SchemeRoles{SchemeUser: true}); err != nil {
		return err
	}
	p.oracle.projects = p.company.projects
	p.oracle.firstRules(rand.New(rand.NewPCG(p.seed, firstRulesStream)), p.company)
	if err := p.resize(ctx, roomyTeam); err != nil {
		return err
	}
	return p.configure(ctx)
}

// firstRulesStream is the random stream that decides about the rules of the first day. Days have their numbers.
const firstRulesStream = 1 << 32

// configure saves the policy with the rules as they are.
func (p *play) configure(ctx context.Context) error {
	policy := p.oracle.policy()
	policy["memberships"] = p.oracle.membershipPolicy()
	return p.stage.Mattermost.ConfigurePlugin(ctx, stage.PluginID, map[string]any{"Policy": policy})
}

// resize changes how many users a team takes.
func (p *play) resize(ctx context.Context, seats int) error {
	p.oracle.seatsPerTeam = seats
	_, _, err := p.admin().PatchConfig(ctx, &model.Config{TeamSettings: model.TeamSettings{MaxUsersPerTeam: &seats}})
	return err
}

func (o *oracle) addRoom(r *room) *room {
	r.seats = map[*account]*seat{}
	o.rooms = append(o.rooms, r)
	return r
}

// checkRooms compares teams, channels, and their members with the oracle. Rooms that the sync has made become known.
func (p *play) checkRooms(ctx context.Context) error {
	rows, err := readRows[roomRow](ctx, p, selectRooms)
	if err != nil {
		return err
	}
	found := p.oracle.compareRooms(rows)
	seats, err := readRows[seatRow](ctx, p, selectSeats)
	if err != nil {
		return err
	}
	if found = append(found, p.oracle.compareSeats(seats)...); len(found) > 0 {
		return fmt.Errorf("teams and channels:\n%s\n%s", strings.Join(found, "\n"), p.ledger(ctx, found))
	}
	return nil
}

// ledger is what the plugin remembers about the accounts in these lines, for the report.
func (p *play) ledger(ctx context.Context, lines []string) string {
	const query = `SELECT coalesce(json_agg(row_to_json(known)), '[]') FROM (
		SELECT email, deleteat, object_id, placement, target_id, rule_id, state, promoted_by, unwanted_since, role_unwanted_since
		FROM users LEFT JOIN entrasync_links ON entrasync_links.account_id = users.id
		LEFT JOIN entrasync_memberships AS known ON known.account_id = users.id) AS known`
	rows, err := readRows[map[string]any](ctx, p, query)
	if err != nil {
		return err.Error()
	}
	var told strings.Builder
	for _, each := range rows {
		if slices.ContainsFunc(lines, func(line string) bool {
			return strings.HasPrefix(line, fmt.Sprint(each["email"], " in "))
		}) {
			fmt.Fprintf(&told, "the plugin knows %v\n", each)
		}
	}
	return told.String()
}

func (o *oracle) compareRooms(rows []roomRow) (found []string) {
	missing := map[string]*room{}
	for _, each := range o.rooms {
		missing[each.id] = each
	}
	for _, real := range rows {
		each := missing[real.ID]
		if each == nil {
			each = o.greetRoom(real)
		}
		if each == nil {
			if real.Name != model.DefaultChannelName {
				found = append(found, fmt.Sprintf("a team or channel that should not be: %+v", real))
			}
			continue
		}
		if each.name == "" {
			each.name = real.Name
		}
		each.display = real.Display
		delete(missing, real.ID)
	}
	for _, each := range o.rooms {
		if each.id == "" || missing[each.id] != nil {
			found = append(found, fmt.Sprintf("a team or channel that is missing: %s", each))
		}
	}
	return found
}

// greetRoom finds the room that the oracle expects and that has not been seen yet.
func (o *oracle) greetRoom(real roomRow) *room {
	for _, each := range o.rooms {
		teamID := ""
		if each.team != nil {
			teamID = each.team.id
		}
		if each.id == "" && teamID == real.TeamID && strings.EqualFold(each.display, real.Display) && (each.name == "" || each.name == real.Name) {
			each.id = real.ID
			return each
		}
	}
	return nil
}

// compareSeats compares who is in the rooms. Members who are no accounts of the play are only counted.
func (o *oracle) compareSeats(rows []seatRow) (found []string) {
	for _, each := range o.rooms {
		each.strangers, each.strangeAdmins = 0, 0
		real := map[*account]seatRow{}
		for _, row := range rows {
			at := slices.IndexFunc(o.accounts, func(a *account) bool { return a.id == row.AccountID })
			switch {
			case row.RoomID != each.id:
			case at >= 0:
				real[o.accounts[at]] = row
			case row.IsActive:
				each.strangers++
				if row.IsAdmin {
					each.strangeAdmins++
				}
			}
		}
		for _, a := range o.accounts {
			has, isMember := real[a]
			want := each.seats[a]
			if want == nil {
				want = &seat{}
			}
			if want.isMember != isMember || want.isAdmin != has.IsAdmin {
				found = append(found, fmt.Sprintf("%s in %s should be %s is %s (%+v)", a.email, each, seatName(want.isMember, want.isAdmin), seatName(isMember, has.IsAdmin), *want))
			}
		}
	}
	return found
}

func seatName(isMember, isAdmin bool) string {
	switch {
	case isAdmin:
		return "an admin"
	case isMember:
		return "a member"
	default:
		return "no member"
	}
}
