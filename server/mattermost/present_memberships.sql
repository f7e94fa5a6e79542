-- {"targets": [{"id": …, "members": […], "admins": […]}]}: who is in which team or channel, or has which system role. $1 account IDs, $2 IDs
-- of teams and channels and names of system roles (JSON arrays of text). Members are bits over the positions in $1: pairs of the index of a 32-bit word and the word, only for words that
-- are not 0. As rows, two million memberships would be as many remote calls of the plugin's driver.
WITH accounts AS (
    SELECT id, (position - 1)::integer AS number
    FROM json_array_elements_text($1::json) WITH ORDINALITY AS account (id, position)
    WHERE id <> ''
), targets AS (
    SELECT id FROM json_array_elements_text($2::json) AS target (id)
), present AS (
    SELECT teammembers.teamid AS target_id, accounts.number, coalesce(teammembers.schemeadmin, false) AS is_admin
    FROM targets
    JOIN teammembers ON teammembers.teamid = targets.id AND coalesce(teammembers.deleteat, 0) = 0
    JOIN accounts ON accounts.id = teammembers.userid
    UNION ALL
    SELECT channelmembers.channelid, accounts.number, coalesce(channelmembers.schemeadmin, false)
    FROM targets
    JOIN channelmembers ON channelmembers.channelid = targets.id
    JOIN accounts ON accounts.id = channelmembers.userid
    UNION ALL
    SELECT targets.id, accounts.number, targets.id = ANY (string_to_array(users.roles, ' '))
    FROM targets
    CROSS JOIN accounts
    JOIN users ON users.id = accounts.id
    WHERE targets.id LIKE 'system\_%'
), words AS (
    SELECT
        target_id,
        number >> 5 AS position,
        sum(1::bigint << (number & 31)) AS members,
        coalesce(sum(1::bigint << (number & 31)) FILTER (WHERE is_admin), 0) AS admins
    FROM present
    GROUP BY target_id, number >> 5
)
SELECT json_build_object('targets', coalesce(json_agg(found), '[]'))::text
FROM (
    SELECT
        targets.id,
        coalesce((SELECT json_agg(json_build_array(position, members)) FROM words WHERE target_id = targets.id), '[]') AS members,
        coalesce((SELECT json_agg(json_build_array(position, admins)) FROM words WHERE target_id = targets.id AND admins <> 0), '[]') AS admins
    FROM targets
) AS found
