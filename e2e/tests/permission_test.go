package tests

import (
	"context"
	"net/http"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// routeCase is a request with the status that a system administrator gets.
type routeCase struct {
	asks
	admin int
}

// routes has a request to each route of docs/openapi.yaml, by operation.
// TestEveryRouteOfTheDescriptionIsTriedHere keeps the list complete.
func (s *scene) routes(t *testing.T) map[string]routeCase {
	t.Helper()
	id := s.sync(t, stage.ModePreview).ID
	preview := map[string]string{"mode": "preview"}
	return map[string]routeCase{
		"getStatus":            {asks{method: http.MethodGet, route: "/status"}, http.StatusOK},
		"testConnection":       {asks{method: http.MethodPost, route: "/connection/test"}, http.StatusOK},
		"listDirectory":        {asks{method: http.MethodGet, route: "/directory"}, http.StatusOK},
		"listRuns":             {asks{method: http.MethodGet, route: "/runs"}, http.StatusOK},
		"startRun":             {asks{method: http.MethodPost, route: "/runs", body: preview}, http.StatusAccepted},
		"getRun":               {asks{method: http.MethodGet, route: "/runs/" + id}, http.StatusOK},
		"listChanges":          {asks{method: http.MethodGet, route: "/runs/" + id + "/changes"}, http.StatusOK},
		"listRunTargets":       {asks{method: http.MethodGet, route: "/runs/" + id + "/targets"}, http.StatusOK},
		"explainMemberships":   {asks{method: http.MethodGet, route: "/memberships?user=nobody%40corp.example"}, http.StatusNotFound},
		"listTargetMembers":    {asks{method: http.MethodGet, route: "/targets/aaaaaaaaaaaaaaaaaaaaaaaaaa/members"}, http.StatusNotFound},
		"exportTargetMembers":  {asks{method: http.MethodGet, route: "/targets/aaaaaaaaaaaaaaaaaaaaaaaaaa/members.csv"}, http.StatusNotFound},
		"exportChanges":        {asks{method: http.MethodGet, route: "/runs/" + id + "/changes.csv"}, http.StatusOK},
		"cancelRun":            {asks{method: http.MethodPost, route: "/runs/" + id + "/cancel"}, http.StatusBadRequest}, // it is over
		"approveRun":           {asks{method: http.MethodPost, route: "/runs/" + id + "/approve"}, http.StatusConflict},  // nothing is planned
		"discardHeld":          {asks{method: http.MethodPost, route: "/runs/" + id + "/discard"}, http.StatusConflict},  // nothing is held
		"getOverview":          {asks{method: http.MethodGet, route: "/overview"}, http.StatusOK},
		"listGroups":           {asks{method: http.MethodGet, route: "/groups?q=plat"}, http.StatusOK},
		"listTargets":          {asks{method: http.MethodGet, route: "/targets?kind=team"}, http.StatusOK},
		"nextTimes":            {asks{method: http.MethodPost, route: "/schedule/next", body: `{"schedule":"0 3 * * *","time_zone":""}`}, http.StatusOK},
		"lookUp":               {asks{method: http.MethodPost, route: "/lookups/accounts.room", body: `{}`}, http.StatusOK},
		"acknowledgeConflicts": {asks{method: http.MethodPost, route: "/runs/" + id + "/acknowledge", body: map[string]any{"changes": []int{1}}}, http.StatusOK},
		"dismissSaferDefaults": {asks{method: http.MethodPost, route: "/overview/safer_defaults/dismiss"}, http.StatusOK},
		"listHistory":          {asks{method: http.MethodGet, route: "/changes?q=kim"}, http.StatusOK},
	}
}

func TestEveryRouteOfTheDescriptionIsTriedHere(t *testing.T) {
	s := begin(t, licensed)
	routes := s.routes(t)
	for path, item := range theContract.doc.Paths.Map() {
		for method, operation := range item.Operations() {
			tried, known := routes[operation.OperationID]
			assert.True(t, known, "%s %s", method, path)
			assert.Equal(t, method, tried.method, path)
		}
	}
}

func TestOnlySystemAdministratorsMayUseAnyRoute(t *testing.T) {
	s := begin(t, licensed)
	team := s.team(t)
	refused := map[string]*stage.Account{
		"an ordinary user": s.ordinaryUser(t),
		"a guest":          s.person(t, "guest", s.Mattermost.CreateGuest),
		"a team administrator": s.person(t, "teamadmin", func(ctx context.Context, name string) (*stage.Account, error) {
			return s.Mattermost.CreateTeamAdmin(ctx, name, team)
		}),
	}
	routes := s.routes(t)
	before := s.count(t, `SELECT count(*) FROM entrasync_runs`)
	for operation, each := range routes {
		t.Run(operation, func(t *testing.T) {
			got := s.ask(t, each.asks)
			assert.Equal(t, http.StatusUnauthorized, got.status, "no session: %s", got)
			assert.Equal(t, "not_signed_in", got.code())
			for who, account := range refused {
				got := s.ask(t, each.by(account))
				assert.Equal(t, http.StatusForbidden, got.status, "%s: %s", who, got)
				assert.Equal(t, "forbidden", got.code(), who)
			}
		})
	}
	assert.Equal(t, before, s.count(t, `SELECT count(*) FROM entrasync_runs`), "a refused request started a run")
	for operation, each := range routes {
		t.Run(operation+" of an administrator", func(t *testing.T) {
			got := s.ask(t, each.by(s.Mattermost.Admin))
			assert.Equal(t, each.admin, got.status, "%s", got)
		})
	}
}

func TestAnUnknownRouteTellsStrangersNothing(t *testing.T) {
	s := begin(t, plain)
	for _, route := range []string{"", "/", "/nothing", "/runs/", "/status/more"} {
		request := asks{method: http.MethodGet, route: route}
		assert.Equal(t, http.StatusUnauthorized, s.ask(t, request).status, route)
		assert.Equal(t, http.StatusForbidden, s.ask(t, request.by(s.ordinaryUser(t))).status, route)
		assert.Equal(t, http.StatusNotFound, s.ask(t, request.by(s.Mattermost.Admin)).status, route)
	}
}

func TestAUserIDThatACallerClaimsInAHeaderIsNotBelieved(t *testing.T) {
	s := begin(t, plain)
	request := asks{method: http.MethodGet, route: "/status"}.with("Mattermost-User-Id", s.Mattermost.Admin.ID)
	assert.Equal(t, http.StatusUnauthorized, s.ask(t, request).status)
	assert.Equal(t, http.StatusForbidden, s.ask(t, request.by(s.ordinaryUser(t))).status)
}

func TestACookieAloneStartsNoRun(t *testing.T) {
	s := begin(t, plain)
	request := asks{method: http.MethodPost, route: "/runs", body: map[string]string{"mode": "preview"}}.
		with("Cookie", model.SessionCookieToken+"="+s.Mattermost.Admin.Client.AuthToken)
	got := s.ask(t, request)
	assert.Equal(t, http.StatusUnauthorized, got.status, "%s", got)

	got = s.ask(t, request.with(model.HeaderCsrfToken, s.csrfToken(t)))
	assert.Equal(t, http.StatusAccepted, got.status, "%s", got)
}

func TestAPersonalAccessTokenOfAnAdministratorIsAsGoodAsASession(t *testing.T) {
	s := begin(t, plain)
	enabled := &model.Config{ServiceSettings: model.ServiceSettings{EnableUserAccessTokens: model.NewPointer(true)}}
	_, _, err := s.Mattermost.Admin.Client.PatchConfig(waiting(t), enabled)
	require.NoError(t, err)
	token, _, err := s.Mattermost.Admin.Client.CreateUserAccessToken(waiting(t), s.Mattermost.Admin.ID, "a test")
	require.NoError(t, err)
	got := s.ask(t, asks{method: http.MethodGet, route: "/status"}.with("Authorization", "Bearer "+token.Token))
	assert.Equal(t, http.StatusOK, got.status, "%s", got)
}

// csrfToken is the token that a page of the administrator's session sends with its requests.
func (s *scene) csrfToken(t *testing.T) string {
	t.Helper()
	var rows []struct {
		Props map[string]string `json:"props"`
	}
	s.query(t, &rows, `SELECT props::jsonb AS props FROM sessions WHERE token = $1`, s.Mattermost.Admin.Client.AuthToken)
	require.Len(t, rows, 1)
	return rows[0].Props["csrf"]
}

// team is shared by all tests.
func (s *scene) team(t *testing.T) *model.Team {
	t.Helper()
	if s.workplace == nil {
		made, err := s.Mattermost.CreateTeam(waiting(t), "workplace")
		require.NoError(t, err)
		s.workplace = made
	}
	return s.workplace
}
