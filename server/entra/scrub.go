package entra

import (
	"regexp"
	"strings"
	"unicode"
)

// maxMessageRunes keeps a foreign message to what a person reads.
const maxMessageRunes = 400

var (
	tokenPattern    = regexp.MustCompile(`eyJ[\w-]+\.[\w-]+(\.[\w-]*)*`)
	bearerPattern   = regexp.MustCompile(`(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}`)
	userinfoPattern = regexp.MustCompile(`://[^/\s@]+@`)
)

// clean makes foreign text safe to log and to show: its first line, without control characters, tokens, passwords in
// addresses or the given secrets, and not too long.
func clean(text string, secrets ...string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	text = tokenPattern.ReplaceAllString(text, "***")
	text = bearerPattern.ReplaceAllString(text, "$1 ***")
	text = userinfoPattern.ReplaceAllString(text, "://***@")
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
	if runes := []rune(text); len(runes) > maxMessageRunes {
		return string(runes[:maxMessageRunes]) + "…"
	}
	return text
}
