package days

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// row is an account in Mattermost's table, with the object ID that the plugin linked.
type row struct {
	ID          string  `json:"id"`
	Username    string  `json:"username"`
	Email       string  `json:"email"`
	Nickname    string  `json:"nickname"`
	FirstName   string  `json:"firstname"`
	LastName    string  `json:"lastname"`
	Position    string  `json:"position"`
	Locale      string  `json:"locale"`
	Roles       string  `json:"roles"`
	IsVerified  bool    `json:"emailverified"`
	AuthService *string `json:"authservice"`
	AuthData    *string `json:"authdata"`
	DeleteAt    int64   `json:"deleteat"`
	Links       int     `json:"links"`
	ObjectID    *string `json:"object_id"`
}

// Accounts outside the play: those of the stage, and bots without a link. A link without an account is on its own.
const selectAccounts = `SELECT coalesce(json_agg(row_to_json(rows)), '[]') FROM (
	SELECT users.*, links.object_id, (SELECT count(*) FROM entrasync_links WHERE account_id = links.account_id) AS links
	FROM users FULL JOIN entrasync_links AS links ON links.account_id = users.id
	WHERE users.id IS NULL OR NOT (users.email LIKE '%@mattermost.example' OR links.object_id IS NULL AND users.id IN (SELECT userid FROM bots))
) AS rows`

func (p *play) readAccounts(ctx context.Context) ([]row, error) {
	var encoded []byte
	if err := p.stage.Postgres.DB.QueryRowContext(ctx, selectAccounts).Scan(&encoded); err != nil {
		return nil, err
	}
	var rows []row
	return rows, json.Unmarshal(encoded, &rows)
}

func textOf(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// shape is an account for comparison, by field name.
func (r row) shape() map[string]string {
	return map[string]string{
		"id": r.ID, "owner": textOf(r.ObjectID), "signIn": textOf(r.AuthService), "authData": textOf(r.AuthData), "email": r.Email,
		"username": r.Username, "locale": r.Locale, "nickname": r.Nickname, "first": r.FirstName, "last": r.LastName, "position": r.Position,
		"isActive": fmt.Sprint(r.DeleteAt == 0), "isVerified": fmt.Sprint(r.IsVerified),
		"role": strings.TrimSpace(strings.TrimPrefix(r.Roles, model.SystemUserRoleId)),
	}
}

func (a *account) shape() map[string]string {
	return map[string]string{
		"id": a.id, "owner": a.owner, "signIn": a.signIn, "authData": a.authData, "email": a.email,
		"username": a.username, "locale": a.locale, "nickname": a.nickname, "first": a.first, "last": a.last, "position": a.position,
		"isActive": fmt.Sprint(a.isActive), "isVerified": fmt.Sprint(a.isVerified), "role": a.role,
	}
}

// differences compares the server with the oracle, and returns each difference with both values. New accounts become known: from
// then on, their IDs and usernames must not change.
func (o *oracle) differences(rows []row) (found []string) {
	known := map[string]*account{}
	for _, each := range o.accounts {
		known[each.id] = each
	}
	for _, real := range rows {
		each := known[real.ID]
		if each == nil {
			each = o.greet(real)
		}
		if each == nil {
			found = append(found, fmt.Sprintf("an account that should not be: %v", real.shape()))
			continue
		}
		if real.Links > 1 {
			found = append(found, fmt.Sprintf("an account with %d links: %v", real.Links, real.shape()))
		}
		delete(known, real.ID)
		each.learnName(real.Username)
		found = append(found, sideBySide(each.shape(), real.shape())...)
	}
	for _, each := range o.accounts {
		if each.id == "" || known[each.id] != nil {
			found = append(found, fmt.Sprintf("an account that is missing: %v", each.shape()))
		}
	}
	return found
}

// greet finds the account that the oracle predicted and that has not been seen yet.
func (o *oracle) greet(real row) *account {
	for _, each := range o.accounts {
		if each.id == "" && each.owner == textOf(real.ObjectID) {
			each.id = real.ID
			return each
		}
	}
	return nil
}

func sideBySide(want, got map[string]string) (lines []string) {
	for _, field := range slices.Sorted(maps.Keys(want)) {
		if want[field] != got[field] {
			lines = append(lines, fmt.Sprintf("  %-9s should be %-40.120q is %.120q", field, want[field], got[field]))
		}
	}
	if len(lines) > 0 {
		lines = append([]string{fmt.Sprintf("account %s (%s) of %q:", got["username"], got["email"], got["owner"])}, lines...)
	}
	return lines
}
