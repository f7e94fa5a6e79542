package entra

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// eventual allows the queries that Graph answers from an index: casts, $count and $search. Every page needs it, because a next
// link carries the query but not the headers.
// Source: https://learn.microsoft.com/graph/aad-advanced-queries and https://learn.microsoft.com/graph/paging
var eventual = header{"ConsistencyLevel", "eventual"}

// MemberQuery asks for one page of a group's members. An empty Cursor starts; GroupID counts only then.
type MemberQuery struct {
	// GroupID is the group's object ID.
	GroupID string `json:"group_id"`

	// Cursor is the Next of the previous page.
	Cursor string `json:"cursor"`
}

// MemberPage is one page: the object IDs of members, and Next, which is "" on the last page.
type MemberPage struct {
	IDs  []string `json:"ids"`
	Next string   `json:"next"`
}

// ReadGroupMembers reads one page of the users in a group and in the groups nested in it. Graph answers from an index that may
// lag behind, so a user who has just joined can be missing. The facts of its failures name the resource groups: a group that
// does not exist is 404, a missing GroupMember.Read.All 403. A cursor that is not a page of members is request_invalid and is
// never requested. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/group-list-transitivemembers
func (c *Client) ReadGroupMembers(ctx context.Context, q MemberQuery) (MemberPage, error) {
	address := q.Cursor
	if address != "" {
		if !c.isMembersLink(address) {
			return MemberPage{}, requestInvalid("not a page of the members of a group: " + clean(address))
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
	if !c.isMembersLink(page.Next) {
		return MemberPage{}, invalidAnswer("the next link leads to something else than members")
	}
	return page, nil
}

var membersPath = regexp.MustCompile(`(?i)^groups/[^/]+/transitiveMembers(/|$)`)

// isMembersLink reports whether a link leads to members of a group in the configured cloud. A cursor can come from the page,
// and any other address would be read with the application's permissions.
func (c *Client) isMembersLink(link string) bool {
	if c.checkLink(link) != nil {
		return false
	}
	address, err := url.Parse(link)
	return err == nil && membersPath.MatchString(strings.TrimPrefix(path.Clean(address.Path), c.graph.Path+"/v1.0/"))
}

// parseMembers reads the IDs from a page of members. Without User.Read.All, everything else is null.
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
