package entra

import (
	"context"
	"encoding/json"
	"fmt"
)

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

// ReadGroupMembers reads one page of what is in a group, in groups within it included. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/group-list-transitivemembers
func (c *Client) ReadGroupMembers(ctx context.Context, q MemberQuery) (MemberPage, error) {
	address := q.Cursor
	if address == "" {
		if !objectIDPattern.MatchString(q.GroupID) {
			return MemberPage{}, requestInvalid("not an object id: " + clean(q.GroupID))
		}
		address = c.address("groups/"+q.GroupID+"/transitiveMembers", fmt.Sprintf("$top=%d", maxTop), "$select=id")
	} else if err := c.checkLink(address); err != nil {
		return MemberPage{}, err
	}
	page, err := c.readPage(ctx, address)
	if err != nil {
		return MemberPage{}, err
	}
	var members []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(page.Users, &members); err != nil {
		return MemberPage{}, invalidAnswer("the answer is not a list of members")
	}
	answer := MemberPage{IDs: make([]string, 0, len(members)), Next: page.Next}
	for _, member := range members {
		answer.IDs = append(answer.IDs, member.ID)
	}
	return answer, nil
}
