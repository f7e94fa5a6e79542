package mattermost

import (
	"context"

	"github.com/mattermost/mattermost/server/public/model"
)

// unlicensedUsers is the user limit of a server without a license: maxUsersHardLimit in channels/app/limits.go of Mattermost
// 11.1, the oldest version that the plugin runs on (min_server_version in plugin.json).
const unlicensedUsers = 250

// countUsers counts active users as the server does before it accepts another (app.GetServerLimits, which calls
// SqlUserStore.Count without options): no bots and no users of another server in a shared channel. Guests count.
const countUsers = `
	SELECT json_build_object('limit', $1::bigint, 'active', count(*))::text
	FROM users
	LEFT JOIN bots ON bots.userid = users.id
	WHERE users.deleteat = 0 AND bots.userid IS NULL AND coalesce(users.remoteid, '') = ''`

// Room returns {"limit": number|null, "active": number}: the server's user limit, null for no limit, and how many active users
// it has.
func (a *Accounts) Room(ctx context.Context) (any, error) {
	return a.queryJSON(ctx, countUsers, userLimit(a.api.GetLicense()))
}

// userLimit follows app.GetServerLimits: a license limits users only if it enforces its seats, and may allow some more.
func userLimit(license *model.License) *int64 {
	limit := int64(unlicensedUsers)
	if license == nil {
		return &limit
	}
	if !license.IsSeatCountEnforced || license.Features == nil || license.Features.Users == nil {
		return nil
	}
	limit = int64(*license.Features.Users)
	if license.ExtraUsers != nil {
		limit += int64(*license.ExtraUsers)
	}
	if limit == 0 {
		return nil // to the server, 0 means no limit
	}
	return &limit
}
