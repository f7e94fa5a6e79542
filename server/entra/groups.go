package entra

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// MemberQuery asks for one page of a group's members. An empty Cursor starts; GroupID counts only then.
type MemberQuery struct {
	// GroupID is the group's object ID.
	GroupID string `json:"group_id"`

	// Cursor is the Next of the previous page.
	Cursor string `json:"cursor"`
}

// MemberPage is one page: the object IDs of users in the group and of groups nested in it, and Next, which is "" on the last page.
type MemberPage struct {
	IDs    []string `json:"ids"`
	Groups []string `json:"groups"`
	Next   string   `json:"next"`
}

// ReadGroupMembers reads one page of the users in a group and in the groups nested in it, and of these groups. It asks for all kinds of
// members: a cast to users needs ConsistencyLevel, and with it Graph answers from an index that lags behind further. A user who has just
// joined can be missing nevertheless. The facts of its failures name the resource groups: a group that
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
		address = c.address("groups/"+q.GroupID+"/transitiveMembers", "$select=id", fmt.Sprintf("$top=%d", maxTop))
	}
	body, err := c.get(ctx, address)
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

// member is one directory object of a list. Without User.Read.All, everything but its ID and kind is null.
type member struct {
	Kind string `json:"@odata.type"`
	ID   string `json:"id"`

	// Removed is set in a list of changes.
	Removed json.RawMessage `json:"@removed"`
}

// mayBe reports whether the object is of a kind. One whose kind was not sent may be of any.
func (m member) mayBe(kind string) bool {
	return m.Kind == "" || strings.EqualFold(m.Kind, "#microsoft.graph."+kind)
}

// parseMembers reads the IDs from a page of members. Devices and the like are left out.
func parseMembers(body []byte) (MemberPage, error) {
	answer, err := parseFrame(body, "members")
	if err != nil {
		return MemberPage{}, err
	}
	var members []member
	if err := decode(answer.Value, &members, "a list of members"); err != nil {
		return MemberPage{}, err
	}
	page := MemberPage{IDs: make([]string, 0, len(members)), Groups: []string{}, Next: answer.Next}
	for _, each := range members {
		if strings.TrimSpace(each.ID) == "" {
			return MemberPage{}, invalidAnswer("a member has no id")
		}
		if each.mayBe("user") {
			page.IDs = append(page.IDs, each.ID)
		}
		if each.mayBe("group") {
			page.Groups = append(page.Groups, each.ID)
		}
	}
	return page, nil
}
