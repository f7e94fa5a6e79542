package tenant

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"
)

// effect is how a kind of fault is brought about. Exactly one of its parts is set.
type effect struct {
	login  bool // an error of the token endpoint: loginFailure has it
	page   bool // the handler asks pageFault
	wait   bool // the answer is right but late
	answer func(s *Server, w http.ResponseWriter, r *http.Request, fault Fault)
	mangle func(w http.ResponseWriter, answer *httptest.ResponseRecorder)
}

var effects = map[Kind]effect{
	Slow: {wait: true},

	Throttled:         {answer: answerStatus(http.StatusTooManyRequests, "TooManyRequests", "Too many requests.")},
	InternalError:     {answer: answerStatus(http.StatusInternalServerError, "InternalServerError", "Internal server error.")},
	Unavailable:       {answer: answerStatus(http.StatusServiceUnavailable, "ServiceUnavailable", "The service is temporarily unavailable.")},
	GatewayTimeout:    {answer: answerStatus(http.StatusGatewayTimeout, "GatewayTimeout", "The upstream service did not answer in time.")},
	SyncStateNotFound: {answer: answerStatus(http.StatusGone, "syncStateNotFound", "The sync state generation is not found.")},
	ConsentMissing:    {answer: answerConsentMissing},
	ExpiredToken:      {answer: answerExpiredToken},
	ProxyPage:         {answer: answerProxyPage},

	CutConnection: {mangle: cutConnection},
	TruncatedJSON: {mangle: truncateJSON},
	InvalidJSON:   {mangle: invalidateJSON},

	RepeatedPage:    {page: true},
	MissingPage:     {page: true},
	EndlessNextLink: {page: true},
	ForeignNextLink: {page: true},

	TenantNotFound:      {login: true},
	ApplicationNotFound: {login: true},
	ApplicationDisabled: {login: true},
	WrongSecret:         {login: true},
	ExpiredSecret:       {login: true},
	WrongCertificate:    {login: true},
	ConditionalAccess:   {login: true},
	AnotherCloud:        {login: true},
	ResourceNotFound:    {login: true},
}

// loginFailure is the answer of the token endpoint under a fault.
func (s *Server) loginFailure(kind Kind, tenant string) loginError {
	switch kind {
	case TenantNotFound:
		return tenantNotFound(tenant)
	case ApplicationNotFound:
		return applicationNotFound(s.ClientID)
	case ApplicationDisabled:
		return applicationDisabled(s.ClientID)
	case WrongSecret:
		return wrongSecret(s.ClientID)
	case ExpiredSecret:
		return expiredSecret(s.ClientID)
	case WrongCertificate:
		return unknownCertificate(s.ClientID, strings.Repeat("0A", 20))
	case ConditionalAccess:
		return conditionalAccess()
	case AnotherCloud:
		return anotherCloud()
	case ResourceNotFound:
		return resourceNotFound("https://graph.microsoft.com", s.TenantID)
	case Throttled:
		return throttledLogin()
	default:
		return transientError()
	}
}

// observe lets the faults that are due strike a request and writes the request log.
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
	case effect.login:
		s.writeLoginError(w, r, s.loginFailure(fault.Kind, r.PathValue("tenant")))
	case effect.page:
		handler(w, r.WithContext(context.WithValue(r.Context(), pageFaultKey{}, fault)))
	case effect.mangle != nil:
		answer := httptest.NewRecorder()
		handler(answer, r)
		copyHeader(w, answer)
		effect.mangle(w, answer)
	case match == MatchToken && fault.Kind != ProxyPage:
		setRetryAfter(w, fault)
		failure := s.loginFailure(fault.Kind, r.PathValue("tenant"))
		s.writeLoginError(w, r, failure)
	default:
		effect.answer(s, w, r, fault)
	}
}

// wait reports whether the time passed; it did not if the client or the server gave up first.
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

// pageFault returns the fault that shall bend the links of the answer to r.
func pageFault(r *http.Request) (Fault, bool) {
	fault, isFaulty := r.Context().Value(pageFaultKey{}).(Fault)
	return fault, isFaulty
}

func setRetryAfter(w http.ResponseWriter, fault Fault) {
	if fault.RetryAfter != "" {
		w.Header().Set("Retry-After", fault.RetryAfter)
	}
}

func answerStatus(status int, code, message string) func(*Server, http.ResponseWriter, *http.Request, Fault) {
	return func(_ *Server, w http.ResponseWriter, r *http.Request, fault Fault) {
		setGraphHeaders(w, r)
		setRetryAfter(w, fault)
		writeGraphError(w, r, &graphError{status, code, message})
	}
}

func answerConsentMissing(_ *Server, w http.ResponseWriter, r *http.Request, _ Fault) {
	setGraphHeaders(w, r)
	writeGraphError(w, r, insufficientPrivileges())
}

func answerExpiredToken(s *Server, w http.ResponseWriter, r *http.Request, _ Fault) {
	setGraphHeaders(w, r)
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if err := s.tokens.expire(token); err != nil {
		writeGraphError(w, r, invalidToken("Access token validation failure. Invalid signature."))
		return
	}
	writeGraphError(w, r, invalidToken("Lifetime validation failed, the token is expired."))
}

func answerProxyPage(_ *Server, w http.ResponseWriter, _ *http.Request, _ Fault) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Via", "1.1 proxy.hanbit.example")
	w.WriteHeader(http.StatusBadGateway)
	_, _ = io.WriteString(w, "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>"+
		"<h1>Bad Gateway</h1><p>The proxy could not reach the server. Please contact your network team.</p></body></html>")
}

func copyHeader(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
}

// cutConnection promises the whole answer, sends half of it and drops the connection.
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

// invalidateJSON breaks the first colon, so that even a parser that stops at the first error sees it.
func invalidateJSON(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	w.WriteHeader(answer.Code)
	_, _ = w.Write(bytes.Replace(answer.Body.Bytes(), []byte(`":`), []byte(`"=`), 1))
}
