package entra

import (
	"cmp"
	"context"
	"strings"
)

// GroupDeltaQuery asks for one page of changes of groups. An empty Cursor asks for the delta link of this moment.
type GroupDeltaQuery struct {
	// Cursor is the Next or the Delta of an earlier page.
	Cursor string `json:"cursor"`
}

// ChangedGroup is a group that was created, changed or removed, or whose members have changed. One group can come several times.
type ChangedGroup struct {
	ID      string `json:"id"`
	Removed bool   `json:"removed"`

	// Joined and Left are the object IDs of users who became direct members and of those who no longer are.
	Joined []string `json:"joined"`
	Left   []string `json:"left"`

	// Nested are the object IDs of groups that became direct members.
	Nested []string `json:"nested"`
}

// GroupDeltaPage is one page of changes. Next is empty on the last page of a round. Only then Delta is set, and starts the next round.
type GroupDeltaPage struct {
	Groups []ChangedGroup `json:"groups"`
	Next   string         `json:"next"`
	Delta  string         `json:"delta"`
}

// ReadGroupDelta reads one page of the changes of the directory's groups: of their names, and of their direct members. A nested group is a
// direct member. Links and expired cursors are treated as in [Client.ReadDelta]. It needs GroupMember.Read.All; the facts of its failures
// name the resource groups. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/group-delta and https://learn.microsoft.com/graph/delta-query-groups
func (c *Client) ReadGroupDelta(ctx context.Context, q GroupDeltaQuery) (GroupDeltaPage, error) {
	address := q.Cursor
	if address == "" {
		address = c.address("groups/delta", "$deltatoken=latest", "$select=id,displayName,members")
	} else if err := c.checkLink(address); err != nil {
		return GroupDeltaPage{}, err
	}
	body, err := c.get(ctx, address, minimal)
	if err != nil {
		return GroupDeltaPage{}, aboutGroups(err)
	}
	page, err := parseGroupDelta(body)
	if err != nil {
		return GroupDeltaPage{}, err
	}
	if page.Next != "" && page.Next == q.Cursor {
		return GroupDeltaPage{}, invalidAnswer("the next link leads to the same page")
	}
	if err := c.checkLink(cmp.Or(page.Next, page.Delta)); err != nil {
		return GroupDeltaPage{}, err
	}
	return page, nil
}

// parseGroupDelta reads a page of changes. A page without any link was cut off, as one of users.
func parseGroupDelta(body []byte) (GroupDeltaPage, error) {
	answer, err := parseFrame(body, "groups")
	if err != nil {
		return GroupDeltaPage{}, err
	}
	if (answer.Next == "") == (answer.Delta == "") {
		return GroupDeltaPage{}, invalidAnswer("the answer needs either a next link or a delta link")
	}
	var groups []struct {
		member
		Members []member `json:"members@delta"`
	}
	if err := decode(answer.Value, &groups, "a list of groups"); err != nil {
		return GroupDeltaPage{}, err
	}
	page := GroupDeltaPage{Groups: make([]ChangedGroup, 0, len(groups)), Next: answer.Next, Delta: answer.Delta}
	for _, each := range groups {
		changed, err := changedGroup(each.member, each.Members)
		if err != nil {
			return GroupDeltaPage{}, err
		}
		page.Groups = append(page.Groups, changed)
	}
	return page, nil
}

func changedGroup(group member, members []member) (ChangedGroup, error) {
	if !objectIDPattern.MatchString(group.ID) {
		return ChangedGroup{}, invalidAnswer("a change without an object id")
	}
	changed := ChangedGroup{ID: group.ID, Removed: group.Removed != nil, Joined: []string{}, Left: []string{}, Nested: []string{}}
	for _, each := range members {
		switch {
		case strings.TrimSpace(each.ID) == "":
			return ChangedGroup{}, invalidAnswer("a member has no id")
		case each.Removed != nil && each.mayBe("user"):
			changed.Left = append(changed.Left, each.ID)
		case each.Removed == nil && each.mayBe("user"):
			changed.Joined = append(changed.Joined, each.ID)
		case each.Removed == nil && each.mayBe("group"):
			changed.Nested = append(changed.Nested, each.ID)
		}
	}
	return changed, nil
}
