package tenant

import (
	"encoding/json"
	"net/http"
)

var groupEntity = &entity{
	set:  "groups",
	name: "group",
	defaults: []string{"id", "createdDateTime", "description", "displayName", "groupTypes", "mail", "mailEnabled",
		"mailNickname", "securityEnabled", "visibility"},
	selectable: []string{"classification", "deletedDateTime", "isAssignableToRole", "membershipRule", "proxyAddresses"},
	filter:     filterGroups,
	search:     searchGroups,
	hasMembers: true,
}

func (s *Server) listGroups(r *http.Request) (json.RawMessage, error) {
	return groupEntity.list(r, s.groups.now())
}

func (s *Server) getGroup(r *http.Request) (json.RawMessage, error) {
	return groupEntity.one(r, s.groups.now())
}
