package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// CreatedTarget is a team or channel that the sync creates for a place that rules name (webapp/src/sync/memberships/places.ts).
type CreatedTarget struct {
	Place     string `json:"place"`
	ValueKey  string `json:"value_key"`
	ValueText string `json:"value_text"`

	// TargetID is "" while the target is being created.
	TargetID string `json:"target_id"`

	// Kind, TeamID, and Name are what was asked for, at BegunAt (ms since 1970, by the clock of the node).
	Kind    string `json:"kind"`
	TeamID  string `json:"team_id"`
	Name    string `json:"name"`
	BegunAt int64  `json:"begun_at"`
}

const targetObject = `json_build_object('place', place, 'value_key', value_key, 'value_text', value_text, 'target_id', target_id,
	'kind', kind, 'team_id', team_id, 'name', name, 'begun_at', created_at)`

// ListCreated returns all targets that the sync has created or is creating for a tenant.
func (s *Store) ListCreated(ctx context.Context, tenantID string) ([]CreatedTarget, error) {
	const query = `SELECT coalesce(json_agg(` + targetObject + ` ORDER BY place), '[]')::text FROM entrasync_targets WHERE tenant_id = $1`
	var targets []CreatedTarget
	if err := s.queryJSON(ctx, query, []any{tenantID}, &targets); err != nil {
		return nil, fmt.Errorf("list created teams and channels: %w", err)
	}
	return targets, nil
}

// GetTarget returns the target for a place, or one without a place if there is none.
func (s *Store) GetTarget(ctx context.Context, tenantID, place string) (CreatedTarget, error) {
	const query = `SELECT ` + targetObject + `::text FROM entrasync_targets WHERE tenant_id = $1 AND place = $2`
	var target CreatedTarget
	err := s.queryJSON(ctx, query, []any{tenantID, cleanText(place)}, &target)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return CreatedTarget{}, fmt.Errorf("read a created team or channel: %w", err)
	}
	return target, nil
}

func (s *Store) queryJSON(ctx context.Context, query string, args []any, value any) error {
	var text string
	if err := s.queryRow(ctx, query, args, &text); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), value)
}

// BeginTarget remembers that a run is about to create a target, in place of an earlier one for the same place. It returns ErrLockLost if
// the run is no longer running.
func (s *Store) BeginTarget(ctx context.Context, runID, tenantID string, target CreatedTarget) error {
	const query = `
		WITH ` + held + `, written AS (
			INSERT INTO entrasync_targets (tenant_id, place, value_key, value_text, target_id, kind, team_id, name, created_at)
			SELECT $2, $3, $4, $5, '', $6, $7, $8, $9 FROM held
			ON CONFLICT (tenant_id, place) DO UPDATE SET
				value_key = excluded.value_key, value_text = excluded.value_text, target_id = '', kind = excluded.kind, team_id = excluded.team_id,
				name = excluded.name, created_at = excluded.created_at
			RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeFenced(ctx, "begin a team or channel", query, runID, tenantID, cleanText(target.Place), cleanText(target.ValueKey),
		cleanText(target.ValueText), target.Kind, target.TeamID, target.Name, time.Now().UnixMilli())
}

// FinishTarget remembers the ID of the target for a place. It returns ErrLockLost if the run is no longer running.
func (s *Store) FinishTarget(ctx context.Context, runID, tenantID, place, targetID string) error {
	const query = `
		WITH ` + held + `, written AS (
			UPDATE entrasync_targets SET target_id = $4 FROM held WHERE tenant_id = $2 AND place = $3 RETURNING 1
		)
		SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)`
	return s.writeFenced(ctx, "remember a team or channel", query, runID, tenantID, cleanText(place), targetID)
}
