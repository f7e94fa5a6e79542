-- The ID of the team or channel with the ID $1, or of the one that the plugin's bot $2 has made since $6 (ms) with kind $3, team $4, and
-- name $5; no row if there is none. A team that the plugin makes has the company name $7, because teams have no creator.
SELECT id FROM teams WHERE id = $1
UNION ALL
SELECT id FROM channels WHERE id = $1
UNION ALL
SELECT id FROM teams WHERE $1 = '' AND $3 = 'team' AND name = $5 AND companyname = $7 AND createat >= $6
UNION ALL
SELECT id FROM channels WHERE $1 = '' AND $3 = 'channel' AND teamid = $4 AND name = $5 AND creatorid = $2 AND createat >= $6
LIMIT 1
