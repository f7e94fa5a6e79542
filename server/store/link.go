package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// SaveLinks remembers which account belongs to which directory user, from a JSON array of `Link`, all or none. A
// directory user who had another account gets the new one; when an object id comes twice, the last one counts. An
// account that belongs to another directory user of the tenant is an error. It returns ErrLockLost when the run is no
// longer running.
func (s *Store) SaveLinks(ctx context.Context, runID, tenantID string, links json.RawMessage) error {
	const query = `
		WITH ` + held + `, wanted AS (
			SELECT DISTINCT ON (link ->> 'object_id') link ->> 'object_id' AS object_id, link ->> 'account_id' AS account_id
			FROM json_array_elements($3::json) WITH ORDINALITY AS element (link, position)
			ORDER BY link ->> 'object_id', position DESC
		), written AS (
			INSERT INTO entrasync_links AS stored (tenant_id, object_id, account_id, created_at, updated_at)
			SELECT $2, object_id, account_id, ` + nowMS + `, ` + nowMS + ` FROM held, wanted
			ON CONFLICT (tenant_id, object_id) DO UPDATE
				SET account_id = excluded.account_id, updated_at = excluded.updated_at
				WHERE stored.account_id <> excluded.account_id
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	list, err := cleanJSON(links)
	if err != nil {
		return fmt.Errorf("save links: %w", err)
	}
	return s.writeFenced(ctx, "save links", query, runID, cleanText(tenantID), list)
}
