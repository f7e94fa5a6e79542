package entra

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
)

// GroupQuery asks for one page of the groups whose name starts with a text. An empty Cursor starts; Prefix counts only then.
type GroupQuery struct {
	// Prefix is what the names start with.
	Prefix string `json:"prefix"`

	// Cursor is the Next of the previous page.
	Cursor string `json:"cursor"`
}

// NamedGroup is a group by its ID and its name.
type NamedGroup struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// GroupPage is one page of groups. Next is "" on the last page.
type GroupPage struct {
	Groups []NamedGroup `json:"groups"`
	Next   string       `json:"next"`
}

// ListGroups reads one page of the groups whose display name starts with a text. For Graph, upper and lower case are the same. The filter
// needs no ConsistencyLevel, so Graph does not answer from an index that lags behind. A cursor that is not a page of groups is
// request_invalid and is never requested. Its errors are [*Error]; their facts name the resource groups.
// Source: https://learn.microsoft.com/graph/api/group-list and https://learn.microsoft.com/graph/api/resources/group
func (c *Client) ListGroups(ctx context.Context, q GroupQuery) (GroupPage, error) {
	address := q.Cursor
	if address != "" {
		if !c.isGroupsLink(address) {
			return GroupPage{}, requestInvalid("not a page of groups: " + clean(address))
		}
	} else {
		if strings.TrimSpace(q.Prefix) == "" || !utf8.ValidString(q.Prefix) || utf8.RuneCountInString(q.Prefix) > maxGroupName {
			return GroupPage{}, requestInvalid("not the beginning of a group's name")
		}
		starts := "startsWith(displayName,'" + strings.ReplaceAll(q.Prefix, "'", "''") + "')"
		address = c.address("groups", "$filter="+escapeQuery(starts), "$select=id,displayName", fmt.Sprintf("$top=%d", maxTop))
	}
	body, err := c.get(ctx, address)
	if err != nil {
		return GroupPage{}, aboutGroups(err)
	}
	page, err := parseNamedGroups(body)
	if err != nil || page.Next == "" {
		return page, err
	}
	if page.Next == q.Cursor {
		return GroupPage{}, invalidAnswer("the next link leads to the same page")
	}
	if err := c.checkLink(page.Next); err != nil {
		return GroupPage{}, err
	}
	if !c.isGroupsLink(page.Next) {
		return GroupPage{}, invalidAnswer("the next link leads to something else than groups")
	}
	return page, nil
}

// isGroupsLink reports whether a link leads to a list of groups in the configured cloud.
func (c *Client) isGroupsLink(link string) bool {
	if c.checkLink(link) != nil {
		return false
	}
	address, err := url.Parse(link)
	return err == nil && strings.EqualFold(path.Clean(address.Path), c.graph.Path+"/v1.0/groups")
}

// parseNamedGroups reads a page of groups. A group without a name has an empty one.
func parseNamedGroups(body []byte) (GroupPage, error) {
	answer, err := parseFrame(body, "groups")
	if err != nil {
		return GroupPage{}, err
	}
	var found []graphGroup
	if err := decode(answer.Value, &found, "a list of groups"); err != nil {
		return GroupPage{}, err
	}
	page := GroupPage{Groups: make([]NamedGroup, 0, len(found)), Next: answer.Next}
	for _, each := range found {
		if !objectIDPattern.MatchString(each.ID) {
			return GroupPage{}, invalidAnswer("a group has no object id")
		}
		page.Groups = append(page.Groups, NamedGroup{ID: each.ID, Name: each.DisplayName})
	}
	return page, nil
}
