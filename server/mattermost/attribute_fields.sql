-- {"fields": […]}: the user attributes (custom profile attributes) that the server has. Servers newer than 11.1 call the group
-- access_control.
SELECT json_build_object('fields', coalesce(json_agg(found ORDER BY found.name), '[]'))::text
FROM (
    SELECT
        fields.id,
        fields.groupid AS group_id,
        fields.name,
        coalesce(fields.type::text, '') AS type,
        coalesce(fields.attrs ->> 'value_type', '') AS value_type,
        coalesce(fields.attrs ->> 'ldap', '') <> '' OR coalesce(fields.attrs ->> 'saml', '') <> '' AS is_synced
    FROM propertygroups AS groups
    JOIN propertyfields AS fields ON fields.groupid = groups.id
    WHERE groups.name IN ('custom_profile_attributes', 'access_control')
        AND fields.deleteat = 0
) AS found
