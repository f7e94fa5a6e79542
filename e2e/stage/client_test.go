package stage

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServerServesAWebClientUnderItsOwnPolicy(t *testing.T) {
	client := t.TempDir()
	writeFile(t, filepath.Join(client, "root.html"), "<!doctype html><title>Mattermost</title><script src=\"/static/main.js\"></script>")
	writeFile(t, filepath.Join(client, "main.js"), "window.started = true;")
	m := startServer(t, MattermostOptions{ClientDir: client})

	page, body := get(t, m.URL+"/admin_console/plugins/plugin_entrasync")
	if !strings.Contains(body, "/static/main.js") {
		t.Errorf("the page is %q", body)
	}
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") {
		t.Errorf("the page's policy is %q", policy)
	}
	if _, body := get(t, m.URL+"/static/main.js"); body != "window.started = true;" {
		t.Errorf("the script is %q", body)
	}
}

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s answered %d: %s", url, response.StatusCode, body)
	}
	return response, string(body)
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
