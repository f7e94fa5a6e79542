package entra

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"golang.org/x/sync/errgroup"
)

const (
	// maxFoundGroups limits how many groups a search shows.
	maxFoundGroups = 50

	// maxGroupName is the longest display name of a group.
	// Source: https://learn.microsoft.com/graph/api/resources/group
	maxGroupName = 256

	selectGroup = "$select=id,displayName,description"
)

// eventual allows the queries that Graph answers from an index: casts, $count and $search. Every page needs it, because a next
// link carries the query but not the headers.
// Source: https://learn.microsoft.com/graph/aad-advanced-queries and https://learn.microsoft.com/graph/paging
var eventual = header{"ConsistencyLevel", "eventual"}

// Group is what a picker shows of a group.
type Group struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// graphGroup is a group as Graph sends it.
type graphGroup struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
	Description string `json:"description"`
}

// FindGroups returns up to 50 groups: first those whose name begins with text, then those whose name contains its words, each
// sorted by name. An empty text finds nothing. An administrator waits for the answer, so it does not retry for long. Its errors
// are [*Error].
// Source: https://learn.microsoft.com/graph/search-query-parameter and https://learn.microsoft.com/graph/api/group-list
func (c *Client) FindGroups(ctx context.Context, text string) ([]Group, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return []Group{}, nil
	case !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxGroupName:
		return nil, requestInvalid("not a name of a group")
	}
	ctx = policy.WithRetryOptions(ctx, probeRetry())
	beginning, err := c.listGroups(ctx, "$filter="+escapeQuery("startsWith(displayName,'"+strings.ReplaceAll(text, "'", "''")+"')"))
	if err != nil {
		return nil, err
	}
	phrase := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)
	containing, err := c.listGroups(ctx, "$search="+escapeQuery(`"displayName:`+phrase+`"`))
	if err != nil {
		return nil, err
	}
	return firstOfEach(append(beginning, containing...)), nil
}

// GetGroups returns the groups with these object IDs, in that order. Those that do not exist are left out. An administrator
// waits for the answer, so it does not retry for long. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/group-get
func (c *Client) GetGroups(ctx context.Context, ids []string) ([]Group, error) {
	ctx = policy.WithRetryOptions(ctx, probeRetry())
	found := make([]*Group, len(ids))
	asking, askingCtx := errgroup.WithContext(ctx)
	asking.SetLimit(maxAtOnce)
	for index, id := range ids {
		if !objectIDPattern.MatchString(id) {
			continue // no group has such an ID
		}
		asking.Go(func() error {
			var err error
			found[index], err = c.getGroup(askingCtx, id)
			return err
		})
	}
	if err := asking.Wait(); err != nil {
		return nil, err
	}
	groups := make([]Group, 0, len(ids))
	for _, each := range found {
		if each != nil {
			groups = append(groups, *each)
		}
	}
	return groups, nil
}

// getGroup returns nil for a group that does not exist.
func (c *Client) getGroup(ctx context.Context, id string) (*Group, error) {
	body, err := c.get(ctx, c.address("groups/"+id, selectGroup))
	if isAbsent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, aboutGroups(err)
	}
	var group graphGroup
	if err := decode(body, &group, "a group"); err != nil {
		return nil, err
	}
	if !strings.EqualFold(group.ID, id) {
		return nil, invalidAnswer("the answer is another group")
	}
	return &Group{ID: group.ID, Name: group.DisplayName, Description: group.Description}, nil
}

// listGroups returns the groups that match a condition, sorted by name.
func (c *Client) listGroups(ctx context.Context, condition string) ([]Group, error) {
	body, err := c.get(ctx, c.address("groups", condition, "$count=true", selectGroup, fmt.Sprintf("$top=%d", maxFoundGroups)), eventual)
	if err != nil {
		return nil, aboutGroups(err)
	}
	return parseGroups(body)
}

func parseGroups(body []byte) ([]Group, error) {
	answer, err := parseFrame(body, "groups")
	if err != nil {
		return nil, err
	}
	var found []graphGroup
	if err := decode(answer.Value, &found, "a list of groups"); err != nil {
		return nil, err
	}
	groups := make([]Group, 0, len(found))
	for _, each := range found {
		if strings.TrimSpace(each.ID) == "" {
			return nil, invalidAnswer("a group has no id")
		}
		groups = append(groups, Group{ID: each.ID, Name: each.DisplayName, Description: each.Description})
	}
	slices.SortStableFunc(groups, func(one, other Group) int {
		return strings.Compare(strings.ToLower(one.Name), strings.ToLower(other.Name))
	})
	return groups, nil
}

// firstOfEach removes duplicates and whatever exceeds the limit.
func firstOfEach(groups []Group) []Group {
	first := make([]Group, 0, maxFoundGroups)
	seen := map[string]bool{}
	for _, each := range groups {
		if id := strings.ToLower(each.ID); !seen[id] && len(first) < maxFoundGroups {
			seen[id] = true
			first = append(first, each)
		}
	}
	return first
}
