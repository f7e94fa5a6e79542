package entra

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"strings"

	"github.com/mailru/easyjson/jlexer"
)

// parsePage checks the frame of a list answer. The users themselves stay untouched bytes: the sync logic reads them.
func parsePage(body []byte) (Page, error) {
	var answer struct {
		Value json.RawMessage `json:"value"`
		Next  string          `json:"@odata.nextLink"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return Page{}, invalidAnswer("the answer is not a list of users")
	}
	if !bytes.HasPrefix(answer.Value, []byte("[")) {
		return Page{}, invalidAnswer("the answer holds no list of users")
	}
	if !holdsObjects(answer.Value) {
		return Page{}, invalidAnswer("the list of users holds something else")
	}
	return Page{Users: answer.Value, Next: answer.Next}, nil
}

// holdsObjects tells whether a JSON array, known to be valid, holds objects only.
func holdsObjects(array json.RawMessage) bool {
	lexer := jlexer.Lexer{Data: array}
	lexer.Delim('[')
	for !lexer.IsDelim(']') {
		if !lexer.IsDelim('{') {
			return false
		}
		lexer.SkipRecursive()
		lexer.WantComma()
	}
	return lexer.Ok()
}

// parseUser checks that body is one JSON object and gives it as a list.
func parseUser(body []byte) (json.RawMessage, error) {
	body = bytes.TrimSpace(body)
	if !bytes.HasPrefix(body, []byte("{")) || !json.Valid(body) {
		return nil, invalidAnswer("the answer is not a user")
	}
	return bytes.Join([][]byte{[]byte("["), body, []byte("]")}, nil), nil
}

// checkLink accepts only addresses below the configured Graph root: the token goes wherever a link points.
func (c *Client) checkLink(link string) error {
	address, err := url.Parse(link)
	if err != nil {
		return foreignLink("")
	}
	root := c.graph.Path + "/v1.0/"
	if address.Scheme != "https" || address.User != nil || hostOf(address) != hostOf(c.graph) ||
		!strings.HasPrefix(address.Path, root) || !strings.HasPrefix(path.Clean(address.Path)+"/", root) {
		return foreignLink(address.Host)
	}
	return nil
}
