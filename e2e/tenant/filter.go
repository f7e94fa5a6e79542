package tenant

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	equality = regexp.MustCompile(`(?i)^\s*\(?\s*([a-z]+)\s+eq\s+'((?:[^']|'')*)'\s*\)?\s*$`)
	prefix   = regexp.MustCompile(`(?i)^\s*startswith\(\s*([a-z]+)\s*,\s*'((?:[^']|'')*)'\s*\)\s*$`)
	inList   = regexp.MustCompile(`(?i)^\s*id\s+in\s*\((.*)\)\s*$`)
	// The form of a search in Graph, with quotes and backslashes escaped by a backslash.
	searchTerm = regexp.MustCompile(`(?is)^\s*"([a-z]+):((?:[^"\\]|\\.)*)"\s*$`)
	escaped    = regexp.MustCompile(`(?s)\\(.)`)
	// A clause is everything up to an " or " outside quotes.
	clause = regexp.MustCompile(`(?i)((?:'(?:[^']|'')*'|[^'])*?)(?:\s+or\s+|$)`)
)

// maxValuesIn is the most values of one "in".
const maxValuesIn = 15

func badFilter(text string) error {
	return &graphError{http.StatusBadRequest, "BadRequest", "Invalid filter clause: the simulated tenant cannot read '" + text + "'."}
}

func unsupportedFilter(property, resource string) error {
	return unsupportedQuery("Unsupported or invalid query filter clause specified for property '%s' of resource '%s'.",
		property, resource)
}

// unquote undoes OData's doubling of single quotes.
func unquote(literal string) string {
	return strings.ToLower(strings.ReplaceAll(literal, "''", "'"))
}

// filterUsers supports "id eq '…'", "userPrincipalName eq '…'" and "mail eq '…'", joined by "or".
func filterUsers(text string) (filter, error) {
	var terms []filter
	for _, part := range splitClauses(text) {
		match := equality.FindStringSubmatch(part)
		if match == nil {
			return nil, badFilter(text)
		}
		wanted := unquote(match[2])
		switch strings.ToLower(match[1]) {
		case "id":
			terms = append(terms, func(user object) bool { return user.id == wanted })
		case "userprincipalname":
			terms = append(terms, func(user object) bool { return user.principal == wanted })
		case "mail":
			terms = append(terms, func(user object) bool { return user.mail == wanted && wanted != "" })
		default:
			return nil, unsupportedFilter(match[1], "User")
		}
	}
	return func(user object) bool {
		for _, term := range terms {
			if term(user) {
				return true
			}
		}
		return false
	}, nil
}

// filterGroups supports "startswith(displayName,'…')" and "id in ('…','…')".
func filterGroups(text string) (filter, error) {
	if match := inList.FindStringSubmatch(text); match != nil {
		return filterByID(match[1])
	}
	match := prefix.FindStringSubmatch(text)
	if match == nil {
		return nil, badFilter(text)
	}
	if !strings.EqualFold(match[1], "displayName") {
		return nil, unsupportedFilter(match[1], "Group")
	}
	wanted := unquote(match[2])
	return func(group object) bool { return strings.HasPrefix(group.displayName, wanted) }, nil
}

// filterByID supports as many values as Graph does.
// Source: https://learn.microsoft.com/graph/filter-query-parameter
func filterByID(list string) (filter, error) {
	var wanted []string
	for each := range strings.SplitSeq(list, ",") {
		literal := strings.TrimSpace(each)
		if len(literal) < 2 || literal[0] != '\'' || literal[len(literal)-1] != '\'' {
			return nil, badFilter(list)
		}
		wanted = append(wanted, unquote(literal[1:len(literal)-1]))
	}
	if len(wanted) > maxValuesIn {
		return nil, badRequest("Too many child clauses specified in search filter expression containing 'OR' operators: %d. Max allowed: %d.", len(wanted), maxValuesIn)
	}
	return func(group object) bool { return slices.Contains(wanted, group.id) }, nil
}

// searchGroups supports `"displayName:…"`: every word must be the beginning of a word of the name.
// Source: https://learn.microsoft.com/graph/search-query-parameter
func searchGroups(text string) (filter, error) {
	match := searchTerm.FindStringSubmatch(text)
	if match == nil {
		return nil, badRequest("Syntax error: the simulated tenant cannot read the search clause '%s'.", text)
	}
	if !strings.EqualFold(match[1], "displayName") {
		return nil, unsupportedQuery("Property '%s' does not support $search.", match[1])
	}
	wanted := wordsOf(escaped.ReplaceAllString(match[2], "$1"))
	return func(group object) bool {
		words := wordsOf(group.displayName)
		for _, each := range wanted {
			if !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, each) }) {
				return false
			}
		}
		return len(wanted) > 0
	}, nil
}

// wordsOf returns the lowercase words of a text: sequences of letters and digits.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(sign rune) bool { return !unicode.IsLetter(sign) && !unicode.IsDigit(sign) })
}

func splitClauses(text string) []string {
	var parts []string
	for _, match := range clause.FindAllStringSubmatch(text, -1) {
		if strings.TrimSpace(match[1]) != "" {
			parts = append(parts, match[1])
		}
	}
	if len(parts) == 0 {
		parts = []string{text}
	}
	return parts
}
