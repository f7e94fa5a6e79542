-- MemberAccounts: the active accounts of directory users, in their order; '' for a user without one. $1 tenant ID, $2 object IDs, $3 usernames,
-- email addresses, and account IDs in lower case that no rule removes (JSON arrays of text). Bots and accounts of other servers are no one's.
-- Sets of users are bits over the positions in $2: pairs of the index of a 32-bit word and the word, only for words that are not 0.
WITH keep AS (
    SELECT name FROM json_array_elements_text($3::json) AS keep (name)
), accounts AS (
    SELECT
        object_ids.position,
        object_ids.position - 1 AS number,
        users.id,
        links.placement,
        users.roles LIKE '%system_guest%' AS is_guest,
        EXISTS (SELECT FROM regexp_split_to_table(users.roles, ' +') AS role WHERE role NOT IN ('', 'system_user', 'system_guest'))
            OR lower(users.username) IN (SELECT name FROM keep) OR lower(users.email) IN (SELECT name FROM keep) OR users.id IN (SELECT name FROM keep)
            AS is_kept
    FROM json_array_elements_text($2::json) WITH ORDINALITY AS object_ids (object_id, position)
    LEFT JOIN entrasync_links AS links ON links.tenant_id = $1 AND links.object_id = object_ids.object_id
    LEFT JOIN users ON users.id = links.account_id AND coalesce(users.deleteat, 0) = 0 AND coalesce(users.remoteid, '') = ''
        AND NOT EXISTS (SELECT FROM bots WHERE bots.userid = users.id)
), words AS (
    SELECT
        (number >> 5)::integer AS word,
        coalesce(sum(1::bigint << (number & 31)::integer) FILTER (WHERE is_guest), 0) AS guests,
        coalesce(sum(1::bigint << (number & 31)::integer) FILTER (WHERE is_kept), 0) AS kept
    FROM accounts
    GROUP BY number >> 5
)
SELECT json_build_object(
    'account_ids', (SELECT coalesce(json_agg(coalesce(id, '') ORDER BY position), '[]') FROM accounts),
    'placements', (SELECT coalesce(json_agg(coalesce(placement, '') ORDER BY position), '[]') FROM accounts),
    'guests', (SELECT coalesce(json_agg(json_build_array(word, guests)), '[]') FROM words WHERE guests <> 0),
    'kept', (SELECT coalesce(json_agg(json_build_array(word, kept)), '[]') FROM words WHERE kept <> 0)
)::text
