-- {"unchanged": […], "same": […]}: object IDs of the users in $2 that the directory describes as it did when the sync last
-- confirmed their account. The account of "unchanged" users has not changed since; that of "same" users has. $1 tenant ID, $2
-- [{"id", "fingerprint"}].
WITH described AS (
    SELECT links.object_id, users.deleteat = 0 AND users.updateat = links.account_updated_at
        -- What turns an account into a bot or into one of another server does not touch its time of change.
        AND coalesce(users.remoteid, '') = '' AND NOT EXISTS (SELECT 1 FROM bots WHERE bots.userid = links.account_id)
        AND links.left_at = 0 AND links.absent_reads = 0 AND links.deactivated_at = 0 AS untouched
    FROM json_to_recordset($2::json) AS people (id text, fingerprint text)
    CROSS JOIN LATERAL (
        SELECT * FROM entrasync_links WHERE tenant_id = $1 AND object_id = people.id LIMIT 1
    ) AS links
    CROSS JOIN LATERAL (SELECT deleteat, updateat, remoteid FROM users WHERE users.id = links.account_id LIMIT 1) AS users
    WHERE links.fingerprint = people.fingerprint
)
SELECT json_build_object(
    'unchanged', coalesce(json_agg(object_id) FILTER (WHERE untouched), '[]'),
    'same', coalesce(json_agg(object_id) FILTER (WHERE NOT untouched), '[]')
)::text
FROM described
