package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

func (a *API) getStatus(w http.ResponseWriter, r *http.Request) error {
	status, err := a.Jobs.Status(r.Context())
	if err != nil {
		return err
	}
	status.Faults = a.describe(r, status.Faults)
	status.Warnings = a.describe(r, status.Warnings)
	for _, run := range []*store.Run{status.CurrentRun, status.LastRun, status.HeldRun} {
		if run != nil {
			*run = a.describedRun(r, *run)
		}
	}
	a.writeJSON(w, http.StatusOK, status)
	return nil
}

func (a *API) getOverview(w http.ResponseWriter, r *http.Request) error {
	overview, err := a.Questions.Overview(r.Context())
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, overview)
	return nil
}

// testConnection answers 200 whether or not the connection works. The steps show the result.
func (a *API) testConnection(w http.ResponseWriter, r *http.Request) error {
	report, err := a.Questions.TestConnection(r.Context())
	if err != nil {
		return err
	}
	steps := make([]map[string]any, len(report.Steps))
	for i, step := range report.Steps {
		answer, err := a.describedStep(r, step)
		if err != nil {
			return err
		}
		steps[i] = answer
	}
	a.writeJSON(w, http.StatusOK, map[string]any{"ok": report.OK, "steps": steps})
	return nil
}

// describedStep flattens a step and its fault into one object: step, ok, detail, code, message, hint, raw.
func (a *API) describedStep(r *http.Request, step ConnectionStep) (map[string]any, error) {
	answer := map[string]any{}
	if !isNull(step.Fault) {
		if err := json.Unmarshal(a.describe(r, []json.RawMessage{step.Fault})[0], &answer); err != nil {
			return nil, fmt.Errorf("decode a described fault: %w", err)
		}
	}
	answer["step"], answer["ok"], answer["detail"] = step.Step, step.OK, step.Detail
	return answer, nil
}

func (a *API) listDirectory(w http.ResponseWriter, r *http.Request) error {
	page, perPage, err := paging(r)
	if err != nil {
		return err
	}
	users, total, readAt, err := a.History.ListDirectory(r.Context(), page, perPage)
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, map[string]any{
		"users": users, "total": total, "page": page, "per_page": perPage, "read_at": readAt,
	})
	return nil
}

// dismissSaferDefaults ends the notice about defaults that are safer than in an earlier version, and answers the overview.
func (a *API) dismissSaferDefaults(w http.ResponseWriter, r *http.Request) error {
	if err := a.History.DismissSaferDefaults(r.Context()); err != nil {
		return err
	}
	return a.getOverview(w, r)
}
