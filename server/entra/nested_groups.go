package entra

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// maxPagesOfNested limits how many groups directly in one group are read: an administrator waits for them.
const maxPagesOfNested = 5

// NestedGroups are the name of a group and the groups directly in it. A group that does not exist has no name.
type NestedGroups struct {
	Name   string       `json:"name"`
	Groups []NamedGroup `json:"groups"`
}

// ReadNestedGroups reads which groups are directly in a group. The cast to groups leaves out its users, who can be many; Graph answers it
// from an index that lags behind. Its errors are [*Error]; their facts name the resource groups.
// Source: https://learn.microsoft.com/graph/api/group-list-members
func (c *Client) ReadNestedGroups(ctx context.Context, groupID string) (NestedGroups, error) {
	nested := NestedGroups{Groups: []NamedGroup{}}
	if !objectIDPattern.MatchString(groupID) {
		return nested, requestInvalid("not an object id: " + clean(groupID))
	}
	group, err := c.getGroup(ctx, groupID)
	if err != nil || group == nil {
		return nested, err
	}
	nested.Name = group.Name
	address := c.address("groups/"+groupID+"/members/microsoft.graph.group", "$count=true", "$select=id,displayName", fmt.Sprintf("$top=%d", maxTop))
	for range maxPagesOfNested {
		body, err := c.get(ctx, address, eventual)
		if err != nil {
			return nested, aboutGroups(err)
		}
		page, err := parseNamedGroups(body)
		if err != nil {
			return nested, err
		}
		nested.Groups = append(nested.Groups, page.Groups...)
		if page.Next == "" {
			return nested, nil
		}
		if address = page.Next; !c.isNestedLink(address) {
			return nested, invalidAnswer("the next link leads to something else than groups in a group")
		}
	}
	return nested, nil
}

var nestedPath = regexp.MustCompile(`(?i)^groups/[^/]+/members/microsoft\.graph\.group$`)

func (c *Client) isNestedLink(link string) bool {
	if c.checkLink(link) != nil {
		return false
	}
	address, err := url.Parse(link)
	return err == nil && nestedPath.MatchString(strings.TrimPrefix(path.Clean(address.Path), c.graph.Path+"/v1.0/"))
}
