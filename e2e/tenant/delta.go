package tenant

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

const (
	// defaultDeltaPageSize is about the page size of Graph. The client cannot choose it.
	defaultDeltaPageSize = 200

	// maxDeltaIDs is the maximum number of IDs in the $filter of a delta query.
	maxDeltaIDs = 50
)

// syncStateNotFound is the response to a token that has expired or never existed. Tokens for directory objects last seven
// days. Source: https://learn.microsoft.com/graph/delta-query-overview and
// https://devblogs.microsoft.com/microsoft365dev/delta-query-changes-for-directory-objects/
func syncStateNotFound() *graphError {
	return &graphError{http.StatusBadRequest, "syncStateNotFound", "The sync state generation is not found; the delta token is expired."}
}

// resyncRequired tells the client to restart at the address in the Location header.
// Source: https://learn.microsoft.com/graph/delta-query-overview#synchronization-reset
func resyncRequired() *graphError {
	return &graphError{http.StatusGone, "resyncRequired", "The delta token can no longer be used; a full synchronization is required."}
}

// SetDeltaPageSize sets the number of objects on a page of a delta query, and of members of one object. 0 is Graph's 200.
func (s *Server) SetDeltaPageSize(size int) {
	if size <= 0 {
		size = defaultDeltaPageSize
	}
	s.deltaPageSize.Store(int64(size))
}

// userDelta responds to GET /users/delta.
// Source: https://learn.microsoft.com/graph/api/user-delta and https://learn.microsoft.com/graph/delta-query-overview
func (s *Server) userDelta(r *http.Request) (json.RawMessage, error) {
	return s.delta(r, userEntity, func() *deltaState { return &deltaState{objects: s.users.now()} })
}

// delta responds to a delta query. state is the directory's current state.
func (s *Server) delta(r *http.Request, of *entity, state func() *deltaState) (json.RawMessage, error) {
	query, err := of.parseDeltaQuery(r)
	if err != nil {
		return nil, err
	}
	round, offset, err := s.findRound(query, of, state)
	if err != nil {
		return nil, err
	}
	cut := cutPage(r, len(round.changes), listQuery{offset: offset, top: int(s.deltaPageSize.Load())})
	page := deltaPage{round: round, page: cut, isMinimal: isMinimal(r.Header)}
	if fault, isFaulty := pageFault(r); isFaulty {
		page.spoil(fault)
	}
	return page.render(r)
}

// isMinimal reports whether the client wants only changed values.
func isMinimal(header http.Header) bool {
	for preference := range strings.SplitSeq(header.Get("Prefer"), ",") {
		if strings.EqualFold(strings.TrimSpace(preference), "return=minimal") {
			return true
		}
	}
	return false
}

// deltaQuery is a client's request: a new round, or the next page of a token.
type deltaQuery struct {
	deltaQueryOptions
	skipToken, deltaToken string
}

// deltaQueryOptions are those of the first request. Later tokens keep them.
type deltaQueryOptions struct {
	selected []string // nil means the defaults, and all changes count
	ids      []string // nil means all objects

	// withMembers says that changes of members count, and are sent. Without $select, they do.
	withMembers bool
}

func (e *entity) parseDeltaQuery(r *http.Request) (query deltaQuery, err error) {
	query.withMembers = true
	for option, values := range r.URL.Query() {
		value := values[0]
		switch name := strings.ToLower(option); name {
		case "$select":
			query.selected, query.withMembers, err = e.parseTracked(value)
		case "$filter":
			query.ids, err = e.parseDeltaFilter(value)
		case "$skiptoken":
			query.skipToken = value
		case "$deltatoken":
			query.deltaToken = value
		default:
			if strings.HasPrefix(name, "$") {
				err = unsupportedQuery("The query option '%s' is not supported by delta queries of %s.", option, e.set)
			}
		}
		if err != nil {
			return deltaQuery{}, err
		}
	}
	return query, nil
}

// parseTracked reads the $select of a delta query. In one of groups, it can name the members.
func (e *entity) parseTracked(value string) (selected []string, withMembers bool, err error) {
	names := slices.DeleteFunc(strings.Split(value, ","), func(name string) bool {
		isMembers := e.hasMembers && strings.TrimSpace(name) == "members"
		withMembers = withMembers || isMembers
		return isMembers
	})
	if len(names) == 0 {
		return []string{}, withMembers, nil
	}
	selected, err = e.parseSelect(strings.Join(names, ","))
	return selected, withMembers, err
}

// parseDeltaFilter supports only "id eq '…'" joined by "or", like Graph.
func (e *entity) parseDeltaFilter(text string) ([]string, error) {
	ids := []string{}
	for _, part := range splitClauses(text) {
		match := equality.FindStringSubmatch(part)
		if match == nil {
			return nil, badFilter(text)
		}
		if !strings.EqualFold(match[1], "id") {
			return nil, unsupportedFilter(match[1], strings.ToUpper(e.name[:1])+e.name[1:])
		}
		ids = append(ids, unquote(match[2]))
	}
	if len(ids) > maxDeltaIDs {
		return nil, unsupportedQuery("Too many ids in the filter of a delta query: %d. At most %d are supported.", len(ids), maxDeltaIDs)
	}
	return ids, nil
}

// deltaPage is one response of a round.
type deltaPage struct {
	page
	round     *deltaRound
	isMinimal bool
	isRepeat  bool
}

// spoil applies the faults of delta queries. Those of all lists are already applied.
func (p *deltaPage) spoil(fault Fault) {
	switch fault.Kind {
	case DeltaRepeat:
		p.isRepeat = true
	case DeltaEmptyPage:
		// With a new token, for clients that detect circles.
		p.end, p.next, p.variant = p.start, p.start, rand.Text()
	}
}

func (p *deltaPage) render(r *http.Request) (json.RawMessage, error) {
	var body bytes.Buffer
	fmt.Fprintf(&body, `{"@odata.context":%s`, quote(p.round.of.contextURL(r, p.round.selected)+"/$delta"))
	base := "https://" + p.host + r.URL.Path
	if p.next >= 0 {
		fmt.Fprintf(&body, `,"@odata.nextLink":%s`, quote(base+"?$skiptoken="+p.round.skipToken(p.next, p.variant)))
	} else {
		fmt.Fprintf(&body, `,"@odata.deltaLink":%s`, quote(base+"?$deltatoken="+p.round.id))
	}
	body.WriteString(`,"value":[`)
	changes := slices.Clone(p.round.changes[p.start:p.end])
	if p.isRepeat {
		again := slices.Clone(changes)
		slices.Reverse(again)
		changes = append(changes, again...)
	}
	for index, each := range changes {
		if index > 0 {
			body.WriteByte(',')
		}
		if err := each.write(&body, p.round, p.isMinimal); err != nil {
			return nil, err
		}
	}
	body.WriteString("]}")
	return body.Bytes(), nil
}
