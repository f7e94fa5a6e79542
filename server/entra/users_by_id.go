package entra

import (
	"context"
	"encoding/json"
)

// GetUsers reads the users with these object ids; those that the directory does not have are left out.
func (c *Client) GetUsers(ctx context.Context, ids, sel []string) (json.RawMessage, error) {
	users := []json.RawMessage{}
	for _, id := range ids {
		found, err := c.FindUsers(ctx, id, sel)
		if err != nil {
			return nil, err
		}
		var list []json.RawMessage
		if err := json.Unmarshal(found, &list); err != nil {
			return nil, err
		}
		users = append(users, list...)
	}
	return json.Marshal(users)
}
