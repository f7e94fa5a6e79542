package tenant

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"time"
)

// effect is what a kind of fault does. Apart from status, at most one field is set.
type effect struct {
	reach  reach
	status int         // respond with this status if it is not 0
	graph  *graphError // respond with this Graph error
	page   bool        // the list asks pageFault
	wait   bool        // the response is correct but late
	login  func(s *Server) loginError
	answer http.HandlerFunc
	mangle func(w http.ResponseWriter, answer *httptest.ResponseRecorder)
}

// reach is the requests that a kind of fault can affect.
type reach int

const (
	everywhere reach = iota
	onlyGraph
	onlyLists
	onlyDelta
	onlyToken
)

func (e effect) reaches(match Match) bool {
	switch e.reach {
	case onlyGraph:
		return match != MatchToken && match != matchDiscovery
	case onlyLists:
		return slices.Contains([]Match{MatchUsers, MatchDelta, MatchChanges, MatchGroups, MatchMembers, MatchPlaces}, match)
	case onlyDelta:
		return match == MatchDelta || match == MatchChanges
	case onlyToken:
		return match == MatchToken
	default:
		return true
	}
}

var effects = map[Kind]effect{
	Throttled:      {status: http.StatusTooManyRequests},
	InternalError:  {status: http.StatusInternalServerError},
	Unavailable:    {status: http.StatusServiceUnavailable},
	GatewayTimeout: {status: http.StatusGatewayTimeout},
	ProxyPage:      {answer: answerProxyPage},
	CutConnection:  {mangle: cutConnection},
	TruncatedJSON:  {mangle: truncateJSON},
	InvalidJSON:    {mangle: invalidateJSON},
	Slow:           {wait: true},

	ExpiredToken:      {reach: onlyGraph, status: http.StatusUnauthorized},
	ConsentMissing:    {reach: onlyGraph, status: http.StatusForbidden},
	SyncStateNotFound: {reach: onlyGraph, status: http.StatusGone},

	RepeatedPage:    {reach: onlyLists, page: true},
	MissingPage:     {reach: onlyLists, page: true},
	EndlessNextLink: {reach: onlyLists, page: true},
	ForeignNextLink: {reach: onlyLists, page: true},

	ResyncRequired:    {reach: onlyDelta, graph: resyncRequired()},
	DeltaTokenExpired: {reach: onlyDelta, graph: syncStateNotFound()},
	DeltaRepeat:       {reach: onlyDelta, page: true},
	DeltaEmptyPage:    {reach: onlyDelta, page: true},

	TenantNotFound:      {reach: onlyToken, login: func(s *Server) loginError { return tenantNotFound(s.TenantID) }},
	ApplicationNotFound: {reach: onlyToken, login: func(s *Server) loginError { return applicationNotFound(s.ClientID) }},
	ApplicationDisabled: {reach: onlyToken, login: func(s *Server) loginError { return applicationDisabled(s.ClientID) }},
	WrongSecret:         {reach: onlyToken, login: func(s *Server) loginError { return wrongSecret(s.ClientID) }},
	ExpiredSecret:       {reach: onlyToken, login: func(s *Server) loginError { return expiredSecret(s.ClientID) }},
	WrongCertificate:    {reach: onlyToken, login: func(s *Server) loginError { return unknownCertificate(s.ClientID, strings.Repeat("0A", 20)) }},
	ConditionalAccess:   {reach: onlyToken, login: func(*Server) loginError { return conditionalAccess() }},
	AnotherCloud:        {reach: onlyToken, login: func(*Server) loginError { return anotherCloud() }},
	ResourceNotFound:    {reach: onlyToken, login: func(s *Server) loginError { return resourceNotFound(graphResources[0], s.TenantID) }},
}

