package ports

import (
	"context"
	"encoding/json"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// confirmLinks records which accounts are correct, for users that this run has read and that have a fingerprint.
func (r Run) confirmLinks(known *fingerprints) engine.Port {
	type confirmed struct {
		ObjectID    string `json:"object_id"`
		UpdatedAt   int64  `json:"updated_at"`
		Fingerprint string `json:"fingerprint"`
	}
	return func(ctx context.Context, input json.RawMessage) (any, error) {
		var request struct {
			Accounts []confirmed `json:"accounts"`
		}
		if err := json.Unmarshal(input, &request); err != nil {
			return nil, err
		}
		var list []confirmed
		for _, account := range request.Accounts {
			if account.Fingerprint = known.of(account.ObjectID); account.Fingerprint != "" {
				list = append(list, account)
			}
		}
		if len(list) == 0 {
			return nil, nil
		}
		encoded, err := json.Marshal(list)
		if err != nil {
			return nil, err
		}
		return nil, storeFailure(r.History.ConfirmLinks(ctx, r.ID, r.Tenant.ID, encoded))
	}
}

// saveList is a port whose input is an object with one list, which is passed to the database unchanged.
func saveList(member string, save func(ctx context.Context, list json.RawMessage) error) engine.Port {
	return func(ctx context.Context, input json.RawMessage) (any, error) {
		var request map[string]json.RawMessage
		if err := json.Unmarshal(input, &request); err != nil {
			return nil, err
		}
		return nil, storeFailure(save(ctx, request[member]))
	}
}

func (r Run) saveLinks(ctx context.Context, links json.RawMessage) error {
	return r.History.SaveLinks(ctx, r.ID, r.Tenant.ID, links)
}

func (r Run) setDepartures(ctx context.Context, departures json.RawMessage) error {
	return r.History.MarkDepartures(ctx, r.ID, r.Tenant.ID, departures)
}

func (r Run) setScopeValues(ctx context.Context, users json.RawMessage) error {
	return r.History.SaveScopeValues(ctx, r.ID, r.Tenant.ID, users)
}

func (r Run) recordChanges(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Changes  json.RawMessage `json:"changes"`
		TellOnce json.RawMessage `json:"tell_once"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	known, err := r.History.RecordChanges(ctx, r.ID, request.Changes, request.TellOnce)
	return map[string]json.RawMessage{"known": known}, storeFailure(err)
}

func (r Run) forgetTold(ctx context.Context, _ json.RawMessage) (any, error) {
	return nil, storeFailure(r.History.ForgetTold(ctx, r.ID))
}

func (r Run) finishChanges(ctx context.Context, outcomes json.RawMessage) error {
	return r.History.FinishChanges(ctx, r.ID, outcomes)
}

func (r Run) listActiveLinks(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		After string `json:"after"`
		Limit int    `json:"limit"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	answer, err := r.History.ListActiveLinks(ctx, r.Tenant.ID, request.After, request.Limit)
	return answer, storeFailure(err)
}

func (r Run) listHeld(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		RunID string `json:"run_id"`
		After int    `json:"after"`
		Limit int    `json:"limit"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	changes, err := r.History.ListHeld(ctx, request.RunID, request.After, request.Limit)
	return map[string]json.RawMessage{"changes": changes}, storeFailure(err)
}

func (r Run) listRecent(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		WithinMS int64           `json:"within_ms"`
		Actions  json.RawMessage `json:"actions"`
		Reasons  json.RawMessage `json:"reasons"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	changes, err := r.History.ListRecent(ctx, r.Tenant.ID, request.WithinMS, request.Actions, request.Reasons)
	return map[string]json.RawMessage{"changes": changes}, storeFailure(err)
}

func (r Run) listOpen(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Filter    store.HeldFilter `json:"filter"`
		ObjectIDs json.RawMessage  `json:"object_ids"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	changes, err := r.History.ListOpen(ctx, r.Tenant.ID, request.Filter, request.ObjectIDs)
	return map[string]json.RawMessage{"changes": changes}, storeFailure(err)
}

func (r Run) finishHeld(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		RunID    string          `json:"run_id"`
		Outcomes json.RawMessage `json:"outcomes"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	return nil, storeFailure(r.History.SettleHeld(ctx, r.ID, request.RunID, request.Outcomes))
}

func (r Run) reportProgress(_ context.Context, input json.RawMessage) (any, error) {
	return nil, r.Report(input)
}
