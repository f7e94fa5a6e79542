package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// The environment variables that configure the demo.
const (
	// onceVariable set to 1 ends the demo after the first run.
	onceVariable = "ONCE"
	// allowVariable is the allow list: parts of display names, separated by commas. * allows all users.
	allowVariable = "ALLOW"
	// tenantDataVariable is a file with a response of GET /users, which the simulated tenant serves.
	tenantDataVariable = "TENANT_DATA"
	// tenantURLVariable is another https host that serves sign-in and Graph. tenantCAVariable is a file
	// with the certificate authority (PEM) of that host.
	tenantURLVariable = "TENANT_URL"
	tenantCAVariable  = "TENANT_CA"
	// The application in that host's tenant or, without a host, in a real tenant of Microsoft's cloud.
	tenantIDVariable     = "AZURE_TENANT_ID"
	clientIDVariable     = "AZURE_CLIENT_ID"
	clientSecretVariable = "AZURE_CLIENT_SECRET"
	// clientDirVariable is an unpacked official web client that the server serves.
	clientDirVariable = "MATTERMOST_CLIENT_DIR"
)

// smallTenant is a number of users that a server without a license accepts. It stops at 250.
const smallTenant = 200

// demo is the configuration from the variables.
type demo struct {
	options stage.Options
	mode    string
	once    bool
}

func readVariables(getenv func(string) string) (demo, error) {
	wanted := demo{mode: stage.ModeApply, once: isOn(getenv(onceVariable))}
	wanted.options.ClientDir = getenv(clientDirVariable)
	wanted.options.Settings = allowed(getenv(allowVariable))

	directory, err := readDirectory(getenv)
	if err != nil {
		return demo{}, err
	}
	if directory == nil {
		wanted.options.People, err = readPeople(getenv(tenantDataVariable))
		wanted.options.Licensed = len(wanted.options.People) > smallTenant
		return wanted, err
	}
	if getenv(tenantDataVariable) != "" {
		return demo{}, fmt.Errorf("%s is for the simulated tenant: leave it out beside another tenant", tenantDataVariable)
	}
	wanted.options.Directory = directory
	if directory.URL == "" {
		wanted.mode = stage.ModePreview // do not copy the users of a real tenant
		return wanted, nil
	}
	wanted.options.Licensed = true // the number of users is not known
	return wanted, nil
}

func isOn(value string) bool {
	return value != "" && value != "0"
}

func allowed(list string) map[string]any {
	var parts []string
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 || len(parts) == 1 && parts[0] == "*" {
		return stage.AllowEveryone()
	}
	return stage.AllowNames(parts)
}

// readDirectory returns the tenant to read instead of the simulated one, or nil.
func readDirectory(getenv func(string) string) (*stage.Directory, error) {
	directory := &stage.Directory{
		URL:          strings.TrimRight(getenv(tenantURLVariable), "/"),
		TenantID:     getenv(tenantIDVariable),
		ClientID:     getenv(clientIDVariable),
		ClientSecret: getenv(clientSecretVariable),
	}
	if directory.URL == "" && directory.TenantID+directory.ClientID+directory.ClientSecret == "" {
		return nil, nil
	}
	for _, name := range []string{tenantIDVariable, clientIDVariable, clientSecretVariable} {
		if getenv(name) == "" {
			return nil, fmt.Errorf("%s is missing: another tenant needs %s, %s and %s",
				name, tenantIDVariable, clientIDVariable, clientSecretVariable)
		}
	}
	file := getenv(tenantCAVariable)
	if file == "" {
		return directory, nil
	}
	if directory.URL == "" {
		return nil, fmt.Errorf("%s needs %s beside it", tenantCAVariable, tenantURLVariable)
	}
	var err error
	directory.CAPEM, err = os.ReadFile(file)
	return directory, err
}

// readPeople returns the users in the file, or those of the simulated company if there is no file.
func readPeople(name string) ([]json.RawMessage, error) {
	if name == "" {
		return company.People(), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	people, err := tenant.LoadPeople(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for index, person := range people {
		people[index] = withState(person)
	}
	return people, nil
}

// withState adds what GET /users answers only with $select, and what every user has: whether sign-in is blocked.
func withState(person json.RawMessage) json.RawMessage {
	var attributes map[string]json.RawMessage
	if err := json.Unmarshal(person, &attributes); err != nil || attributes["accountEnabled"] != nil {
		return person
	}
	attributes["accountEnabled"] = json.RawMessage("true")
	encoded, err := json.Marshal(attributes)
	if err != nil {
		return person // never happens: what was decoded can be encoded
	}
	return encoded
}
