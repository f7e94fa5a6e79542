-- {"values": […]}: the texts of the accounts $1 in the user attributes $2 (JSON arrays of text).
SELECT json_build_object('values', coalesce(json_agg(found), '[]'))::text
FROM (
    SELECT
        held.targetid AS account_id,
        held.fieldid AS field_id,
        held.value #>> '{}' AS value
    FROM propertyvalues AS held
    WHERE held.targetid = ANY (ARRAY(SELECT json_array_elements_text($1::json)))
        AND held.fieldid = ANY (ARRAY(SELECT json_array_elements_text($2::json)))
        AND held.targettype = 'user'
        AND held.deleteat = 0
        AND jsonb_typeof(held.value) = 'string'
        AND held.value <> '""'
) AS found
