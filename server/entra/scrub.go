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
	text = hide(text, secrets) // before anything can cut a secret into parts that are not recognised
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
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
	text = hide(text, secrets) // tidying may have joined what the other side had spelled differently
	if runes := []rune(text); len(runes) > maxMessageRunes {
		return string(runes[:maxMessageRunes]) + "…"
	}
	return text
}

// hide takes secrets out of text, also where the other side has trimmed them.
func hide(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret = strings.TrimSpace(secret); secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}
