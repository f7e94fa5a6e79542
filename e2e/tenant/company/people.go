// Package company is a fictitious company, Hanbit (hanbit.example), with a directory as untidy as real
// ones: names in several scripts with team names in brackets, users without mail, guests, shared
// mailboxes, duplicates, and hostile names. None of its users exist.
package company

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

const (
	domain      = "hanbit.example"
	companyName = "Hanbit"
	// Headcount is the number of users that People returns.
	Headcount = 120
)

// namespace keeps the object IDs the same in every run.
var namespace = uuid.NewSHA1(uuid.NameSpaceDNS, []byte(domain))

// idOf derives an object ID from a name that is unique in the company.
func idOf(name string) string { return uuid.NewSHA1(namespace, []byte(name)).String() }

// nullable is a text that Graph sends as null if it was never set.
type nullable string

func (n nullable) MarshalJSON() ([]byte, error) {
	if n == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(n))
}

// person has the attributes of a user, with Graph's names.
type person struct {
	ID                string   `json:"id"`
	AccountEnabled    bool     `json:"accountEnabled"`
	BusinessPhones    []string `json:"businessPhones"`
	CompanyName       nullable `json:"companyName"`
	Department        nullable `json:"department"`
	DisplayName       nullable `json:"displayName"`
	EmployeeID        nullable `json:"employeeId"`
	GivenName         nullable `json:"givenName"`
	JobTitle          nullable `json:"jobTitle"`
	Mail              nullable `json:"mail"`
	MobilePhone       nullable `json:"mobilePhone"`
	OfficeLocation    nullable `json:"officeLocation"`
	OtherMails        []string `json:"otherMails"`
	PreferredLanguage nullable `json:"preferredLanguage"`
	ProxyAddresses    []string `json:"proxyAddresses"`
	Surname           nullable `json:"surname"`
	UserPrincipalName string   `json:"userPrincipalName"`
	UserType          nullable `json:"userType"`
}

// member is an ordinary, enabled user. local is the part of the address before the @.
func member(display, given, surname, local string) person {
	return person{
		ID:                idOf(local),
		AccountEnabled:    true,
		BusinessPhones:    []string{},
		CompanyName:       companyName,
		DisplayName:       nullable(display),
		GivenName:         nullable(given),
		Mail:              nullable(local + "@" + domain),
		OtherMails:        []string{},
		PreferredLanguage: "en-US",
		ProxyAddresses:    []string{"SMTP:" + local + "@" + domain},
		Surname:           nullable(surname),
		UserPrincipalName: local + "@" + domain,
		UserType:          "Member",
	}
}

// with returns a copy changed by edit, so that each user is one expression.
func (p person) with(edit func(*person)) person {
	edit(&p)
	return p
}

func (p person) works(department, job, language string) person {
	p.Department, p.JobTitle, p.PreferredLanguage = nullable(department), nullable(job), nullable(language)
	return p
}

func withoutMail(p *person) {
	p.Mail, p.ProxyAddresses = "", []string{}
}

func disabled(p *person) { p.AccountEnabled = false }

// mail sets an address that differs from the user principal name.
func mail(address string) func(*person) {
	return func(p *person) {
		p.Mail, p.ProxyAddresses = nullable(address), []string{"SMTP:" + address}
	}
}

// guest is a user invited from another tenant. Entra includes the address in the user principal name.
func guest(display, given, surname, user, home string) person {
	p := member(display, given, surname, user+"_"+home+"#EXT#")
	p.UserPrincipalName = user + "_" + home + "#EXT#@hanbit.onmicrosoft.example"
	mail(user + "@" + home)(&p)
	p.CompanyName, p.UserType = "", "Guest"
	return p
}

// People returns the company's Headcount users in the form that Graph sends. Every call returns the same.
func People() []json.RawMessage {
	var all []person
	for _, group := range [][]person{kims(), hans(), doubles(), addresses(), names(), outsiders(), hostiles(), staff()} {
		all = append(all, group...)
	}
	if len(all) != Headcount {
		panic(fmt.Sprintf("the company has %d people, not %d", len(all), Headcount))
	}
	people := make([]json.RawMessage, 0, len(all))
	for _, each := range all {
		people = append(people, encode(each))
	}
	return people
}

func encode(value any) json.RawMessage {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // structs of strings and booleans can always be encoded
	}
	return bytes.TrimSuffix(body.Bytes(), []byte("\n"))
}
