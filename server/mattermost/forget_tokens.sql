-- Returns how many tokens were removed that the previous user of the account $1 could still use: links from emails that reset its
-- password or verify another address, and codes of OAuth applications. The server keeps none of them in a cache.
WITH mailed AS (
    DELETE FROM tokens
    WHERE type IN ('password_recovery', 'verify_email') AND position($1::text IN extra) > 0
    RETURNING 1
), codes AS (
    DELETE FROM oauthauthdata WHERE userid = $1 RETURNING 1
)
SELECT (SELECT count(*) FROM mailed) + (SELECT count(*) FROM codes)
