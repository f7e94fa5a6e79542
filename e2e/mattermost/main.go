// Command mattermost runs a real Mattermost server for tests and for the demo.
//
// It is a separate process, so that a test can kill it in the middle of its
// work and restart it on the same database and data directory. When the
// server accepts requests, one line of JSON with its address is written to
// standard output. The log is mattermost.log in the data directory. The
// server stops on SIGTERM, SIGINT, or when its standard input is closed, so it
// never outlives the process that started it. The environment variable STAGE_DSN is
// the PostgreSQL database.
//
// Do not build it with -trimpath: the server finds its templates and
// translations in the module cache through its own source path.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/mattermost/mattermost/server/v8/channels/api4"
	"github.com/mattermost/mattermost/server/v8/channels/app"
	_ "github.com/mattermost/mattermost/server/v8/channels/app/slashcommands" // registers the built-in commands
	"github.com/mattermost/mattermost/server/v8/channels/utils"
	"github.com/mattermost/mattermost/server/v8/channels/web"
	"github.com/mattermost/mattermost/server/v8/channels/wsapi"
	"github.com/mattermost/mattermost/server/v8/config"
)

// dsnVariable names the environment variable with the PostgreSQL data source
// name. It contains a password, which would be visible on the command line.
const dsnVariable = "STAGE_DSN"

type options struct {
	dsn       string
	dataDir   string
	siteURL   string
	clientDir string
	licensed  bool
}

func main() {
	o := options{dsn: os.Getenv(dsnVariable)}
	flag.StringVar(&o.dataDir, "data", "", "directory for configuration, plugins, files and log; kept between starts")
	flag.StringVar(&o.siteURL, "site-url", "", "address to listen on and to announce, such as http://127.0.0.1:8065/chat")
	flag.StringVar(&o.clientDir, "client-dir", "", "an unpacked official web client to serve")
	flag.BoolVar(&o.licensed, "licensed", false, "run with the server module's own test license, which lifts the limit of 250 users")
	flag.Parse()

	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "mattermost:", err)
		os.Exit(1)
	}
}

func run(o options) (err error) {
	// Registered before the start, which takes seconds, so that a stop during the start is not lost.
	stop := stopRequests()

	if o.dataDir, err = filepath.Abs(o.dataDir); err != nil {
		return err
	}
	if err := prepareWorkingDir(o); err != nil {
		return err
	}
	if err := utils.TranslationsPreInit(); err != nil {
		return fmt.Errorf("load translations: %w", err)
	}
	store, err := openConfig(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()

	server, err := startServer(store, o.licensed)
	if err != nil {
		return err
	}
	defer server.Shutdown()

	if err := json.NewEncoder(os.Stdout).Encode(map[string]string{"url": o.siteURL}); err != nil {
		return fmt.Errorf("announce the address: %w", err)
	}
	<-stop
	return nil
}

// stopRequests returns a channel that is closed when the server should stop.
func stopRequests() <-chan struct{} {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	stdinClosed := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(stdinClosed)
	}()

	stop := make(chan struct{})
	go func() {
		select {
		case <-signals:
		case <-stdinClosed:
		}
		close(stop)
	}()
	return stop
}

// prepareWorkingDir changes to the data directory, because the
// server looks for the web client in ./client. The client is copied, because the
// server rewrites its pages for a subpath.
func prepareWorkingDir(o options) error {
	if err := os.MkdirAll(o.dataDir, 0o700); err != nil {
		return err
	}
	if err := copyClient(o); err != nil {
		return err
	}
	return os.Chdir(o.dataDir)
}

func copyClient(o options) error {
	if o.clientDir == "" {
		// Without a client, the server would log an error about its assets at each start.
		return os.Setenv("IS_LOCAL_TESTING", "true")
	}
	copied := filepath.Join(o.dataDir, "client")
	if _, err := os.Stat(copied); err == nil {
		return nil
	}
	if err := os.CopyFS(copied, os.DirFS(o.clientDir)); err != nil {
		return fmt.Errorf("copy the web client: %w", err)
	}
	return nil
}

func startServer(store *config.Store, licensed bool) (*app.Server, error) {
	serverOptions := []app.Option{app.ConfigStore(store)}
	if licensed {
		serverOptions = append(serverOptions, app.WithLicense(testLicense()))
	}
	// app.RunEssentialJobs is not called, because its license check would remove the test license.
	server, err := app.NewServer(serverOptions...)
	if err != nil {
		return nil, fmt.Errorf("create the server: %w", err)
	}
	if _, err := api4.Init(server); err != nil {
		server.Shutdown()
		return nil, fmt.Errorf("set up the API: %w", err)
	}
	wsapi.Init(server)
	web.New(server)
	if err := server.Start(); err != nil {
		server.Shutdown()
		return nil, fmt.Errorf("start the server: %w", err)
	}
	return server, nil
}
