package company

import (
	"encoding/json"
	"slices"
)

// divisions are groups of groups. Headquarters is in Everybody, so that there are two levels of nesting.
var divisions = []struct {
	name   string
	within []string
}{
	{"Everybody", []string{"Headquarters", "Quality", "품질팀"}},
	{"Headquarters", []string{"Engineering", "Commerce"}},
	{"Engineering", []string{"Platform", "플랫폼팀"}},
	{"Commerce", []string{"Sales", "Finance", "영업팀", "재무팀"}},
}

// teams are the departments that have a group.
func teams() []string { return slices.Concat(latinTeams, koreanTeams) }

// GroupID is the object ID of the group with a name: one of the company's teams (Platform, 플랫폼팀, …) or divisions:
// Everybody, Headquarters, Engineering and Commerce.
func GroupID(name string) string { return idOf("group/" + name) }

// Groups returns the company's teams and divisions in the form that Graph sends.
func Groups() []json.RawMessage {
	names := teams()
	for _, division := range divisions {
		names = append(names, division.name)
	}
	var groups []json.RawMessage
	for _, name := range names {
		groups = append(groups, encode(map[string]any{
			"id":              GroupID(name),
			"createdDateTime": "2024-03-04T09:00:00Z",
			"description":     nil,
			"displayName":     name,
			"groupTypes":      []string{},
			"mail":            nil,
			"mailEnabled":     false,
			"mailNickname":    idOf("nickname/" + name)[:10],
			"securityEnabled": true,
			"visibility":      nil,
		}))
	}
	return groups
}

// Members returns the direct members of each group: in a team, the users who work in that department; in a division,
// other groups. people are those of People or Many.
func Members(people []json.RawMessage) map[string][]string {
	members := map[string][]string{}
	for _, division := range divisions {
		for _, name := range division.within {
			members[GroupID(division.name)] = append(members[GroupID(division.name)], GroupID(name))
		}
	}
	for _, raw := range people {
		var person struct {
			ID         string  `json:"id"`
			Department *string `json:"department"`
		}
		if err := json.Unmarshal(raw, &person); err != nil {
			panic(err) // users of this package can always be decoded
		}
		if person.Department != nil && slices.Contains(teams(), *person.Department) {
			members[GroupID(*person.Department)] = append(members[GroupID(*person.Department)], person.ID)
		}
	}
	return members
}
