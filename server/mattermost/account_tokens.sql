-- {"sessions": […], "access_tokens": […]}: the IDs of the sessions and of the personal access tokens of the account $1.
SELECT json_build_object(
    'sessions', (SELECT coalesce(json_agg(id), '[]') FROM sessions WHERE userid = $1),
    'access_tokens', (SELECT coalesce(json_agg(id), '[]') FROM useraccesstokens WHERE userid = $1)
)::text
