package job

import (
	"context"
	"encoding/json"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
)

// noDirectory is used if no client for the directory could be made. Every call fails for that reason, so the reason reaches the
// sync logic and gets its code there.
type noDirectory struct{ err error }

func (n noDirectory) ReadUsers(context.Context, entra.Query) (entra.Page, error) {
	return entra.Page{}, n.err
}

func (n noDirectory) FindUsers(context.Context, string, []string) (json.RawMessage, error) {
	return nil, n.err
}

func (n noDirectory) GetUsers(context.Context, []string, []string) (json.RawMessage, error) {
	return nil, n.err
}

func (n noDirectory) ReadDelta(context.Context, entra.DeltaQuery) (entra.DeltaPage, error) {
	return entra.DeltaPage{}, n.err
}

func (n noDirectory) ReadGroupMembers(context.Context, entra.MemberQuery) (entra.MemberPage, error) {
	return entra.MemberPage{}, n.err
}

func (n noDirectory) ReadGroupDelta(context.Context, entra.GroupDeltaQuery) (entra.GroupDeltaPage, error) {
	return entra.GroupDeltaPage{}, n.err
}

func (n noDirectory) ReadUserGroups(context.Context, entra.UserGroupsQuery) ([]entra.UserGroups, error) {
	return nil, n.err
}

func (n noDirectory) ExistingGroups(context.Context, []string) ([]string, error) {
	return nil, n.err
}

func (n noDirectory) ReadNestedGroups(context.Context, string) (entra.NestedGroups, error) {
	return entra.NestedGroups{}, n.err
}

func (n noDirectory) ListGroups(context.Context, entra.GroupQuery) (entra.GroupPage, error) {
	return entra.GroupPage{}, n.err
}

func (n noDirectory) FindGroups(context.Context, string) ([]entra.Group, error) {
	return nil, n.err
}

func (n noDirectory) GetGroups(context.Context, []string) ([]entra.Group, error) {
	return nil, n.err
}

func (n noDirectory) CredentialExpiry(context.Context) (time.Time, error) {
	return time.Time{}, n.err
}

func (n noDirectory) Probe(context.Context, string) (string, error) {
	return "", n.err
}

func (n noDirectory) TenantID(context.Context) (string, error) {
	return "", n.err
}

func (n noDirectory) TenantIDOf(context.Context, string) string {
	return ""
}
