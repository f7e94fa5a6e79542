package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// dsnVariable names a database to use instead of starting one.
const dsnVariable = "ENTRASYNC_TEST_DSN"

// server is a PostgreSQL that ends at the latest with this process, because its standard input closes then.
type server struct {
	dsn  string
	stop func()
}

func openServer() (*server, error) {
	if dsn := os.Getenv(dsnVariable); dsn != "" {
		return &server{dsn: dsn, stop: func() {}}, nil
	}
	script, err := findScript()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "entrasync-postgres-")
	if err != nil {
		return nil, err
	}
	started, err := startServer(script, folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return started, nil
}

func startServer(script, folder string) (*server, error) {
	command := exec.Command("node", script, folder)
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}

	stop := func() {
		_ = input.Close()
		_, _ = io.Copy(io.Discard, output)
		_ = command.Wait()
		_ = os.RemoveAll(folder)
	}
	var ready struct {
		DSN string `json:"dsn"`
	}
	if err := json.NewDecoder(output).Decode(&ready); err != nil {
		stop()
		return nil, fmt.Errorf("%s gave no DSN: %w", filepath.Base(script), err)
	}
	return &server{dsn: ready.DSN, stop: stop}, nil
}

// findScript searches for the script in the repository that contains the tested package.
func findScript() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		script := filepath.Join(folder, "e2e", "postgres", "postgres.mjs")
		if _, err := os.Stat(script); err == nil {
			return script, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("e2e/postgres/postgres.mjs is in no folder above this one; set " + dsnVariable)
		}
		folder = parent
	}
}
