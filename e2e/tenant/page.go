package tenant

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// skipTokenPrefix makes the token opaque for clients.
const skipTokenPrefix = "RFNwdAIAAQAAAA"

// skipToken is the token of the page that begins at offset. Different variants of a token lead to the same page.
func skipToken(offset int, variant string) string {
	return skipTokenPrefix + base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(offset)+"/"+variant))
}

func parseSkipToken(token string) (offset int, err error) {
	encoded, isOurs := strings.CutPrefix(token, skipTokenPrefix)
	text, encodingErr := base64.RawURLEncoding.DecodeString(encoded)
	digits, _, _ := strings.Cut(string(text), "/")
	offset, digitsErr := strconv.Atoi(digits)
	if !isOurs || encodingErr != nil || digitsErr != nil || offset < 0 {
		return 0, &graphError{http.StatusBadRequest, "Directory_ExpiredPageToken",
			"The specified page token value has expired and can no longer be included in your request."}
	}
	return offset, nil
}

// page is one response of a collection: the objects from start, and the offset of the next page.
type page struct {
	start, end, next int // next is -1 after the last page
	total            int
	host             string // where the nextLink leads
	variant          string // of the nextLink's token
}

func cutPage(r *http.Request, total int, query listQuery) page {
	start := min(query.offset, total)
	end := min(start+query.top, total)
	result := page{start: start, end: end, next: end, total: total, host: r.Host}
	if end == total {
		result.next = -1
	}
	if fault, isFaulty := pageFault(r); isFaulty {
		result.bend(fault, query.top)
	}
	return result
}

// bend changes the nextLink as a fault requires.
func (p *page) bend(fault Fault, top int) {
	switch fault.Kind {
	case RepeatedPage:
		// With a new token, so that comparing links does not detect it.
		p.next, p.variant = p.start, rand.Text()
	case EndlessNextLink:
		p.next = p.start
	case MissingPage:
		if p.next >= 0 {
			p.next += top
		}
		if p.next >= p.total {
			p.next = -1
		}
	case ForeignNextLink:
		// The last page must also lead there, or the fault would have no effect in a small tenant.
		p.next, p.host = max(p.next, 0), fault.foreignHost()
	}
}

// list responds to a collection request for any kind of object.
func (e *entity) list(r *http.Request, all *snapshot) (json.RawMessage, error) {
	query, err := e.parseListQuery(r)
	if err != nil {
		return nil, err
	}
	if _, isFaulty := pageFault(r); isFaulty || query.filter != nil {
		return e.render(r, query, all.list)
	}
	asked := fmt.Sprint(r.Host, r.URL.RequestURI(), query.count)
	if body, known := all.pages.Load(asked); known {
		return body.(json.RawMessage), nil
	}
	body, err := e.render(r, query, all.list)
	if err == nil {
		all.pages.Store(asked, body)
	}
	return body, err
}

func (e *entity) render(r *http.Request, query listQuery, all []object) (json.RawMessage, error) {
	if query.filter != nil {
		all = keep(all, query.filter)
	}
	cut := cutPage(r, len(all), query)
	var body bytes.Buffer
	fmt.Fprintf(&body, `{"@odata.context":%s`, quote(e.contextURL(r, query.selected)))
	// Graph sends the count on the first page only.
	if query.count && query.offset == 0 {
		fmt.Fprintf(&body, `,"@odata.count":%d`, cut.total)
	}
	if cut.next >= 0 {
		fmt.Fprintf(&body, `,"@odata.nextLink":%s`, quote(nextLink(r, cut)))
	}
	body.WriteString(`,"value":[`)
	for index, each := range all[cut.start:cut.end] {
		if index > 0 {
			body.WriteByte(',')
		}
		if err := e.project(&body, each, query.selected); err != nil {
			return nil, err
		}
	}
	body.WriteString("]}")
	return body.Bytes(), nil
}

func keep(all []object, wanted filter) []object {
	var kept []object
	for _, each := range all {
		if wanted(each) {
			kept = append(kept, each)
		}
	}
	return kept
}

func (e *entity) contextURL(r *http.Request, selected []string) string {
	url := root(r) + "/v1.0/$metadata#" + e.set
	if selected != nil {
		url += "(" + strings.Join(selected, ",") + ")"
	}
	return url
}

// nextLink is absolute and has the options of the request, as in Graph.
func nextLink(r *http.Request, cut page) string {
	values := r.URL.Query()
	values.Set("$skiptoken", skipToken(cut.next, cut.variant))
	return "https://" + cut.host + r.URL.Path + "?" + encodeQuery(values)
}

// project writes an object with the selected properties, or with the defaults, in that order. A property
// that the object does not have is null, as in Graph. Without $select, attributes that
// Graph does not have (annotations of an export, for example) are included unchanged.
func (e *entity) project(body *bytes.Buffer, each object, selected []string) error {
	var properties map[string]json.RawMessage
	err := json.Unmarshal(each.raw, &properties)
	if err != nil {
		return fmt.Errorf("reading %s %s: %w", e.name, each.id, err)
	}
	names := selected
	if names == nil {
		names = e.defaultNames(properties)
	}
	if list, isSet := properties[omitted]; isSet {
		if names, err = leaveOut(names, list); err != nil {
			return fmt.Errorf("reading %s %s: %w", e.name, each.id, err)
		}
	}
	body.WriteByte('{')
	if each.odataType != "" {
		body.WriteString(`"@odata.type":` + quote(each.odataType))
	}
	for index, name := range names {
		if index > 0 || each.odataType != "" {
			body.WriteByte(',')
		}
		body.WriteString(quote(name) + ":")
		if value, isSet := properties[name]; isSet {
			body.Write(value)
		} else {
			body.WriteString(e.unset(name))
		}
	}
	body.WriteByte('}')
	return nil
}

// omitted is the property of an object with a list of those that are left out of responses, as no correct directory does.
const omitted = "@omitted"

func leaveOut(names []string, list json.RawMessage) ([]string, error) {
	var left []string
	if err := json.Unmarshal(list, &left); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == omitted || slices.Contains(left, name) }), nil
}

// quote writes a JSON string without escaping & and <, like Graph.
func quote(text string) string {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	// A string can always be encoded.
	_ = encoder.Encode(text)
	return strings.TrimSuffix(body.String(), "\n")
}
