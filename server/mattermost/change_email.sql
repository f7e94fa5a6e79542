-- Returns how many accounts were changed: the account $1 gets the lower-case, verified address $2 at the time $3 in ms, unless
-- another account has it.
WITH changed AS (
    UPDATE users
    SET email = $2::text, emailverified = true, updateat = $3
    WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM users AS others WHERE lower(others.email) = $2::text AND others.id <> $1)
    RETURNING id
)
SELECT count(*) FROM changed
