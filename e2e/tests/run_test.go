package tests

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// change is a change of a run as returned by the API.
type change struct {
	Seq         int    `json:"seq"`
	ObjectID    string `json:"object_id"`
	AccountID   string `json:"account_id"`
	Email       string `json:"email"`
	Username    string `json:"username"`
	DisplayName string `json:"display_name"`
	Action      string `json:"action"`
	Status      string `json:"status"`
	Reason      string `json:"reason"`

	// ReasonParams are the parameters of the reason.
	ReasonParams map[string]any `json:"reason_params"`
	Fields       []struct {
		Field string `json:"field"`
		From  string `json:"from"`
		To    string `json:"to"`
	} `json:"fields"`
	Error *stage.RunError `json:"error"`
}

// sync runs a run until it ends, with any result.
func (s *scene) sync(t *testing.T, mode string) *stage.Run {
	t.Helper()
	run, err := s.Mattermost.Admin.Sync(waiting(t), mode)
	require.NoError(t, err)
	return run
}

// apply runs a sync and expects a success.
func (s *scene) apply(t *testing.T) *stage.Run {
	t.Helper()
	run := s.sync(t, stage.ModeApply)
	require.Equal(t, "succeeded", run.State, "%s", run.Raw)
	return run
}

// startRun starts a run and returns immediately.
func (s *scene) startRun(t *testing.T, mode string) *stage.Run {
	t.Helper()
	run := &stage.Run{}
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodPost, "/runs", map[string]string{"mode": mode}, run))
	return run
}

func (s *scene) getRun(t *testing.T, id string) *stage.Run {
	t.Helper()
	run := &stage.Run{}
	require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodGet, "/runs/"+id, nil, run))
	return run
}

// awaitEnd waits until the run has ended.
func (s *scene) awaitEnd(t *testing.T, id string) *stage.Run {
	t.Helper()
	var run *stage.Run
	eventually(t, "the run ends", func() bool {
		run = s.getRun(t, id)
		return run.State != "running"
	})
	return run
}

// changes are all changes of a run.
func (s *scene) changes(t *testing.T, runID string) []change {
	t.Helper()
	var all []change
	for page := 0; ; page++ {
		var answer struct {
			Changes []change `json:"changes"`
			Total   int      `json:"total"`
		}
		route := fmt.Sprintf("/runs/%s/changes?per_page=1000&page=%d", runID, page)
		require.NoError(t, s.Mattermost.Admin.CallPlugin(waiting(t), http.MethodGet, route, nil, &answer))
		all = append(all, answer.Changes...)
		if len(answer.Changes) == 0 || len(all) >= answer.Total {
			return all
		}
	}
}

// changeOf is the change of the user with the email address.
func (s *scene) changeOf(t *testing.T, run *stage.Run, email string) change {
	t.Helper()
	for _, each := range s.changes(t, run.ID) {
		if each.Email == email {
			return each
		}
	}
	t.Fatalf("run %s says nothing about %s", run.ID, email)
	return change{}
}

// awaitQuiet cancels a run that an earlier test left, and waits until it ends.
func (s *scene) awaitQuiet(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), waitTimeout)
	defer cancel()
	for ctx.Err() == nil {
		var status struct {
			CurrentRun *stage.Run `json:"current_run"`
		}
		require.NoError(t, s.Mattermost.Admin.CallPlugin(ctx, http.MethodGet, "/status", nil, &status))
		if status.CurrentRun == nil {
			return
		}
		// It can also end by itself in between.
		_ = s.Mattermost.Admin.CallPlugin(ctx, http.MethodPost, "/runs/"+status.CurrentRun.ID+"/cancel", nil, nil)
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("a run does not end")
}

// edit changes attributes of a user of the tenant.
func (s *scene) edit(t *testing.T, objectID string, attributes map[string]any) {
	t.Helper()
	for _, raw := range s.Tenant.People() {
		var person map[string]any
		require.NoError(t, json.Unmarshal(raw, &person))
		if person["id"] != objectID {
			continue
		}
		for name, value := range attributes {
			person[name] = value
		}
		s.put(t, person)
		return
	}
	t.Fatalf("the tenant has no user with the id %s", objectID)
}

// put adds a user to the tenant or replaces the one with the same ID.
func (s *scene) put(t *testing.T, person map[string]any) {
	t.Helper()
	encoded, err := json.Marshal(person)
	require.NoError(t, err)
	require.NoError(t, s.Tenant.PutPerson(encoded))
}

// objectID is the ID of the tenant's user with the email address, as mail or user principal name.
func (s *scene) objectID(t *testing.T, email string) string {
	t.Helper()
	for _, raw := range s.Tenant.People() {
		var person struct {
			ID                string `json:"id"`
			Mail              string `json:"mail"`
			UserPrincipalName string `json:"userPrincipalName"`
		}
		require.NoError(t, json.Unmarshal(raw, &person))
		if strings.EqualFold(person.Mail, email) || strings.EqualFold(person.UserPrincipalName, email) {
			return person.ID
		}
	}
	t.Fatalf("the tenant has no user with the address %s", email)
	return ""
}

// emailsByObjectID are the lowercase addresses of the tenant's users.
func (s *scene) emailsByObjectID(t *testing.T) map[string]string {
	t.Helper()
	emails := map[string]string{}
	for _, raw := range s.Tenant.People() {
		var person struct {
			ID   string `json:"id"`
			Mail string `json:"mail"`
		}
		require.NoError(t, json.Unmarshal(raw, &person))
		emails[person.ID] = strings.ToLower(person.Mail)
	}
	return emails
}
