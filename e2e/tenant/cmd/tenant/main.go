// Command tenant runs the simulated tenant for a test in another language. It prints one line of JSON on
// standard output, {"url", "ca_file", "tenant_id", "client_id", "client_secret", "control_key"}, and stops
// when its standard input is closed, so that it cannot outlive the test that started it.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// introduction is what a client needs to know about the tenant.
type introduction struct {
	URL          string `json:"url"`
	CAFile       string `json:"ca_file"`
	TenantID     string `json:"tenant_id"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	ControlKey   string `json:"control_key"`
}

func main() {
	data := flag.String("data", "", "serve what GET /users answered in this `file` instead of the invented company")
	flag.Parse()
	if err := run(*data, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "tenant:", err)
		os.Exit(1)
	}
}

func run(data string, stdin io.Reader, stdout io.Writer) (err error) {
	options := tenant.Options{People: company.People(), Groups: company.Groups(), Members: company.Members(company.People())}
	if data != "" {
		if options.People, err = load(data); err != nil {
			return err
		}
	}
	server, err := tenant.Start(options)
	if err != nil {
		return err
	}
	defer server.Close()
	caFile, err := writeCA(server.CAPEM())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(caFile)) }()
	if err := json.NewEncoder(stdout).Encode(introduction{
		URL:          server.URL(),
		CAFile:       caFile,
		TenantID:     server.TenantID,
		ClientID:     server.ClientID,
		ClientSecret: server.ClientSecret,
		ControlKey:   server.ControlKey,
	}); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, stdin)
	return err
}

func load(path string) ([]json.RawMessage, error) {
	answers, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	people, err := tenant.LoadPeople(bytes.NewReader(answers))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return people, nil
}

func writeCA(pem []byte) (path string, err error) {
	file, err := os.CreateTemp("", "tenant-ca-*.pem")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = file.Write(pem)
	return file.Name(), err
}
