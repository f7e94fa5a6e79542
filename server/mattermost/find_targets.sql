-- {"targets": [{id, kind, team_id, team_name, name, display_name, is_open, is_archived, is_group_constrained}]}: teams, and public and private
-- channels of teams. With IDs ($1, a JSON array of text), those; without, at most $5 of the kind $2, channels of the team $3, whose name or
-- display name contains the text $4: first those that are not archived, and of these those that begin with the text.
WITH wanted AS (
    SELECT id FROM json_array_elements_text($1::json) AS target (id)
), target AS (
    SELECT id, 'team' AS kind, '' AS team_id, '' AS team_name, coalesce(name, '') AS name, coalesce(displayname, '') AS display_name,
        coalesce(type::text, '') = 'O' AS is_open, coalesce(deleteat, 0) <> 0 AS is_archived, coalesce(groupconstrained, false) AS is_group_constrained
    FROM teams
    WHERE $2 = 'team' OR id IN (SELECT id FROM wanted)
    UNION ALL
    SELECT channels.id, 'channel', channels.teamid, coalesce(teams.displayname, ''), coalesce(channels.name, ''), coalesce(channels.displayname, ''),
        channels.type::text = 'O', coalesce(channels.deleteat, 0) <> 0, coalesce(channels.groupconstrained, false)
    FROM channels
    JOIN teams ON teams.id = channels.teamid
    WHERE channels.type::text IN ('O', 'P') AND (($2 = 'channel' AND channels.teamid = $3) OR channels.id IN (SELECT id FROM wanted))
), fitting AS (
    SELECT target.*, row_number() OVER (
        ORDER BY is_archived, NOT starts_with(lower(display_name), lower($4)), lower(display_name), id
    ) AS position
    FROM target
    WHERE strpos(lower(display_name), lower($4)) > 0 OR strpos(lower(name), lower($4)) > 0
    ORDER BY position
    LIMIT $5
)
SELECT json_build_object('targets', coalesce(json_agg(json_build_object(
    'id', id, 'kind', kind, 'team_id', team_id, 'team_name', team_name, 'name', name, 'display_name', display_name,
    'is_open', is_open, 'is_archived', is_archived, 'is_group_constrained', is_group_constrained
) ORDER BY position), '[]'))::text
FROM fitting
