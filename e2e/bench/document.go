package bench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

const (
	tableStart = "<!-- bench -->"
	tableEnd   = "<!-- /bench -->"
)

// Replace puts the text between the markers of a Markdown file. A file that does not exist or has no markers
// does not change.
func Replace(file, text string) error {
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(content), tableStart)
	if !found {
		return nil
	}
	_, after, found := strings.Cut(rest, tableEnd)
	if !found {
		return fmt.Errorf("%s has %s without %s", file, tableStart, tableEnd)
	}
	return os.WriteFile(file, []byte(before+tableStart+"\n"+text+tableEnd+after), 0o644)
}
