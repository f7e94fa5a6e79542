package entra

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"golang.org/x/sync/errgroup"
)

// maxAtOnce limits the requests of one GetUsers. The transport keeps as many connections open.
const maxAtOnce = 8

// GetUsers reads users by object ID. It returns a JSON array in the order of ids; users that do not exist are left out. Any
// other failure fails the whole call, so that no user looks absent by mistake. Its errors are [*Error].
//
// It sends one request for each user instead of a $batch of twenty: the parts of a batch are throttled one by one and count the
// same, and their statuses, Retry-After headers and incomplete bodies would need a second retry layer.
// Source: https://learn.microsoft.com/graph/json-batching and https://learn.microsoft.com/graph/throttling
func (c *Client) GetUsers(ctx context.Context, ids []string, sel []string) (json.RawMessage, error) {
	selection, err := selectQuery(sel)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !objectIDPattern.MatchString(id) {
			return nil, requestInvalid("not an object id: " + clean(id))
		}
	}
	found := make([]json.RawMessage, len(ids))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(maxAtOnce)
	for index, id := range ids {
		group.Go(func() error {
			var err error
			found[index], err = c.getUser(groupCtx, id, selection)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return joinArray(found), nil
}

// getUser returns nil for a user that does not exist.
func (c *Client) getUser(ctx context.Context, id, selection string) (json.RawMessage, error) {
	body, err := c.get(ctx, c.address("users/"+id, selection))
	if isAbsent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if _, err := parseUser(body); err != nil {
		return nil, err
	}
	var user struct {
		ID string `json:"id"`
	}
	if err := decode(body, &user, "a user"); err != nil {
		return nil, err
	}
	if user.ID != "" && !strings.EqualFold(user.ID, id) {
		return nil, invalidAnswer("the answer is another user")
	}
	return body, nil
}

// joinArray makes one JSON array of the values that exist.
func joinArray(values []json.RawMessage) json.RawMessage {
	var there [][]byte
	for _, value := range values {
		if value != nil {
			there = append(there, value)
		}
	}
	return bytes.Join([][]byte{[]byte("["), bytes.Join(there, []byte(",")), []byte("]")}, nil)
}
