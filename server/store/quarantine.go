package store

import (
	"context"
	"encoding/json"
	"fmt"
)

const quarantineKey = "quarantine"

// Quarantine is the state of the schedule while its runs fail (webapp/src/sync/report/quarantine.ts decides it). Times are in
// ms.
type Quarantine struct {
	// Failures counts the scheduled runs that have failed. The first of them ended at Since.
	Failures int   `json:"failures"`
	Since    int64 `json:"since"`

	// NextAt is the time until which the schedule starts nothing.
	NextAt int64 `json:"next_at"`

	// Told says that the administrators have been told.
	Told bool `json:"told"`
}

// Quarantine returns nil while the schedule works.
func (s *Store) Quarantine(ctx context.Context) (*Quarantine, error) {
	value, err := s.GetState(ctx, quarantineKey)
	if err != nil || value == "" {
		return nil, err
	}
	var state *Quarantine
	if err := json.Unmarshal([]byte(value), &state); err != nil {
		return nil, fmt.Errorf("read the quarantine: %w", err)
	}
	return state, nil
}

// SaveQuarantine replaces the quarantine; nil ends it.
func (s *Store) SaveQuarantine(ctx context.Context, state *Quarantine) error {
	value, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("write the quarantine: %w", err)
	}
	return s.SetState(ctx, quarantineKey, string(value))
}
