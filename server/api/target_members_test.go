package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

var team = strings.Repeat("a", 26)

func TestMembersOfATeamOrChannel(t *testing.T) {
	w := newWorld(t)
	answer := w.asAdmin(http.MethodGet, "/targets/"+team+"/members?standing=missing&q=lee&page=2&per_page=5", "")
	assert.Equal(t, http.StatusOK, answer.Code)
	body := decode(t, answer)
	assert.Equal(t, []any{float64(1), float64(2), float64(5)}, []any{body["total"], body["page"], body["per_page"]})
	assert.Equal(t, []MemberFilter{{TargetID: team, Query: "lee", Standing: "missing", Page: 2, PerPage: 5}}, w.jobs.members)

	for path, code := range map[string]int{
		team + "/members?standing=unknown":                     http.StatusBadRequest,
		team + "/members?q=" + strings.Repeat("x", maxQuery+1): http.StatusBadRequest,
		team + "/members?per_page=0":                           http.StatusBadRequest,
		strings.Repeat("z", 26) + "/members":                   http.StatusNotFound,
		strings.Repeat("z", 26) + "/members.csv":               http.StatusNotFound,
		"x'/members":                                           http.StatusNotFound,
		"short/members.csv":                                    http.StatusNotFound,
	} {
		assert.Equal(t, code, w.asAdmin(http.MethodGet, "/targets/"+path, "").Code, path)
	}
}

func TestTheTableOfMembersIsReadPieceByPiece(t *testing.T) {
	w := newWorld(t)
	answer := w.asAdmin(http.MethodGet, "/targets/"+team+"/members.csv", "")
	assert.Equal(t, "first\r\nsecond\r\n", answer.Body.String())
	assert.Equal(t, `attachment; filename="entrasync-members-`+team+`.csv"`, answer.Header().Get("Content-Disposition"))
	assert.Equal(t, []MemberFilter{{TargetID: team, PerPage: exportPage}, {TargetID: team, After: "mina", PerPage: exportPage}}, w.jobs.members)

	broken := w.asAdmin(http.MethodGet, "/targets/"+team+"/members.csv?q=breaks", "")
	assert.Equal(t, "first\r\nsecond\r\n", broken.Body.String(), "what was sent stays, and the log says that it is not all")
}

func TestMembershipsOfAUserAreExplained(t *testing.T) {
	w := newWorld(t)
	answer := decode(t, w.asAdmin(http.MethodGet, "/memberships?user=lee%40corp.example", ""))
	assert.Equal(t, "lee@corp.example", answer["object_id"])
	assert.NotEmpty(t, answer["fault"].(map[string]any)["message"])
	assert.Equal(t, http.StatusNotFound, w.asAdmin(http.MethodGet, "/memberships?user=nobody", "").Code)
	assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodGet, "/memberships", "").Code)
	assert.Equal(t, http.StatusBadRequest, w.asAdmin(http.MethodGet, "/memberships?user="+strings.Repeat("x", maxUser+1), "").Code)
}

func (f *fakeJobs) ExplainMemberships(_ context.Context, user string) (map[string]json.RawMessage, error) {
	if user == "nobody" {
		return nil, refused(`{"code":"person_not_found"}`)
	}
	return map[string]json.RawMessage{"object_id": json.RawMessage(`"` + user + `"`), "fault": json.RawMessage(`{"code":"group_not_found"}`)}, f.err
}

func (f *fakeJobs) TargetMembers(_ context.Context, locale string, filter MemberFilter) (TargetMembers, error) {
	f.members = append(f.members, filter)
	if strings.HasPrefix(filter.TargetID, "z") {
		return TargetMembers{}, refused(`{"code":"not_found"}`)
	}
	return TargetMembers{Target: json.RawMessage(`{"kind":"team"}`), Total: 1, Standings: json.RawMessage(`{}`), Notes: json.RawMessage(`[]`), Members: json.RawMessage(`[{"rule":"` + locale + `"}]`)}, f.err
}

func (f *fakeJobs) MembersTable(_ context.Context, _ string, filter MemberFilter) (text, next string, err error) {
	f.members = append(f.members, filter)
	switch {
	case strings.HasPrefix(filter.TargetID, "z"), filter.After == "fails":
		return "", "", refused(`{"code":"not_found"}`)
	case filter.After == "":
		return "first\r\n", "mina", f.err
	case filter.Query == "breaks":
		return "second\r\n", "fails", nil
	default:
		return "second\r\n", "", nil
	}
}
