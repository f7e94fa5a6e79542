-- [id, …]: the channels of the team $1 with one of the names $2 (JSON array of text); the first name comes first.
SELECT coalesce(json_agg(channels.id ORDER BY names.position), '[]')::text
FROM json_array_elements_text($2::json) WITH ORDINALITY AS names (name, position)
JOIN channels ON channels.teamid = $1 AND channels.name = names.name
