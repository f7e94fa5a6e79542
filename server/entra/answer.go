package entra

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/mailru/easyjson/jlexer"
)

// maxDepth limits how deep an answer may nest. Graph's users nest five levels. PostgreSQL and JavaScript engines, which read an
// answer after this package, fail somewhere beyond a thousand, each with an error that names no cause.
const maxDepth = 200

// nestsTooDeep counts open brackets outside strings. It also checks text that is not valid JSON, as far as possible.
func nestsTooDeep(text []byte) bool {
	depth, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch sign := text[i]; {
		case inString && sign == '\\':
			i++
		case sign == '"':
			inString = !inString
		case inString:
		case sign == '{', sign == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case sign == '}', sign == ']':
			depth--
		}
	}
	return false
}

// decode reads an answer that is expected to be what, such as "a user".
func decode(body []byte, into any, what string) error {
	if nestsTooDeep(body) {
		return tooDeep()
	}
	if json.Unmarshal(body, into) != nil {
		return invalidAnswer("the answer is not " + what)
	}
	return nil
}

func tooDeep() *Error { return invalidAnswer("the answer nests too deep") }

// frame is what all list answers share.
// Source: https://learn.microsoft.com/graph/paging and https://learn.microsoft.com/graph/delta-query-overview
type frame struct {
	Value json.RawMessage `json:"value"`
	Next  string          `json:"@odata.nextLink"`
	Delta string          `json:"@odata.deltaLink"`
}

// parseFrame checks that the answer is a list of objects, no longer than Graph's pages are: all that follows takes a page at once. The objects themselves stay untouched bytes, which the sync logic
// reads.
func parseFrame(body []byte, of string) (frame, error) {
	var answer frame
	if err := decode(body, &answer, "a list of "+of); err != nil {
		return frame{}, err
	}
	if !bytes.HasPrefix(answer.Value, []byte("[")) {
		return frame{}, invalidAnswer("the answer holds no list of " + of)
	}
	count, areObjects := countObjects(answer.Value)
	switch {
	case !areObjects:
		return frame{}, invalidAnswer("the list of " + of + " holds something else")
	case count > maxTop:
		return frame{}, invalidAnswer(fmt.Sprintf("a page with %d %s, at most %d are possible", count, of, maxTop))
	}
	return answer, nil
}

func parsePage(body []byte) (Page, error) {
	answer, err := parseFrame(body, "users")
	return Page{Users: answer.Value, Next: answer.Next}, err
}

// countObjects counts the elements of a JSON array, known to be valid, and reports whether all of them are objects.
func countObjects(array json.RawMessage) (count int, areObjects bool) {
	lexer := jlexer.Lexer{Data: array}
	lexer.Delim('[')
	for !lexer.IsDelim(']') {
		if !lexer.IsDelim('{') {
			return count, false
		}
		count++
		lexer.SkipRecursive()
		lexer.WantComma()
	}
	return count, lexer.Ok()
}

// parseUser checks that body is one JSON object and returns it as a list.
func parseUser(body []byte) (json.RawMessage, error) {
	body = bytes.TrimSpace(body)
	var user map[string]json.RawMessage
	if err := decode(body, &user, "a user"); err != nil {
		return nil, err
	}
	if user == nil {
		return nil, invalidAnswer("the answer is not a user")
	}
	return bytes.Join([][]byte{[]byte("["), body, []byte("]")}, nil), nil
}

// checkLink accepts only addresses below the configured Graph root, because the token is sent wherever a link points.
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
