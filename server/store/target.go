package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// NoTarget in ChangeFilter.Target selects changes of accounts, which are about no team, channel, or role.
const NoTarget = "none"

const (
	// targetKey identifies what a change of a membership is about: the ID of a team or channel, or the place of one that the run would
	// create.
	targetKey = `coalesce(nullif(reason_params ->> 'target_id', ''), reason_params ->> 'target_place', '')`

	isOfTarget = `reason_params ->> 'target_kind' IS NOT NULL`
)

// ofTarget is the condition for the changes of one target, the parameter; ” are all changes. Written for each case, so that the database
// can use the index of it.
func ofTarget(target, parameter string) string {
	switch target {
	case "":
		return parameter + `::text = ''`
	case NoTarget:
		return parameter + `::text <> '' AND reason_params ->> 'target_kind' IS NULL`
	default:
		return isOfTarget + ` AND ` + targetKey + ` = ` + parameter
	}
}

// TargetFilter selects what changes of a run are about. Query searches its name, ignoring case. Pages count from 0; PerPage is at most
// 1000, and 60 if it is not positive.
type TargetFilter struct {
	Query   string
	Page    int
	PerPage int
}

// ListRunTargets returns one page of the teams, channels, and roles that changes of a run are about, a JSON array of `RunTarget`
// (docs/openapi.yaml), those with failed and held changes first, then those with the most changes, and how many match the filter.
func (s *Store) ListRunTargets(ctx context.Context, runID string, filter TargetFilter) (targets json.RawMessage, total int, err error) {
	const query = `
		WITH target AS MATERIALIZED (
			SELECT ` + targetKey + ` AS target, max(reason_params ->> 'target_kind') AS kind, max(coalesce(reason_params ->> 'target_id', '')) AS id,
				max(coalesce(reason_params ->> 'target_name', '')) AS name, max(coalesce(reason_params ->> 'team_name', '')) AS team_name,
				count(*) FILTER (WHERE action = 'join' AND status IN ('planned', 'done')) AS joined,
				count(*) FILTER (WHERE action = 'leave' AND status IN ('planned', 'done')) AS "left",
				count(*) FILTER (WHERE action = 'promote' AND status IN ('planned', 'done')) AS promoted,
				count(*) FILTER (WHERE action = 'demote' AND status IN ('planned', 'done')) AS demoted,
				count(*) FILTER (WHERE action IN ('skip', 'conflict')) AS skipped,
				count(*) FILTER (WHERE status = 'held') AS held,
				count(*) FILTER (WHERE status = 'failed') AS failed,
				count(*) AS changes
			FROM entrasync_changes
			WHERE run_id = $1 AND ` + isOfTarget + ` AND ($2 = '' OR reason_params ->> 'target_name' ILIKE $2)
			GROUP BY ` + targetKey + `
		), listed AS (
			SELECT * FROM target ORDER BY failed > 0 DESC, held > 0 DESC, changes DESC, target LIMIT $3 OFFSET $4
		)
		SELECT
			(SELECT count(*) FROM target),
			coalesce(json_agg(listed ORDER BY failed > 0 DESC, held > 0 DESC, changes DESC, target), '[]')::text
		FROM listed`
	limit, offset := pageBounds(filter.Page, filter.PerPage)
	var list string
	if err = s.queryRow(ctx, query, []any{cleanText(runID), containsPattern(filter.Query), limit, offset}, &total, &list); err != nil {
		return nil, 0, fmt.Errorf("list the targets of a run: %w", err)
	}
	return json.RawMessage(list), total, nil
}
