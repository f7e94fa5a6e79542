package entra

import (
	"context"
	"fmt"
	"strings"
)

// eventual allows the queries that Graph answers from an index: casts, $count and $search. It belongs on every page, for
// a next link carries the query and not the headers.
// Source: https://learn.microsoft.com/graph/aad-advanced-queries and https://learn.microsoft.com/graph/paging
var eventual = header{"ConsistencyLevel", "eventual"}

// MemberQuery asks for one page of a group's members. An empty Cursor begins; GroupID counts only then.
type MemberQuery struct {
	// GroupID is the group's object id.
	GroupID string `json:"group_id"`

	// Cursor is the Next of the page before.
	Cursor string `json:"cursor"`
}

// MemberPage is one page: the members' object ids, and Next, which is ” on the last page.
type MemberPage struct {
	IDs  []string `json:"ids"`
	Next string   `json:"next"`
}

// ReadGroupMembers reads one page of the users in a group, those in groups within it included. Graph answers from an
// index that may lag behind, so a person who joined a moment ago may be missing. The facts of its failures name the
// resource groups: a group that does not exist is 404, a missing GroupMember.Read.All 403. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/group-list-transitivemembers
func (c *Client) ReadGroupMembers(ctx context.Context, q MemberQuery) (MemberPage, error) {
	address := q.Cursor
	if address != "" {
		if err := c.checkLink(address); err != nil {
			return MemberPage{}, err
		}
	} else {
		if !objectIDPattern.MatchString(q.GroupID) {
			return MemberPage{}, requestInvalid("not an object id: " + clean(q.GroupID))
		}
		address = c.address("groups/"+q.GroupID+"/transitiveMembers/microsoft.graph.user",
			"$count=true", "$select=id", fmt.Sprintf("$top=%d", maxTop))
	}
	body, err := c.get(ctx, address, eventual)
	if err != nil {
		return MemberPage{}, aboutGroups(err)
	}
	page, err := parseMembers(body)
	if err != nil || page.Next == "" {
		return page, err
	}
	if page.Next == q.Cursor {
		return MemberPage{}, invalidAnswer("the next link leads to the same page")
	}
	if err := c.checkLink(page.Next); err != nil {
		return MemberPage{}, err
	}
	return page, nil
}

// parseMembers takes the ids out of a page of members. Without User.Read.All all else is null.
func parseMembers(body []byte) (MemberPage, error) {
	answer, err := parseFrame(body, "members")
	if err != nil {
		return MemberPage{}, err
	}
	var members []struct {
		ID string `json:"id"`
	}
	if err := decode(answer.Value, &members, "a list of members"); err != nil {
		return MemberPage{}, err
	}
	page := MemberPage{IDs: make([]string, 0, len(members)), Next: answer.Next}
	for _, member := range members {
		if strings.TrimSpace(member.ID) == "" {
			return MemberPage{}, invalidAnswer("a member has no id")
		}
		page.IDs = append(page.IDs, member.ID)
	}
	return page, nil
}
