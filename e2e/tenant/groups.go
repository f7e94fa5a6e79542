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
}

func (s *Server) listGroups(r *http.Request) (json.RawMessage, error) {
	return groupEntity.list(r, s.groups.now())
}
