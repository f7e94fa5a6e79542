-- {"accounts": […]}: the accounts that match any of the keys. $1 tenant ID, $2 object IDs, $3 lower-case emails, $4 auth data,
-- $5 auth service ('': no auth data), $6 usernames ($2 to $4 and $6: JSON arrays of text). Mattermost keeps usernames in lower case, and
-- auth data only once among all services.
--
-- Each part of the union finds its accounts by an index. One condition with OR over all of them, or a join with the keys, would
-- read the whole table. LATERAL with LIMIT looks up the primary key for each row: with a plain condition or join, a planner
-- without statistics, as right after a first import, would read the whole table there as well.
WITH wanted AS (
    SELECT links.account_id AS id
    FROM json_array_elements_text($2::json) AS object_ids (object_id)
    CROSS JOIN LATERAL (
        SELECT account_id
        FROM entrasync_links
        WHERE tenant_id = $1 AND object_id = object_ids.object_id
        LIMIT 1
    ) AS links
    UNION
    SELECT users.id
    FROM users
    WHERE lower(users.email) = ANY (ARRAY(SELECT json_array_elements_text($3::json)))
    UNION
    SELECT users.id
    FROM users
    WHERE users.authdata = ANY (ARRAY(SELECT json_array_elements_text($4::json)))
        AND $5 <> ''
    UNION
    SELECT users.id
    FROM users
    WHERE users.username = ANY (ARRAY(SELECT json_array_elements_text($6::json)))
)
SELECT json_build_object('accounts', coalesce(json_agg(found), '[]'))::text
FROM (
    SELECT
        users.id,
        users.username,
        users.email,
        coalesce(users.emailverified, false) AS email_verified,
        coalesce(users.nickname, '') AS nickname,
        coalesce(users.firstname, '') AS first_name,
        coalesce(users.lastname, '') AS last_name,
        coalesce(users.position, '') AS position,
        coalesce(users.locale, '') AS locale,
        CASE WHEN users.timezone ->> 'useAutomaticTimezone' = 'false' THEN coalesce(users.timezone ->> 'manualTimezone', '') ELSE '' END AS timezone,
        coalesce(users.authservice, '') AS auth_service,
        coalesce(users.authdata, '') AS auth_data,
        coalesce(users.deleteat, 0) AS delete_at,
        coalesce(users.updateat, 0) AS updated_at,
        bots.userid IS NOT NULL AS is_bot,
        coalesce(users.remoteid, '') <> '' AS is_remote,
        coalesce(users.roles, '') AS roles,
        -- The inner search runs only for accounts that are administrators themselves, and ends at the first other one.
        CASE
            WHEN users.deleteat = 0 AND bots.userid IS NULL AND 'system_admin' = ANY (string_to_array(users.roles, ' '))
            THEN NOT EXISTS (
                SELECT 1
                FROM users AS others
                LEFT JOIN bots AS other_bots ON other_bots.userid = others.id
                WHERE others.id <> users.id
                    AND others.deleteat = 0
                    AND other_bots.userid IS NULL
                    AND 'system_admin' = ANY (string_to_array(others.roles, ' '))
            )
            ELSE false
        END AS is_last_admin,
        coalesce(links.object_id, '') AS linked_object_id,
        coalesce(links.scope_values, '') AS scope_values,
        CASE
            WHEN links.left_at <> 0 OR links.absent_reads <> 0 OR links.deactivated_at <> 0
            THEN json_build_object('since', links.left_at, 'absent_reads', links.absent_reads, 'counted_at', links.counted_at, 'deactivated_at', links.deactivated_at)
        END AS departure
    FROM wanted
    CROSS JOIN LATERAL (SELECT * FROM users WHERE users.id = wanted.id LIMIT 1) AS users
    LEFT JOIN bots ON bots.userid = users.id
    LEFT JOIN LATERAL (SELECT * FROM entrasync_links WHERE tenant_id = $1 AND account_id = users.id LIMIT 1) AS links ON true
) AS found
