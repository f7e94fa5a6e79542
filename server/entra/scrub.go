package entra

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// maxMessageRunes limits a foreign message to a length that is useful to read.
const maxMessageRunes = 400

var (
	tokenPattern    = regexp.MustCompile(`eyJ[\w-]+\.[\w-]+(\.[\w-]*)*`)
	bearerPattern   = regexp.MustCompile(`(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}`)
	userinfoPattern = regexp.MustCompile(`://[^/\s@]+@`)
)

// clean makes foreign text safe to log and to show: its first line, limited in length, without control characters, tokens,
// passwords in addresses or the given secrets.
func clean(text string, secrets ...string) string {
	text = hide(text, secrets) // before anything can cut a secret into parts that are not recognized
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
	text = hide(text, secrets) // cleaning can join parts that were written differently
	if runes := []rune(text); len(runes) > maxMessageRunes {
		return string(runes[:maxMessageRunes]) + "…"
	}
	return text
}

// hide removes secrets from text, also if the remote system has trimmed them or writes them as in an address or a page.
func hide(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret = strings.TrimSpace(secret); secret == "" {
			continue
		}
		for _, spelling := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret), html.EscapeString(secret)} {
			text = strings.ReplaceAll(text, spelling, "***")
		}
	}
	return text
}
