-- {"taken": […]}: those of the lower-case names in $1 (a JSON array of text) that an account or a group already has.
WITH taken AS (
    SELECT lower(users.username) AS name
    FROM users
    WHERE lower(users.username) = ANY (ARRAY(SELECT json_array_elements_text($1::json)))
    UNION
    SELECT usergroups.name
    FROM usergroups
    WHERE usergroups.name = ANY (ARRAY(SELECT json_array_elements_text($1::json)))
)
SELECT json_build_object('taken', coalesce(json_agg(taken.name), '[]'))::text
FROM taken
