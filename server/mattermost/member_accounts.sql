-- {"account_ids": string[]}: the active accounts of directory users, in their order; '' for a user without one. $1 tenant ID, $2 object IDs
-- (JSON array of text). Bots and accounts of other servers are no one's.
SELECT json_build_object('account_ids', coalesce(json_agg(coalesce(accounts.id, '') ORDER BY object_ids.position), '[]'))::text
FROM json_array_elements_text($2::json) WITH ORDINALITY AS object_ids (object_id, position)
LEFT JOIN (
    SELECT links.object_id, users.id
    FROM entrasync_links AS links
    JOIN users ON users.id = links.account_id
    LEFT JOIN bots ON bots.userid = users.id
    WHERE links.tenant_id = $1 AND coalesce(users.deleteat, 0) = 0 AND bots.userid IS NULL AND coalesce(users.remoteid, '') = ''
) AS accounts ON accounts.object_id = object_ids.object_id
