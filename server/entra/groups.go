package entra

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	// maxFoundGroups is how many groups a person who searches gets to see.
	maxFoundGroups = 25

	// maxGroupName is the longest display name of a group.
	// Source: https://learn.microsoft.com/graph/api/resources/group
	maxGroupName = 256
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

// group is what a picker shows.
type group struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
}

// FindGroups gives up to 25 groups as a JSON array of {id, displayName}: first those whose name begins with text, then
// those in whose name its words occur. No text finds nothing. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/search-query-parameter and https://learn.microsoft.com/graph/api/group-list
func (c *Client) FindGroups(ctx context.Context, text string) (json.RawMessage, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return json.RawMessage("[]"), nil
	case !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxGroupName:
		return nil, requestInvalid("not a name of a group")
	}
	beginning, err := c.listGroups(ctx, "$filter="+escapeQuery("startsWith(displayName,'"+strings.ReplaceAll(text, "'", "''")+"')"))
	if err != nil {
		return nil, err
	}
	phrase := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)
	containing, err := c.listGroups(ctx, "$search="+escapeQuery(`"displayName:`+phrase+`"`))
	if err != nil {
		return nil, err
	}
	found, err := json.Marshal(firstOfEach(append(beginning, containing...)))
	if err != nil {
		return nil, invalidAnswer("a group cannot be written down")
	}
	return found, nil
}

func (c *Client) listGroups(ctx context.Context, condition string) ([]group, error) {
	body, err := c.get(ctx, c.address("groups", condition, "$count=true", "$select=id,displayName",
		fmt.Sprintf("$top=%d", maxFoundGroups)), eventual)
	if err != nil {
		return nil, aboutGroups(err)
	}
	return parseGroups(body)
}

func parseGroups(body []byte) ([]group, error) {
	answer, err := parseFrame(body, "groups")
	if err != nil {
		return nil, err
	}
	var groups []group
	if err := decode(answer.Value, &groups, "a list of groups"); err != nil {
		return nil, err
	}
	for _, each := range groups {
		if strings.TrimSpace(each.ID) == "" {
			return nil, invalidAnswer("a group has no id")
		}
	}
	return groups, nil
}

// firstOfEach drops repetitions and what is too much to show.
func firstOfEach(groups []group) []group {
	first := make([]group, 0, maxFoundGroups)
	seen := map[string]bool{}
	for _, each := range groups {
		if id := strings.ToLower(each.ID); !seen[id] && len(first) < maxFoundGroups {
			seen[id] = true
			first = append(first, each)
		}
	}
	return first
}
