package api

import (
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
