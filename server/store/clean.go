package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

const replacement = "\uFFFD"

// suspectEscape finds what PostgreSQL refuses inside JSON strings: an escaped NUL and half a surrogate pair. It also finds
// harmless escapes, such as whole pairs; those only cost time.
var suspectEscape = regexp.MustCompile(`\\u(?:0000|[dD][89a-fA-F])`)

// cleanText replaces what PostgreSQL cannot store in a text, NUL and invalid UTF-8, with U+FFFD.
func cleanText(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, replacement), "\x00", replacement)
}

// cleanJSON returns the document as text, with its strings cleaned as cleanText does. Names in a directory are external input,
// and one of them must not stop a whole run. An empty document becomes null.
func cleanJSON(document json.RawMessage) (string, error) {
	if len(document) == 0 {
		return "null", nil
	}
	if utf8.Valid(document) && !suspectEscape.Match(document) {
		return string(document), nil
	}

	decoder := json.NewDecoder(bytes.NewReader(document)) // turns invalid UTF-8 and half pairs into U+FFFD
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", fmt.Errorf("read JSON: %w", err)
	}
	cleaned, err := json.Marshal(cleanValue(value))
	if err != nil {
		return "", fmt.Errorf("write JSON: %w", err)
	}
	return string(cleaned), nil
}

func cleanValue(value any) any {
	switch value := value.(type) {
	case string:
		return cleanText(value)
	case []any:
		for i, element := range value {
			value[i] = cleanValue(element)
		}
	case map[string]any:
		cleaned := make(map[string]any, len(value))
		for name, element := range value {
			cleaned[cleanText(name)] = cleanValue(element)
		}
		return cleaned
	}
	return value
}
