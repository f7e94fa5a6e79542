package entra

import (
	"cmp"
	"context"
	"encoding/json"
)

// DeltaQuery asks for one page of changes. An empty Cursor starts a round. Select and Latest count only then, because Graph
// writes what it needs into every further link.
type DeltaQuery struct {
	// Cursor is the Next or the Delta of an earlier page.
	Cursor string `json:"cursor"`

	// Latest asks for the delta link of this moment without any user: changes count from here.
	Latest bool `json:"latest"`

	// Select names the attributes to read and to watch. An empty Select watches all attributes and returns Graph's default
	// ones.
	Select []string `json:"select"`
}

// DeltaPage is one page as Graph sent it. Users is a JSON array of user objects, which can be partial, repeated or marked with
// @removed. Next is empty on the last page of a round. Only then Delta is set, and starts the next round.
type DeltaPage struct {
	Users json.RawMessage `json:"users"`
	Next  string          `json:"next"`
	Delta string          `json:"delta"`
}

// minimal asks Graph to leave out unchanged attributes, so that a null in the answer means a cleared attribute.
// Source: https://learn.microsoft.com/graph/api/user-delta
var minimal = header{"Prefer", "return=minimal"}

// ReadDelta reads one page of the changes of the directory's users. A cursor or a link that leaves the configured Graph root is
// an error (foreign_link) and is never requested. When Graph no longer knows the cursor, it answers 410 or one of the codes
// syncStateNotFound and resyncRequired, which the facts carry. Its errors are [*Error].
//
// Graph does not support $top, $expand or $orderby here; it chooses the page size.
// Source: https://learn.microsoft.com/graph/delta-query-overview
func (c *Client) ReadDelta(ctx context.Context, q DeltaQuery) (DeltaPage, error) {
	address, err := c.deltaAddress(q)
	if err != nil {
		return DeltaPage{}, err
	}
	body, err := c.get(ctx, address, minimal)
	if err != nil {
		return DeltaPage{}, err
	}
	page, err := parseDeltaPage(body)
	if err != nil {
		return DeltaPage{}, err
	}
	if page.Next != "" && page.Next == q.Cursor {
		return DeltaPage{}, invalidAnswer("the next link leads to the same page")
	}
	if err := c.checkLink(cmp.Or(page.Next, page.Delta)); err != nil {
		return DeltaPage{}, err
	}
	return page, nil
}

func (c *Client) deltaAddress(q DeltaQuery) (string, error) {
	if q.Cursor != "" {
		return q.Cursor, c.checkLink(q.Cursor)
	}
	selection, err := selectQuery(q.Select)
	if err != nil {
		return "", err
	}
	latest := ""
	if q.Latest {
		latest = "$deltatoken=latest"
	}
	return c.address("users/delta", latest, selection), nil
}

// parseDeltaPage checks the frame of a page of changes. A page without any link was cut off: without the link to the next
// round, it is unknown what has been read.
func parseDeltaPage(body []byte) (DeltaPage, error) {
	answer, err := parseFrame(body, "users")
	if err != nil {
		return DeltaPage{}, err
	}
	if (answer.Next == "") == (answer.Delta == "") {
		return DeltaPage{}, invalidAnswer("the answer needs either a next link or a delta link")
	}
	return DeltaPage{Users: answer.Value, Next: answer.Next, Delta: answer.Delta}, nil
}
