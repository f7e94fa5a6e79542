// Command scene runs the whole scene for tests in another language: PostgreSQL, a simulated tenant with the simulated
// company, and a Mattermost server with the plugin, configured and enabled. Nothing has been synced.
// It prints one line of JSON on standard output, an introduction, and stops when its standard input is
// closed, so that it cannot outlive the test that started it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// introduction is what a test needs to know about the scene.
type introduction struct {
	Server string        `json:"server"`
	Admin  administrator `json:"admin"`
	Tenant directory     `json:"tenant"`
}

type administrator struct {
	Username string `json:"username"`
	Password string `json:"password"`
}

// directory is the simulated tenant, with the key for its routes under /_control.
type directory struct {
	URL          string `json:"url"`
	CA           string `json:"ca"` // PEM
	TenantID     string `json:"tenant_id"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	ControlKey   string `json:"control_key"`
}

func main() {
	client := flag.String("client-dir", "", "a `directory` for the server to serve as its web client")
	subpath := flag.String("subpath", "", "where the server lives below its host, such as /chat")
	licensed := flag.Bool("licensed", false, "give the server a license, without which it has only its own roles")
	oldest := flag.Bool("oldest", false, "run the oldest Mattermost that the plugin supports")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	options := stage.Options{People: company.People(), ClientDir: *client, Subpath: *subpath, Licensed: *licensed}
	if *oldest {
		options.Release = stage.Oldest
	}
	if err := run(ctx, options, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "scene:", err)
		os.Exit(1)
	}
}

// run starts the scene and keeps it until the context ends or stdin is closed.
func run(ctx context.Context, options stage.Options, stdin io.Reader, stdout io.Writer) (err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		stop()
	}()
	scene, err := stage.Start(ctx, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scene.Close()) }()
	if err := json.NewEncoder(stdout).Encode(introduce(scene)); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func introduce(scene *stage.Stage) introduction {
	admin, simulated := scene.Mattermost.Admin, scene.Tenant
	return introduction{
		Server: scene.Mattermost.URL,
		Admin:  administrator{Username: admin.Username, Password: admin.Password},
		Tenant: directory{
			URL:          simulated.URL(),
			CA:           string(simulated.CAPEM()),
			TenantID:     simulated.TenantID,
			ClientID:     simulated.ClientID,
			ClientSecret: simulated.ClientSecret,
			ControlKey:   simulated.ControlKey,
		},
	}
}
