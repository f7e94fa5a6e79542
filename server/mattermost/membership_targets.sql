-- {"targets": MembershipTarget[]}: teams and channels by ID, archived ones too, and system roles by name. $1 IDs (JSON array of text), $2 the
-- names of the channels that each member of a team is in (JSON array of text), $3 how many active users a team takes. All active users are
-- members of a system role; its admins are those who have it.
WITH wanted AS (
    SELECT id FROM json_array_elements_text($1::json) AS target (id)
), found AS (
    SELECT
        teams.id,
        'team' AS kind,
        '' AS team_id,
        '' AS team_name,
        coalesce(teams.name, '') AS name,
        coalesce(teams.displayname, '') AS display_name,
        coalesce(teams.deleteat, 0) <> 0 AS is_archived,
        coalesce(teams.groupconstrained, false) AS is_group_constrained,
        false AS is_default_channel,
        counted.members,
        counted.admins
    FROM wanted
    JOIN teams ON teams.id = wanted.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS members, count(*) FILTER (WHERE teammembers.schemeadmin) AS admins
        FROM teammembers
        JOIN users ON users.id = teammembers.userid
        WHERE teammembers.teamid = teams.id AND coalesce(teammembers.deleteat, 0) = 0 AND coalesce(users.deleteat, 0) = 0
    ) AS counted
    UNION ALL
    SELECT
        channels.id,
        'channel',
        coalesce(channels.teamid, ''),
        coalesce(teams.displayname, ''),
        coalesce(channels.name, ''),
        coalesce(channels.displayname, ''),
        coalesce(channels.deleteat, 0) <> 0,
        coalesce(channels.groupconstrained, false),
        channels.name IN (SELECT json_array_elements_text($2::json)),
        counted.members,
        counted.admins
    FROM wanted
    JOIN channels ON channels.id = wanted.id
    LEFT JOIN teams ON teams.id = channels.teamid
    CROSS JOIN LATERAL (
        SELECT count(*) AS members, count(*) FILTER (WHERE channelmembers.schemeadmin) AS admins
        FROM channelmembers
        JOIN users ON users.id = channelmembers.userid
        WHERE channelmembers.channelid = channels.id AND coalesce(users.deleteat, 0) = 0
    ) AS counted
    UNION ALL
    SELECT
        roles.name,
        'system_role',
        '',
        '',
        roles.name,
        roles.name,
        roles.deleteat <> 0,
        false,
        false,
        counted.members,
        counted.admins
    FROM wanted
    JOIN roles ON roles.name = wanted.id AND roles.name LIKE 'system\_%'
    CROSS JOIN LATERAL (
        SELECT count(*) AS members, count(*) FILTER (WHERE roles.name = ANY (string_to_array(users.roles, ' '))) AS admins
        FROM users
        WHERE coalesce(users.deleteat, 0) = 0
    ) AS counted
), listed AS (
    SELECT
        found.*,
        EXISTS (SELECT 1 FROM accesscontrolpolicies WHERE accesscontrolpolicies.id = found.id) AS is_access_controlled,
        CASE WHEN found.kind = 'team' THEN greatest(0, $3::bigint - found.members) END AS room
    FROM found
)
SELECT json_build_object('targets', coalesce(json_agg(listed), '[]'))::text FROM listed
