-- {"taken": boolean[]}: which names of teams and channels are in use, also by archived ones. $1 [{"kind", "team_id", "name"}].
SELECT json_build_object('taken', coalesce(json_agg(
    CASE names.name ->> 'kind'
        WHEN 'team' THEN EXISTS (SELECT 1 FROM teams WHERE teams.name = names.name ->> 'name')
        ELSE EXISTS (SELECT 1 FROM channels WHERE channels.teamid = names.name ->> 'team_id' AND channels.name = names.name ->> 'name')
    END
    ORDER BY names.position
), '[]'))::text
FROM json_array_elements($1::json) WITH ORDINALITY AS names (name, position)
