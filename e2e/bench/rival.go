package bench

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

const (
	rivalID = "entrasync-bench-loop"

	// concurrency is how many accounts the loop creates at the same time: the default of the sync.
	concurrency = 8
)

// runLoop creates the accounts on a new server with the reference loop (bench/loop) and returns how long that took.
func runLoop(ctx context.Context, accounts []*model.User) (took time.Duration, err error) {
	dir, err := os.MkdirTemp("", "entrasync-bench-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	archive := filepath.Join(dir, "loop.tar.gz")
	if err := buildLoop(ctx, archive); err != nil {
		return 0, err
	}
	scene, err := stage.Start(ctx, stage.Options{Archive: archive, Licensed: true})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, scene.Close()) }()

	body, err := json.Marshal(map[string]any{"concurrency": concurrency, "accounts": accounts})
	if err != nil {
		return 0, err
	}
	client := scene.Mattermost.Admin.Client
	for method := http.MethodPost; ; method = http.MethodGet {
		var progress struct {
			Finished bool
			Seconds  float64
			Error    string
		}
		if err := ask(ctx, client, method, body, &progress); err != nil {
			return 0, err
		}
		if progress.Error != "" {
			return 0, errors.New("the bare loop: " + progress.Error)
		}
		if progress.Finished {
			return time.Duration(progress.Seconds * float64(time.Second)), nil
		}
		time.Sleep(time.Second)
	}
}

func ask(ctx context.Context, client *model.Client4, method string, body []byte, answer any) error {
	request, err := http.NewRequestWithContext(ctx, method, client.URL+"/plugins/"+rivalID+"/", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+client.AuthToken)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the bare loop answered %d: %s", response.StatusCode, content)
	}
	return json.Unmarshal(content, answer)
}

// buildLoop builds the archive of the loop's plugin.
func buildLoop(ctx context.Context, archive string) error {
	executable := archive + ".plugin"
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", executable, "./bench/loop")
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the bare loop: %w\n%s", err, output)
	}
	program, err := os.ReadFile(executable)
	if err != nil {
		return err
	}
	inArchive := fmt.Sprintf("server/dist/plugin-%s-%s", runtime.GOOS, runtime.GOARCH)
	manifest, err := json.Marshal(map[string]any{
		"id": rivalID, "name": "Bare loop", "version": "0.0.1", "server": map[string]string{"executable": inArchive},
	})
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	compressed := gzip.NewWriter(&packed)
	files := tar.NewWriter(compressed)
	for name, content := range map[string][]byte{"plugin.json": manifest, inArchive: program} {
		header := &tar.Header{Name: rivalID + "/" + name, Mode: 0o755, Size: int64(len(content))}
		if err := files.WriteHeader(header); err != nil {
			return err
		}
		if _, err := files.Write(content); err != nil {
			return err
		}
	}
	if err := errors.Join(files.Close(), compressed.Close()); err != nil {
		return err
	}
	return os.WriteFile(archive, packed.Bytes(), 0o600)
}
