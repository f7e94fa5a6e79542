package tenant

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	defaultPageSize = 100
	maxPageSize     = 999
)

// entity describes a kind of directory object to the query parser.
type entity struct {
	set        string   // "users"
	name       string   // "user", as in microsoft.graph.user
	defaults   []string // what is sent without $select
	selectable []string // what can be selected in addition to the defaults
	filter     func(clause string) (filter, error)
	search     func(clause string) (filter, error) // nil if the tenant cannot search
	hasMembers bool                                // delta queries can track members
}

// filter reports whether an object matches.
type filter func(object) bool

// listQuery is a client's query of a collection.
type listQuery struct {
	selected []string // nil means the defaults
	top      int
	offset   int
	count    bool
	filter   filter // nil means everything
}

// parseListQuery reads the OData options of a collection request. An option that the simulator does not
// support is rejected and not ignored, unless Graph ignores it.
func (e *entity) parseListQuery(r *http.Request) (listQuery, error) {
	query := listQuery{top: defaultPageSize}
	for option, values := range r.URL.Query() {
		if err := e.applyOption(&query, strings.ToLower(option), values[0], r.Header); err != nil {
			return listQuery{}, err
		}
	}
	return query, nil
}

func (e *entity) applyOption(query *listQuery, option, value string, header http.Header) (err error) {
	switch option {
	case "$select":
		query.selected, err = e.parseSelect(value)
	case "$top":
		query.top, err = parseTop(value)
	case "$filter":
		err = query.restrict(e.filter, value)
	case "$search":
		err = e.applySearch(query, value, header)
	case "$skiptoken":
		query.offset, err = parseSkipToken(value)
	case "$count":
		// Without the header, Graph ignores the option.
		query.count = strings.EqualFold(value, "true") && isEventual(header)
	case "$skip":
		err = &graphError{http.StatusBadRequest, "Request_BadRequest", "'$skip' is not supported by the service."}
	case "$expand", "$orderby", "$apply", "$format":
		err = e.unsupported(option)
	default:
		if strings.HasPrefix(option, "$") {
			err = badRequest("The query parameter '%s' is not supported.", option)
		}
	}
	return err
}

func (e *entity) unsupported(option string) error {
	return unsupportedQuery("The simulated tenant does not support the query option '%s' on %s.", option, e.set)
}

// isEventual reports whether the client accepts responses from an index, which Graph's advanced queries require.
// Source: https://learn.microsoft.com/graph/aad-advanced-queries
func isEventual(header http.Header) bool {
	return strings.EqualFold(header.Get("ConsistencyLevel"), "eventual")
}

func (e *entity) applySearch(query *listQuery, value string, header http.Header) error {
	switch {
	case e.search == nil:
		return e.unsupported("$search")
	case !isEventual(header):
		return unsupportedQuery("Request with $search query parameter only works through MSGraph with a special request header: " +
			"'ConsistencyLevel: eventual'")
	}
	return query.restrict(e.search, value)
}

// restrict adds a condition to the query.
func (q *listQuery) restrict(parse func(string) (filter, error), value string) error {
	wanted, err := parse(value)
	if before := q.filter; before != nil && err == nil {
		also := wanted
		wanted = func(each object) bool { return before(each) && also(each) }
	}
	q.filter = wanted
	return err
}

// parseSelect returns the properties in the client's order. Extension properties can have any
// name. All others must be properties of Graph.
func (e *entity) parseSelect(value string) ([]string, error) {
	selected := []string{}
	for name := range strings.SplitSeq(value, ",") {
		name = strings.TrimSpace(name)
		if slices.Contains(unlistable, name) {
			return nil, &graphError{http.StatusNotImplemented, "NotImplemented",
				"This operation target is not yet supported."}
		}
		known := slices.Contains(e.defaults, name) || slices.Contains(e.selectable, name) ||
			strings.HasPrefix(name, "extension_")
		if !known {
			return nil, badRequest("Parsing OData Select and Expand failed: Could not find a property named '%s' on type "+
				"'microsoft.graph.%s'.", name, e.name)
		}
		if !slices.Contains(selected, name) {
			selected = append(selected, name)
		}
	}
	return selected, nil
}

func parseTop(value string) (int, error) {
	top, err := strconv.Atoi(value)
	if err != nil {
		return 0, badRequest("Invalid value '%s' for $top query option found. The $top query option requires a "+
			"non-negative integer value.", value)
	}
	if top < 1 || top > maxPageSize {
		return 0, unsupportedQuery("Invalid page size specified: '%d'. Must be between 1 and %d inclusive.", top, maxPageSize)
	}
	return top, nil
}

// encodeQuery writes OData options as in Graph's links, without escaping the dollar sign.
func encodeQuery(values url.Values) string {
	var parts []string
	for option, all := range values {
		for _, value := range all {
			parts = append(parts, option+"="+url.QueryEscape(value))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}
