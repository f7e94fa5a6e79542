package questions

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
	"github.com/entrasync/mattermost-plugin-entrasync/server/job"
	"github.com/entrasync/mattermost-plugin-entrasync/server/mattermost"
)

// TargetMembers is a page of who is in a team or channel, and who is missing (TargetMemberList in docs/openapi.yaml).
type TargetMembers struct {
	Target    json.RawMessage `json:"target"`
	RunID     string          `json:"run_id"`
	AsOf      int64           `json:"as_of"`
	Notes     json.RawMessage `json:"notes"`
	Total     int             `json:"total"`
	Standings json.RawMessage `json:"standings"`
	Members   json.RawMessage `json:"members"`
}

// TargetMembers returns a page of members with the names of the current rules, and errors in the language of the caller. It returns
// *job.Refusal if there is no such team or channel.
func (q *Questions) TargetMembers(ctx context.Context, locale string, filter mattermost.MemberFilter) (page TargetMembers, err error) {
	if page, err = q.targetMembers(ctx, filter); err != nil {
		return page, err
	}
	var named struct {
		Members json.RawMessage `json:"members"`
	}
	err = q.Engine.Call(ctx, "name_members", nil, q.toName(locale, page), &named)
	page.Members = named.Members
	return page, err
}

// MembersTable returns a page of the same as CSV, with the username after which the next page begins, "" if this one is the last.
func (q *Questions) MembersTable(ctx context.Context, locale string, filter mattermost.MemberFilter) (text, next string, err error) {
	page, err := q.targetMembers(ctx, filter)
	if err != nil {
		return "", "", err
	}
	var listed []struct {
		Username string `json:"username"`
	}
	if err := json.Unmarshal(page.Members, &listed); err != nil {
		return "", "", fmt.Errorf("decode members: %w", err)
	}
	input := q.toName(locale, page)
	input["header"] = filter.After == ""
	var answer struct {
		Text string `json:"text"`
	}
	if err := q.Engine.Call(ctx, "members_csv", nil, input, &answer); err != nil {
		return "", "", err
	}
	if len(listed) == filter.PerPage {
		next = listed[len(listed)-1].Username
	}
	return answer.Text, next, nil
}

func (q *Questions) toName(locale string, page TargetMembers) map[string]any {
	return map[string]any{"locale": locale, "policy": q.Config.Current().Policy, "members": page.Members}
}

func (q *Questions) targetMembers(ctx context.Context, filter mattermost.MemberFilter) (page TargetMembers, err error) {
	tenantID, err := q.Store.TenantOf(ctx, q.Config.Current().TenantID)
	if err != nil {
		return page, &fault.Error{Code: fault.DatabaseFailed, Cause: err}
	}
	raw, err := q.Memberships.TargetMembers(ctx, tenantID, filter)
	if err != nil {
		return page, err
	}
	if err := json.Unmarshal(raw, &page); err != nil {
		return page, fmt.Errorf("decode the members of a team or channel: %w", err)
	}
	if string(page.Target) == "null" {
		return page, job.Refuse(fault.Of(fault.NotFound).JSON())
	}
	return page, nil
}
