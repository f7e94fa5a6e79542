package company

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func decode(t *testing.T, raws []json.RawMessage) []person {
	t.Helper()
	people := make([]person, 0, len(raws))
	for _, raw := range raws {
		var each person
		if err := json.Unmarshal(raw, &each); err != nil {
			t.Fatal(err)
		}
		people = append(people, each)
	}
	return people
}

func count(people []person, wanted func(person) bool) int {
	number := 0
	for _, each := range people {
		if wanted(each) {
			number++
		}
	}
	return number
}

func contains(part string) func(person) bool {
	return func(p person) bool { return strings.Contains(string(p.DisplayName), part) }
}

// Other tests rely on these numbers. Change them together.
func TestTheCompanyHasThePeopleThatTestsRelyOn(t *testing.T) {
	people := decode(t, People())
	byMail := map[string]int{}
	byName := map[nullable]int{}
	for _, each := range people {
		if each.Mail != "" {
			byMail[strings.ToLower(string(each.Mail))]++
		}
		byName[each.DisplayName]++
	}
	tests := map[string]struct{ got, want int }{
		"people":                         {len(people), Headcount},
		"with Kim in the name":           {count(people, contains("Kim")), 12},
		"with Kim in any case":           {count(people, func(p person) bool { return strings.Contains(strings.ToLower(string(p.DisplayName)), "kim") }), 12},
		"with 한 in the name":             {count(people, contains("한")), 10},
		"with both":                      {count(people, func(p person) bool { return contains("Kim")(p) && contains("한")(p) }), 0},
		"guests by type":                 {count(people, func(p person) bool { return p.UserType == "Guest" }), 4},
		"invited from elsewhere":         {count(people, func(p person) bool { return strings.Contains(p.UserPrincipalName, "#EXT#") }), 4},
		"disabled":                       {count(people, func(p person) bool { return !p.AccountEnabled }), 3},
		"without mail":                   {count(people, func(p person) bool { return p.Mail == "" }), 4},
		"without a name":                 {count(people, func(p person) bool { return p.DisplayName == "" }), 1},
		"on the mail of the reception":   {byMail["reception@"+domain], 2},
		"named Kim Haneul":               {byName["Kim Haneul"], 2},
		"with a name of more than 64":    {count(people, func(p person) bool { return utf8.RuneCountInString(string(p.DisplayName)) > 64 }), 2},
		"with a given name of 64":        {count(people, func(p person) bool { return utf8.RuneCountInString(string(p.GivenName)) == 64 }), 2},
		"with a local part of 64":        {count(people, func(p person) bool { return strings.Index(string(p.Mail), "@") == 64 }), 1},
		"who try script":                 {count(people, contains("<img src=x onerror=alert(1)>")), 1},
		"who try a formula":              {count(people, contains("=HYPERLINK(")), 1},
		"in Arabic or Hebrew":            {count(people, func(p person) bool { return strings.ContainsAny(string(p.DisplayName), "مש") }), 2},
		"addresses that two people have": {count(people, func(p person) bool { return byMail[strings.ToLower(string(p.Mail))] > 1 }), 2},
	}
	for name, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %d, want %d", name, test.got, test.want)
		}
	}
}

func TestEveryPersonHasAnIdentityOfTheirOwn(t *testing.T) {
	for name, people := range map[string][]json.RawMessage{"company": People(), "many": Many(5000)} {
		seen := map[string]bool{}
		for _, each := range decode(t, people) {
			for _, key := range []string{each.ID, strings.ToLower(each.UserPrincipalName)} {
				if key == "" || seen[key] {
					t.Errorf("%s: %q is blank or taken", name, key)
				}
				seen[key] = true
			}
		}
	}
}

func TestEveryFieldThatMayBeNullIsNullForSomebody(t *testing.T) {
	never := map[string]bool{"companyName": true, "department": true, "displayName": true, "employeeId": true, "givenName": true, "jobTitle": true,
		"mail": true, "mobilePhone": true, "officeLocation": true, "preferredLanguage": true, "surname": true, "userType": true}
	for _, raw := range People() {
		var fields map[string]any
		if err := json.Unmarshal(raw, &fields); err != nil {
			t.Fatal(err)
		}
		for name, value := range fields {
			if value == nil {
				delete(never, name)
			}
		}
	}
	if len(never) > 0 {
		t.Errorf("never null: %v", never)
	}
}

func TestEveryCallReturnsTheSamePeople(t *testing.T) {
	few, many := Many(10), Many(1000)
	for index, each := range few {
		if string(each) != string(many[index]) {
			t.Errorf("person %d differs: %s", index, each)
		}
	}
	first, second := People(), People()
	for index := range first {
		if string(first[index]) != string(second[index]) {
			t.Errorf("person %d differs between calls", index)
		}
	}
}

func TestManyHaveDifferentNames(t *testing.T) {
	seen := map[nullable]bool{}
	for _, each := range decode(t, Many(2000)) {
		if seen[each.DisplayName] {
			t.Errorf("%s is there twice", each.DisplayName)
		}
		seen[each.DisplayName] = true
	}
}

func TestGroupsHaveIdentities(t *testing.T) {
	seen := map[string]bool{}
	for _, raw := range Groups() {
		var group struct {
			ID          string `json:"id"`
			DisplayName string `json:"displayName"`
		}
		if err := json.Unmarshal(raw, &group); err != nil {
			t.Fatal(err)
		}
		if group.ID == "" || group.DisplayName == "" || seen[group.ID] {
			t.Errorf("got %s", raw)
		}
		seen[group.ID] = true
	}
}

func BenchmarkMany(b *testing.B) {
	for b.Loop() {
		Many(100_000)
	}
}
