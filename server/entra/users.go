package entra

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// maxTop is the most users that Graph returns on one page.
const maxTop = 999

var (
	attributePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,119}$`)
	objectIDPattern  = regexp.MustCompile(names.ObjectIDPattern)
)

// Query asks for one page of users. An empty Cursor starts a read. Select and Top count only then, because Graph writes them
// into every further link.
type Query struct {
	// Cursor is the Next of the previous page.
	Cursor string `json:"cursor"`

	// Select names the attributes to read. An empty Select reads Graph's default ones.
	Select []string `json:"select"`

	// Top is the page's size, 1 to 999.
	Top int `json:"top"`
}

// Page is one page as Graph sent it: Users is a JSON array of user objects, Next is empty on the last page.
type Page struct {
	Users json.RawMessage `json:"users"`
	Next  string          `json:"next"`
}

// ReadUsers reads one page of the directory's users. A cursor or a next link that leaves the configured Graph root is an error
// (foreign_link) and is never requested. Its errors are [*Error].
func (c *Client) ReadUsers(ctx context.Context, q Query) (Page, error) {
	address := q.Cursor
	if address == "" {
		selection, err := selectQuery(q.Select)
		if err != nil {
			return Page{}, err
		}
		if q.Top < 1 || q.Top > maxTop {
			return Page{}, requestInvalid(fmt.Sprintf("top must be 1 to %d", maxTop))
		}
		address = c.address("users", fmt.Sprintf("$top=%d", q.Top), selection)
	} else if err := c.checkLink(address); err != nil {
		return Page{}, err
	}
	page, err := c.readPage(ctx, address)
	if err != nil {
		return Page{}, err
	}
	if page.Next != "" && page.Next == q.Cursor {
		return Page{}, invalidAnswer("the next link leads to the same page")
	}
	return page, nil
}

// FindUsers reads the users that `user` names: an object ID, or a user principal name or email address. It returns a JSON
// array, empty if there is no such user. Its errors are [*Error].
func (c *Client) FindUsers(ctx context.Context, user string, sel []string) (json.RawMessage, error) {
	selection, err := selectQuery(sel)
	if err != nil {
		return nil, err
	}
	user = strings.TrimSpace(user)
	switch {
	case user == "":
		return json.RawMessage("[]"), nil
	case objectIDPattern.MatchString(user):
		return c.findByID(ctx, c.address("users/"+user, selection))
	}
	name := "'" + strings.ReplaceAll(user, "'", "''") + "'"
	filter := "$filter=" + escapeQuery("userPrincipalName eq "+name+" or mail eq "+name)
	page, err := c.readPage(ctx, c.address("users", filter, selection))
	if err == nil && page.Next != "" {
		return nil, invalidAnswer("one name fits more than a page of users")
	}
	return page.Users, err
}

func (c *Client) findByID(ctx context.Context, address string) (json.RawMessage, error) {
	body, err := c.get(ctx, address)
	if isAbsent(err) {
		return json.RawMessage("[]"), nil
	}
	if err != nil {
		return nil, err
	}
	return parseUser(body)
}

func (c *Client) readPage(ctx context.Context, address string) (Page, error) {
	body, err := c.get(ctx, address)
	if err != nil {
		return Page{}, err
	}
	page, err := parsePage(body)
	if err != nil {
		return Page{}, err
	}
	if page.Next != "" {
		if err := c.checkLink(page.Next); err != nil {
			return Page{}, err
		}
	}
	return page, nil
}

// address joins Graph's root, version, path and the non-empty parts of a query, which must already be escaped.
func (c *Client) address(path string, query ...string) string {
	address := *c.graph
	address.Path += "/v1.0/" + path
	var parts []string
	for _, part := range query {
		if part != "" {
			parts = append(parts, part)
		}
	}
	address.RawQuery = strings.Join(parts, "&")
	return address.String()
}

// selectQuery writes $select. The names become part of an address, so they must be plain attribute names.
func selectQuery(names []string) (string, error) {
	if len(names) == 0 {
		return "", nil
	}
	for _, name := range names {
		if !attributePattern.MatchString(name) {
			return "", requestInvalid("not an attribute name: " + clean(name))
		}
	}
	return "$select=" + strings.Join(names, ","), nil
}

// escapeQuery escapes a value with %20 for a space, because OData does not guarantee that a plus sign is read as one.
func escapeQuery(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}

func requestInvalid(message string) *Error {
	return refuse(fault.RequestInvalid, message)
}
