package tenant

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

var userEntity = &entity{
	set:  "users",
	name: "user",
	defaults: []string{"businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation",
		"preferredLanguage", "surname", "userPrincipalName", "id"},
	selectable: []string{"accountEnabled", "ageGroup", "assignedLicenses", "assignedPlans", "city", "companyName",
		"consentProvidedForMinor", "country", "createdDateTime", "creationType", "deletedDateTime", "department",
		"employeeHireDate", "employeeId", "employeeOrgData", "employeeType", "externalUserState",
		"externalUserStateChangeDateTime", "faxNumber", "identities", "imAddresses", "lastPasswordChangeDateTime",
		"legalAgeGroupClassification", "mailNickname", "onPremisesDistinguishedName", "onPremisesDomainName",
		"onPremisesExtensionAttributes", "onPremisesImmutableId", "onPremisesLastSyncDateTime",
		"onPremisesProvisioningErrors", "onPremisesSamAccountName", "onPremisesSecurityIdentifier",
		"onPremisesSyncEnabled", "onPremisesUserPrincipalName", "otherMails", "passwordPolicies", "passwordProfile",
		"postalCode", "provisionedPlans", "proxyAddresses", "showInAddressList", "signInSessionsValidFromDateTime",
		"state", "streetAddress", "usageLocation", "userType"},
	filter: filterUsers,
}

// unlistable are properties of a user that Graph returns only for one user at a time.
var unlistable = []string{"aboutMe", "birthday", "hireDate", "interests", "mailboxSettings", "mySite", "pastProjects",
	"preferredName", "responsibilities", "schools", "skills"}

// collections are the properties that are an empty list, not null, if they were never set.
var collections = []string{"assignedLicenses", "assignedPlans", "businessPhones", "groupTypes", "identities", "imAddresses",
	"onPremisesProvisioningErrors", "otherMails", "provisionedPlans", "proxyAddresses"}

func (e *entity) unset(name string) string {
	if slices.Contains(collections, name) {
		return "[]"
	}
	return "null"
}

// defaultNames are the default properties, and those of the object that Graph does not have.
func (e *entity) defaultNames(properties map[string]json.RawMessage) []string {
	names := slices.Clone(e.defaults)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		known := slices.Contains(e.defaults, name) || slices.Contains(e.selectable, name) ||
			slices.Contains(unlistable, name) || strings.HasPrefix(name, "extension_")
		if !known {
			names = append(names, name)
		}
	}
	return names
}

func (s *Server) listUsers(r *http.Request) (json.RawMessage, error) {
	all := s.users.now()
	if ids := s.unlisted.Load(); ids != nil && len(*ids) > 0 {
		isUnlisted := func(each object) bool { return slices.Contains(*ids, each.id) }
		all = newSnapshot(slices.DeleteFunc(slices.Clone(all.list), isUnlisted), all.deleted)
	}
	return userEntity.list(r, all)
}

// SetUnlisted names users that a replica does not list yet, though requests by ID and groups have them.
func (s *Server) SetUnlisted(ids ...string) { s.unlisted.Store(&ids) }

// SetLagging names users that a replica does not know yet: a request by ID answers 404, though lists and changes have them.
func (s *Server) SetLagging(ids ...string) { s.lagging.Store(&ids) }

// getUser responds with one user, by object ID or by user principal name.
func (s *Server) getUser(r *http.Request) (json.RawMessage, error) {
	if ids := s.lagging.Load(); ids != nil && slices.Contains(*ids, r.PathValue("id")) {
		return nil, resourceMissing(r.PathValue("id"))
	}
	return userEntity.one(r, s.users.now())
}

// one responds with the object that the path names.
func (e *entity) one(r *http.Request, all *snapshot) (json.RawMessage, error) {
	var selected []string
	for option, values := range r.URL.Query() {
		if !strings.EqualFold(option, "$select") {
			return nil, unsupportedQuery("The simulated tenant does not support the query option '%s' on one %s.", option, e.name)
		}
		var err error
		if selected, err = e.parseSelect(values[0]); err != nil {
			return nil, err
		}
	}
	found, known := all.find(r.PathValue("id"))
	if !known {
		return nil, resourceMissing(r.PathValue("id"))
	}
	var entry bytes.Buffer
	if err := e.project(&entry, found, selected); err != nil {
		return nil, err
	}
	context := quote(e.contextURL(r, selected) + "/$entity")
	return fmt.Appendf(nil, `{"@odata.context":%s,%s`, context, entry.Bytes()[1:]), nil
}
