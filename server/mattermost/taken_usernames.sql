-- One JSON array of those of the names in $1 (a JSON array of text) that an account or a group has.
WITH names AS (
    SELECT DISTINCT json_array_elements_text($1::json) AS name
)
SELECT coalesce(json_agg(names.name), '[]')::text
FROM names
WHERE EXISTS (SELECT 1 FROM users WHERE lower(users.username) = lower(names.name))
    OR EXISTS (SELECT 1 FROM usergroups WHERE usergroups.name = names.name)
