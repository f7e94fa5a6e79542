// Command stage starts the demo (`make demo`): PostgreSQL, an
// Entra tenant, a Mattermost server with the plugin, and a first sync. One line
// of JSON on standard output says where the server is, how to sign in, and what
// the sync did; everything else goes to standard error. The scene then stays
// until it is interrupted, and removes everything.
//
// Environment variables configure it; see variables.go.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	err := perform(ctx, os.Getenv, os.Stdout, os.Stderr)
	if err != nil && ctx.Err() != nil {
		err = fmt.Errorf("interrupted: %w", err)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// perform starts the scene, syncs once, and keeps the scene until ctx ends,
// unless the demo ends after the first run. Then a run that did not
// succeed is an error.
func perform(ctx context.Context, getenv func(string) string, stdout, stderr io.Writer) (err error) {
	demo, err := readVariables(getenv)
	if err != nil {
		return err
	}
	fmt.Fprintln(stderr, "Setting the stage. The first time, the Mattermost server is compiled, which takes minutes.")
	scene, err := stage.Start(ctx, demo.options)
	if err != nil {
		return err
	}
	defer func() {
		fmt.Fprintln(stderr, "Clearing the stage.")
		err = errors.Join(err, scene.Close())
	}()

	// Without a team, a web client leads the administrator to a page that asks for one.
	team, err := scene.Mattermost.CreateTeam(ctx, "company")
	if err != nil {
		return err
	}
	if scene.Tenant != nil {
		if err := placeUsers(ctx, scene, team, demo.options.Settings); err != nil {
			return err
		}
	}
	run, err := scene.Mattermost.Admin.Sync(ctx, demo.mode)
	if err != nil {
		return err
	}
	if err := announce(stdout, scene, run); err != nil {
		return err
	}
	describe(stderr, scene, run)
	if !demo.once {
		fmt.Fprintln(stderr, "\nThe stage stays until you press Ctrl-C.")
		<-ctx.Done()
		return nil
	}
	if run.State != "succeeded" {
		return fmt.Errorf("the run ended as %q", run.State)
	}
	return nil
}

// announce writes the line that programs read.
func announce(w io.Writer, scene *stage.Stage, run *stage.Run) error {
	type admin struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}
	return json.NewEncoder(w).Encode(struct {
		Server string          `json:"server"`
		Admin  admin           `json:"admin"`
		Run    json.RawMessage `json:"run"`
	}{
		Server: scene.Mattermost.URL,
		Admin:  admin{Username: scene.Mattermost.Admin.Username, Password: scene.Mattermost.Admin.Password},
		Run:    run.Raw,
	})
}
