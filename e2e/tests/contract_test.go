package tests

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// apiRoot is the path of the plugin's API.
const apiRoot = "/plugins/entrasync/api/v1"

// contract is a transport that compares every response of the plugin with docs/openapi.yaml, and fails the request if it
// differs.
type contract struct {
	next   http.RoundTripper
	doc    *openapi3.T
	router routers.Router

	mu   sync.Mutex
	seen map[string]bool // "operationId status"
}

// theContract is used by all requests.
var theContract *contract

// newContract panics if the description itself is invalid, because all tests depend on it.
func newContract(next http.RoundTripper) *contract {
	doc, err := openapi3.NewLoader().LoadFromFile(filepath.Join("..", "..", "docs", "openapi.yaml"))
	if err != nil {
		panic(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		panic(err)
	}
	doc.Servers = nil // routes are resolved below apiRoot, for any host and subpath
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	openapi3filter.RegisterBodyDecoder("text/csv", decodeText)
	theContract = &contract{next: next, doc: doc, router: router, seen: map[string]bool{}}
	return theContract
}

// decodeText does not decode CSV, because plain CSV readers do not expect its byte order mark.
func decodeText(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	content, err := io.ReadAll(body)
	return string(content), err
}

// RoundTrip implements [http.RoundTripper].
func (c *contract) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := c.next.RoundTrip(request)
	_, route, isPlugins := strings.Cut(request.URL.Path, apiRoot)
	if err != nil || !isPlugins {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	if err := c.check(request, route, response, body); err != nil {
		return nil, fmt.Errorf("the answer to %s %s breaks docs/openapi.yaml: %w\n%s", request.Method, route, err, body)
	}
	return response, nil
}

func (c *contract) check(request *http.Request, route string, response *http.Response, body []byte) error {
	asked := request.Clone(context.Background())
	asked.URL.Path, asked.URL.RawPath = route, ""
	found, parameters, err := c.router.FindRoute(asked)
	if errors.Is(err, routers.ErrPathNotFound) || errors.Is(err, routers.ErrMethodNotAllowed) {
		return c.checkUnknown(response.StatusCode, body)
	}
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.seen[fmt.Sprint(found.Operation.OperationID, " ", response.StatusCode)] = true
	c.mu.Unlock()
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: asked, PathParams: parameters, Route: found},
		Status:                 response.StatusCode,
		Header:                 response.Header,
		Body:                   io.NopCloser(bytes.NewReader(body)),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
}

// checkUnknown checks the response of a route that is not described: an error with a fault.
func (c *contract) checkUnknown(status int, body []byte) error {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
	default:
		return fmt.Errorf("an unknown route answered %d", status)
	}
	fault := c.doc.Components.Schemas["Fault"].Value
	var answer any
	if err := decodeJSON(body, &answer); err != nil {
		return err
	}
	return fault.VisitJSON(answer)
}

// saw reports whether an operation has responded with a status.
func (c *contract) saw(operation string, status int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen[fmt.Sprint(operation, " ", status)]
}