// graphFailures are Graph's errors for the status of a fault.
var graphFailures = map[int]*graphError{
	http.StatusUnauthorized:        invalidToken("Lifetime validation failed, the token is expired."),
	http.StatusForbidden:           insufficientPrivileges(),
	http.StatusGone:                {http.StatusGone, "syncStateNotFound", "The sync state generation is not found."},
	http.StatusTooManyRequests:     {http.StatusTooManyRequests, "TooManyRequests", "Too many requests."},
	http.StatusInternalServerError: {http.StatusInternalServerError, "InternalServerError", "Internal server error."},
	http.StatusServiceUnavailable:  {http.StatusServiceUnavailable, "ServiceUnavailable", "The service is temporarily unavailable."},
	http.StatusGatewayTimeout:      {http.StatusGatewayTimeout, "GatewayTimeout", "The upstream service did not answer in time."},
}

// observe applies the faults that are due to a request and writes the request log.
func (s *Server) observe(match Match, handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		due := s.Faults.strike(match)
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		// Deferred, because cutting a connection ends the handler with a panic.
		defer func() { s.requests.add(r, recorder.status, due) }()
		for _, fault := range due {
			if effects[fault.Kind].wait && !s.wait(r.Context(), fault.delay()) {
				panic(http.ErrAbortHandler)
			}
		}
		for _, fault := range due {
			if !effects[fault.Kind].wait {
				s.suffer(recorder, r, fault, match, handler)
				return
			}
		}
		handler(recorder, r)
	}
}

func (s *Server) suffer(w http.ResponseWriter, r *http.Request, fault Fault, match Match, handler http.HandlerFunc) {
	effect := effects[fault.Kind]
	switch {
	case effect.status != 0:
		s.answerStatus(w, r, fault, match)
	case effect.graph != nil:
		setGraphHeaders(w, r)
		writeGraphError(w, r, effect.graph)
	case effect.page:
		handler(w, r.WithContext(context.WithValue(r.Context(), pageFaultKey{}, fault)))
	case effect.login != nil:
		s.writeLoginError(w, r, effect.login(s))
	case effect.answer != nil:
		effect.answer(w, r)
	case effect.mangle != nil:
		answer := httptest.NewRecorder()
		handler(answer, r)
		maps.Copy(w.Header(), answer.Header())
		effect.mangle(w, answer)
	}
}

// answerStatus sends an error in the format of the requested service: Entra or Graph.
func (s *Server) answerStatus(w http.ResponseWriter, r *http.Request, fault Fault, match Match) {
	status := effects[fault.Kind].status
	if fault.RetryAfter != "" {
		w.Header().Set("Retry-After", fault.RetryAfter)
	}
	if match == MatchToken || match == matchDiscovery {
		failure := transientError()
		if status == http.StatusTooManyRequests {
			failure = throttledLogin()
		}
		failure.Status = status
		s.writeLoginError(w, r, failure)
		return
	}
	if fault.Kind == ExpiredToken {
		s.tokens.expire(bearerToken(r))
	}
	setGraphHeaders(w, r)
	writeGraphError(w, r, graphFailures[status])
}

// wait reports whether the time passed before the client or the server stopped.
func (s *Server) wait(ctx context.Context, delay time.Duration) bool {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
	case <-s.closing:
	}
	return false
}

type pageFaultKey struct{}

// pageFault returns the fault that changes the links of the response to r.
func pageFault(r *http.Request) (Fault, bool) {
	fault, isFaulty := r.Context().Value(pageFaultKey{}).(Fault)
	return fault, isFaulty
}

func answerProxyPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Via", "1.1 proxy.hanbit.example")
	w.WriteHeader(http.StatusBadGateway)
	_, _ = io.WriteString(w, "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>"+
		"<h1>Bad Gateway</h1><p>The proxy could not reach the server. Please contact your network team.</p></body></html>")
}

// cutConnection announces the whole response, sends half of it, and drops the connection.
func cutConnection(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	body := answer.Body.Bytes()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(answer.Code)
	_, _ = w.Write(body[:len(body)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func truncateJSON(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()[:answer.Body.Len()/2])
}

// invalidateJSON breaks the first colon, so that every parser detects it.
func invalidateJSON(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	w.WriteHeader(answer.Code)
	_, _ = w.Write(bytes.Replace(answer.Body.Bytes(), []byte(`":`), []byte(`"=`), 1))
}
