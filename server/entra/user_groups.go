package entra

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

const (
	// maxValuesIn is the most values that Graph takes in one "in" of a filter.
	// Source: https://learn.microsoft.com/graph/filter-query-parameter
	maxValuesIn = 15

	// maxPagesOfUser limits how long the list of one user's groups can be.
	maxPagesOfUser = 100
)

// UserGroupsQuery asks in which groups users are.
type UserGroupsQuery struct {
	// ObjectIDs are the users.
	ObjectIDs []string `json:"object_ids"`

	// Among are the object IDs of the groups that matter.
	Among []string `json:"among"`
}

// UserGroups are the groups of one user among those that were asked for.
type UserGroups struct {
	ObjectID string   `json:"object_id"`
	Groups   []string `json:"groups"`
}

// ReadUserGroups returns in which groups users are, through nested groups too; users that do not exist are left out. Any other failure
// fails the whole call, so that no user looks like one without groups by mistake. It sends one request for each user, like
// [Client.GetUsers]. Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/user-list-transitivememberof
func (c *Client) ReadUserGroups(ctx context.Context, q UserGroupsQuery) ([]UserGroups, error) {
	among := make(map[string]bool, len(q.Among))
	for _, id := range q.Among {
		among[strings.ToLower(id)] = true
	}
	found := make([]*UserGroups, len(q.ObjectIDs))
	asking, askingCtx := errgroup.WithContext(ctx)
	asking.SetLimit(maxAtOnce)
	for index, id := range q.ObjectIDs {
		if !objectIDPattern.MatchString(id) {
			return nil, requestInvalid("not an object id: " + clean(id))
		}
		asking.Go(func() error {
			groups, err := c.groupsOf(askingCtx, id, among)
			if isAbsent(err) {
				return nil
			}
			found[index] = &UserGroups{ObjectID: id, Groups: groups}
			return err
		})
	}
	if err := asking.Wait(); err != nil {
		return nil, aboutGroups(err)
	}
	users := make([]UserGroups, 0, len(found))
	for _, each := range found {
		if each != nil {
			users = append(users, *each)
		}
	}
	return users, nil
}

// groupsOf returns the groups of one user among those that matter. Directory roles and administrative units have other IDs.
func (c *Client) groupsOf(ctx context.Context, id string, among map[string]bool) ([]string, error) {
	groups := []string{}
	address := c.address("users/"+id+"/transitiveMemberOf", "$select=id", fmt.Sprintf("$top=%d", maxTop))
	for range maxPagesOfUser {
		body, err := c.get(ctx, address)
		if err != nil {
			return nil, err
		}
		page, err := parseMembers(body)
		if err != nil {
			return nil, err
		}
		for _, group := range page.Groups {
			if lower := strings.ToLower(group); among[lower] && !slices.Contains(groups, lower) {
				groups = append(groups, lower)
			}
		}
		if page.Next == "" {
			return groups, nil
		}
		if address = page.Next; !c.isMemberOfLink(address) {
			return nil, invalidAnswer("the next link leads to something else than groups of a user")
		}
	}
	return nil, invalidAnswer("the groups of a user do not end")
}

var memberOfPath = regexp.MustCompile(`(?i)^users/[^/]+/transitiveMemberOf(/|$)`)

func (c *Client) isMemberOfLink(link string) bool {
	if c.checkLink(link) != nil {
		return false
	}
	address, err := url.Parse(link)
	return err == nil && memberOfPath.MatchString(strings.TrimPrefix(path.Clean(address.Path), c.graph.Path+"/v1.0/"))
}

// ExistingGroups returns those of the object IDs that are IDs of groups, in lower case. The facts of its failures name the resource groups.
// Its errors are [*Error].
// Source: https://learn.microsoft.com/graph/api/group-list
func (c *Client) ExistingGroups(ctx context.Context, ids []string) ([]string, error) {
	for _, id := range ids {
		if !objectIDPattern.MatchString(id) {
			return nil, requestInvalid("not an object id: " + clean(id))
		}
	}
	existing := []string{}
	for some := range slices.Chunk(ids, maxValuesIn) {
		filter := "$filter=" + escapeQuery("id in ('"+strings.Join(some, "','")+"')")
		body, err := c.get(ctx, c.address("groups", filter, "$select=id,displayName", fmt.Sprintf("$top=%d", maxTop)))
		if err != nil {
			return nil, aboutGroups(err)
		}
		page, err := parseNamedGroups(body)
		if err != nil {
			return nil, err
		}
		if page.Next != "" {
			return nil, invalidAnswer("more groups than were asked for")
		}
		for _, each := range page.Groups {
			existing = append(existing, strings.ToLower(each.ID))
		}
	}
	return existing, nil
}
