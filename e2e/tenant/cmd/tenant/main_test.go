package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestItIntroducesItselfAndStopsWithItsInput(t *testing.T) {
	input, stop := io.Pipe()
	output, lines := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run("", input, lines) }()

	var said introduction
	if err := json.NewDecoder(output).Decode(&said); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{said.TenantID, said.ClientID, said.ClientSecret, said.ControlKey} {
		if value == "" {
			t.Errorf("something is missing: %+v", said)
		}
	}
	if link, err := url.Parse(said.URL); err != nil || link.Scheme != "https" || link.Hostname() != "127.0.0.1" {
		t.Errorf("got the address %q", said.URL)
	}
	if ca, err := os.ReadFile(said.CAFile); err != nil || !bytes.HasPrefix(ca, []byte("-----BEGIN CERTIFICATE-----")) {
		t.Errorf("the authority is not in %s: %v", said.CAFile, err)
	}
	if err := stop.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	if _, err := os.Stat(said.CAFile); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s was left behind", said.CAFile)
	}
}

func TestItServesAnExportOrSaysWhyNot(t *testing.T) {
	folder := t.TempDir()
	whole, broken := filepath.Join(folder, "whole.json"), filepath.Join(folder, "broken.json")
	for path, text := range map[string]string{whole: `{"value":[{"id":"1"}]}`, broken: `{"value":[`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(whole, strings.NewReader(""), io.Discard); err != nil {
		t.Errorf("a whole export was refused: %v", err)
	}
	for _, path := range []string{broken, filepath.Join(folder, "missing.json")} {
		if err := run(path, strings.NewReader(""), io.Discard); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v, want an error that names %s", err, path)
		}
	}
}
