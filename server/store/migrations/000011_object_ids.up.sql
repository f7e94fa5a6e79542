-- Object IDs are compared in lower case, as Microsoft writes them.
UPDATE entrasync_links AS link SET object_id = lower(object_id)
WHERE object_id <> lower(object_id) AND object_id ~ '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'
	AND NOT EXISTS (
		SELECT FROM entrasync_links AS other
		WHERE other.tenant_id = link.tenant_id AND other.object_id <> link.object_id AND lower(other.object_id) = lower(link.object_id)
	);
