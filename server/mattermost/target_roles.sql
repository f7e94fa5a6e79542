-- The roles of users and admins of the team or channel $1: those of its scheme, for a channel else of the scheme of its team, else the
-- server's own. No row if there is no such target.
SELECT
    coalesce(nullif(schemes.defaultteamuserrole, ''), 'team_user') AS user_role,
    coalesce(nullif(schemes.defaultteamadminrole, ''), 'team_admin') AS admin_role
FROM teams
LEFT JOIN schemes ON schemes.id = teams.schemeid
WHERE teams.id = $1
UNION ALL
SELECT
    coalesce(nullif(schemes.defaultchanneluserrole, ''), 'channel_user'),
    coalesce(nullif(schemes.defaultchanneladminrole, ''), 'channel_admin')
FROM channels
LEFT JOIN teams ON teams.id = channels.teamid
LEFT JOIN schemes ON schemes.id = coalesce(nullif(channels.schemeid, ''), teams.schemeid)
WHERE channels.id = $1
