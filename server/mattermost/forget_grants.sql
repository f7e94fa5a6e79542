-- Returns how many OAuth applications lost their access to the account $1. Sessions of OAuth applications need these rows to end,
-- so they end before.
WITH granted AS (
    DELETE FROM oauthaccessdata WHERE userid = $1 RETURNING 1
)
SELECT count(*) FROM granted
