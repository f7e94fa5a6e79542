package tenant

import (
	"net/http"
	"slices"
	"sync"
)

// maxLoggedRequests limits the log. The oldest entries are dropped.
const maxLoggedRequests = 10_000

// Request is an entry of the request log. Headers and bodies are omitted on purpose, because they contain the
// token and the secret.
type Request struct {
	Method    string `json:"method"`
	Path      string `json:"path"`
	Query     string `json:"query"`
	UserAgent string `json:"user_agent"`
	Status    int    `json:"status"`
	Faults    []Kind `json:"faults"`
}

type requestLog struct {
	mu      sync.Mutex
	entries []Request
}

func (l *requestLog) add(r *http.Request, status int, due []Fault) {
	entry := Request{
		Method:    r.Method,
		Path:      r.URL.Path,
		Query:     r.URL.RawQuery,
		UserAgent: r.UserAgent(),
		Status:    status,
		Faults:    []Kind{},
	}
	for _, fault := range due {
		entry.Faults = append(entry.Faults, fault.Kind)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) >= maxLoggedRequests {
		l.entries = slices.Delete(l.entries, 0, maxLoggedRequests/10)
	}
	l.entries = append(l.entries, entry)
}

func (l *requestLog) list() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Request{}, l.entries...)
}

func (l *requestLog) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = nil
}

// Requests returns the requests to the tenant, oldest first, without the control routes.
func (s *Server) Requests() []Request { return s.requests.list() }

// statusRecorder records the status that a handler sent.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap gives http.ResponseController access to the connection.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
