package api

import (
	"encoding/json"
	"net/http"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// locale returns the caller's language. A client with the trigger token sets it with Accept-Language, or gets English.
func (a *API) locale(r *http.Request) string {
	if userID := callerOf(r).userID; userID != "" {
		return a.People.Locale(userID)
	}
	if userID := r.Header.Get(userHeader); userID != "" {
		return a.People.Locale(userID)
	}
	return r.Header.Get("Accept-Language")
}

// describe writes faults in the caller's language. If that fails, they stay bare codes.
func (a *API) describe(r *http.Request, faults []json.RawMessage) []json.RawMessage {
	if len(faults) == 0 {
		return []json.RawMessage{}
	}
	var answer struct {
		Faults []json.RawMessage `json:"faults"`
	}
	input := map[string]any{"locale": a.locale(r), "faults": faults}
	if err := a.Engine.Call(r.Context(), "describe", nil, input, &answer); err != nil || len(answer.Faults) != len(faults) {
		a.Log.Error("Failed to describe errors", "error", err)
		return faults
	}
	return answer.Faults
}

func (a *API) describeOne(r *http.Request, one fault.Fault) json.RawMessage {
	return a.describe(r, []json.RawMessage{one.JSON()})[0]
}

// describedRun returns the run with its error, if any, in the caller's language.
func (a *API) describedRun(r *http.Request, run store.Run) store.Run {
	return a.describedRuns(r, []store.Run{run})[0]
}

func (a *API) describedRuns(r *http.Request, runs []store.Run) []store.Run {
	described := append([]store.Run{}, runs...)
	faults, owners := []json.RawMessage{}, []int{}
	for i, run := range runs {
		if !isNull(run.Error) {
			faults, owners = append(faults, run.Error), append(owners, i)
		}
	}
	for i, words := range a.describe(r, faults) {
		described[owners[i]].Error = words
	}
	return described
}

func isNull(raw json.RawMessage) bool {
	return len(raw) == 0 || string(raw) == "null"
}

func (a *API) writeJSON(w http.ResponseWriter, status int, body any) {
	encoded, err := json.Marshal(body)
	if err != nil {
		a.Log.Error("Failed to encode a response", "error", err.Error())
		http.Error(w, string(fault.Of(fault.Internal).JSON()), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if _, err := w.Write(encoded); err != nil {
		a.Log.Warn("Failed to send a response", "error", err.Error())
	}
}
