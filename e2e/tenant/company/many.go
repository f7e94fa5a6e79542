package company

import (
	"encoding/json"
	"fmt"
	"strings"
)

func lower(text string) string { return strings.ToLower(text) }

// Many returns n different, ordinary users for measurements. Every call returns the
// same ones, and Many(m) begins Many(n) for m < n.
func Many(n int) []json.RawMessage {
	people := make([]json.RawMessage, 0, n)
	for i := range n {
		given, surname := latinGiven[i%len(latinGiven)], latinSurnames[i/len(latinGiven)%len(latinSurnames)]
		team := latinTeams[i%len(latinTeams)]
		local := fmt.Sprintf("%s.%s.%d", lower(given), lower(surname), i)
		// Formatted instead of marshaled: nothing in it needs escaping, and a hundred thousand take less than a second.
		people = append(people, fmt.Appendf(nil, `{"id":"%08x-5eed-4b00-8000-%012x","accountEnabled":true,"businessPhones":[],`+
			`"companyName":"%s","department":"%s","displayName":"%s %s %d [%s]","employeeId":"M%07d","givenName":"%s",`+
			`"jobTitle":"Specialist","mail":"%s@%s","mobilePhone":null,"officeLocation":"%dF","otherMails":[],`+
			`"preferredLanguage":"%s","proxyAddresses":["SMTP:%s@%s"],"surname":"%s %d","userPrincipalName":"%s@%s","userType":"Member"}`,
			i, i, companyName, team, given, surname, i, team, i, given,
			local, domain, 1+i%9, languages[i%len(languages)], local, domain, surname, i, local, domain))
	}
	return people
}
