-- One JSON array of the accounts that any of the keys points at.
-- $1 tenant id, $2 object ids, $3 lower-case e-mails, $4 auth data (JSON arrays of text), $5 auth service.
--
-- Each arm of the union finds its accounts by an index; one condition with OR over all of them, or a join with the
-- keys, would read the whole table.
WITH wanted AS (
    SELECT links.account_id AS id
    FROM entrasync_links AS links
    WHERE links.tenant_id = $1
        AND links.object_id = ANY (ARRAY(SELECT json_array_elements_text($2::json)))
    UNION
    SELECT users.id
    FROM users
    WHERE lower(users.email) = ANY (ARRAY(SELECT json_array_elements_text($3::json)))
    UNION
    SELECT users.id
    FROM users
    WHERE users.authdata = ANY (ARRAY(SELECT json_array_elements_text($4::json)))
        AND users.authservice = $5
        AND $5 <> ''
)
SELECT coalesce(json_agg(json_build_object(
    'id', users.id,
    'username', users.username,
    'email', users.email,
    'nickname', coalesce(users.nickname, ''),
    'first_name', coalesce(users.firstname, ''),
    'last_name', coalesce(users.lastname, ''),
    'position', coalesce(users.position, ''),
    'auth_service', coalesce(users.authservice, ''),
    'auth_data', coalesce(users.authdata, ''),
    'delete_at', coalesce(users.deleteat, 0),
    'is_bot', bots.userid IS NOT NULL,
    -- The inner search runs only for accounts that are administrators themselves, and ends at the first other one.
    'is_last_admin', CASE
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
    END,
    'linked_object_id', coalesce((
        SELECT links.object_id
        FROM entrasync_links AS links
        WHERE links.tenant_id = $1 AND links.account_id = users.id
        LIMIT 1
    ), '')
)), '[]')::text
FROM users
JOIN wanted ON wanted.id = users.id
LEFT JOIN bots ON bots.userid = users.id
