package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// commandHeader marks a request that the plugin makes to itself for a slash command. If an external caller sends it, only the
// trigger that the history shows changes.
const commandHeader = "X-Entrasync-Command"

// maxUser limits the user that a run is limited to: an object ID, a user principal name or an email address.
const maxUser = 320

func (a *API) startRun(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		Mode    string `json:"mode"`
		User    string `json:"user"`
		Reading string `json:"reading"`
	}
	if err := readJSON(r, &body); err != nil {
		return err
	}
	if !slices.Contains(names.RunModes, body.Mode) {
		return invalid("mode")
	}
	if isLonger(body.User, maxUser) {
		return invalid("user")
	}
	if body.User != "" && callerOf(r).userID == "" {
		return fail(http.StatusForbidden, fault.TokenLimited)
	}
	if !slices.Contains(append([]string{""}, names.DirectoryReadings...), body.Reading) {
		return invalid("reading")
	}
	run, err := a.Jobs.Start(r.Context(), StartRequest{
		Mode: body.Mode, User: body.User, Reading: body.Reading, ActorID: callerOf(r).userID, Trigger: trigger(r),
	})
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusAccepted, a.describedRun(r, run))
	return nil
}

// trigger returns how the run was requested: the web client marks its requests, all other requests come from programs.
func trigger(r *http.Request) string {
	switch {
	case r.Header.Get(commandHeader) != "":
		return names.TriggerCommand
	case callerOf(r).userID != "" && r.Header.Get("X-Requested-With") == "XMLHttpRequest":
		return names.TriggerConsole
	}
	return names.TriggerAPI
}

func (a *API) listRuns(w http.ResponseWriter, r *http.Request) error {
	filter, err := runFilter(r)
	if err != nil {
		return err
	}
	runs, total, err := a.History.ListRuns(r.Context(), filter)
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, map[string]any{
		"runs": a.describedRuns(r, runs), "total": total, "page": filter.Page, "per_page": filter.PerPage,
	})
	return nil
}

func runFilter(r *http.Request) (filter store.RunFilter, err error) {
	if filter.Page, filter.PerPage, err = paging(r); err != nil {
		return filter, err
	}
	if filter.Mode, err = choice(r, "mode", names.RunModes); err != nil {
		return filter, err
	}
	if filter.State, err = choice(r, "state", names.RunStates); err != nil {
		return filter, err
	}
	filter.Trigger, err = choice(r, "trigger", names.Triggers)
	return filter, err
}

func (a *API) getRun(w http.ResponseWriter, r *http.Request) error {
	run, err := a.History.GetRun(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, a.describedRun(r, run))
	return nil
}

func (a *API) cancelRun(w http.ResponseWriter, r *http.Request) error {
	run, err := a.Jobs.Cancel(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusAccepted, a.describedRun(r, run))
	return nil
}

// maxApproved limits how many changes a request can name. Without a list, all are approved.
const maxApproved = 10_000

// approveRun starts a run that applies held changes, or planned ones of a preview: those that the body names, or all if there
// is no body.
func (a *API) approveRun(w http.ResponseWriter, r *http.Request) error {
	return a.decide(w, r, a.Jobs.Approve, http.StatusAccepted)
}

// discardHeld discards held changes: those that the body names, or all if there is no body.
func (a *API) discardHeld(w http.ResponseWriter, r *http.Request) error {
	return a.decide(w, r, a.Jobs.Discard, http.StatusOK)
}

// decide answers with the status and the run that a decision about changes has started or changed.
func (a *API) decide(w http.ResponseWriter, r *http.Request, decision func(context.Context, StartRequest) (store.Run, error), status int) error {
	request, err := approvalOf(r)
	if err != nil {
		return err
	}
	run, err := decision(r.Context(), request)
	if err != nil {
		return err
	}
	a.writeJSON(w, status, a.describedRun(r, run))
	return nil
}

// approvalOf reads which changes of a run the request decides about.
func approvalOf(r *http.Request) (StartRequest, error) {
	var body struct {
		Changes []int `json:"changes"`
	}
	// The server passes requests to plugins without their length: only reading shows whether there is a body.
	content := bufio.NewReader(r.Body)
	if _, err := content.Peek(1); !errors.Is(err, io.EOF) {
		r.Body = io.NopCloser(content)
		if err := readJSON(r, &body); err != nil {
			return StartRequest{}, err
		}
	}
	if body.Changes != nil && !areSeqs(body.Changes) {
		return StartRequest{}, invalid("changes")
	}
	return StartRequest{Approves: mux.Vars(r)["id"], Changes: body.Changes, ActorID: callerOf(r).userID, Trigger: trigger(r)}, nil
}

// areSeqs tells whether a request can name these changes of a run.
func areSeqs(changes []int) bool {
	return len(changes) > 0 && len(changes) <= maxApproved &&
		!slices.ContainsFunc(changes, func(seq int) bool { return seq < 1 || seq > math.MaxInt32 })
}

// acknowledge records that an administrator has seen conflicts, or takes that back.
func (a *API) acknowledge(w http.ResponseWriter, r *http.Request) error {
	body := struct {
		Changes      []int `json:"changes"`
		Acknowledged bool  `json:"acknowledged"`
	}{Acknowledged: true}
	if err := readJSON(r, &body); err != nil {
		return err
	}
	if !areSeqs(body.Changes) {
		return invalid("changes")
	}
	count, err := a.History.Acknowledge(r.Context(), mux.Vars(r)["id"], body.Changes, body.Acknowledged, callerOf(r).userID)
	if err != nil {
		return err
	}
	a.writeJSON(w, http.StatusOK, map[string]int{"count": count})
	return nil
}

// readJSON decodes a body that must be one JSON object with known fields. A null is refused, as the body or as a field of it:
// Go reads it as a missing field, which means all changes or all users, and a program whose list is missing does not mean that.
func readJSON(r *http.Request, body any) error {
	content, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	var fields map[string]json.RawMessage
	if err != nil || decoder.Decode(body) != nil || json.Unmarshal(content, &fields) != nil || fields == nil {
		return invalid("body")
	}
	for name, value := range fields {
		if isNull(value) {
			return invalid(name)
		}
	}
	return nil
}
