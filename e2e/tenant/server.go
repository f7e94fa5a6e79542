package tenant

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Identifiers of the simulated directory and its application. All are fictitious.
const (
	DefaultTenantID     = "5f1c2f0e-8a54-4c0b-9d5c-3b1e7a90c4d2"
	DefaultClientID     = "c0a8e4d7-19b6-4a3f-8e62-7d45f0b1a9c3"
	DefaultOrganization = "Hanbit"
	DefaultDomain       = "hanbit.example"
)

const (
	defaultTokenLifetime = time.Hour
	readHeaderTimeout    = 10 * time.Second
)

// Options configures the tenant. The zero value is a tenant without users.
type Options struct {
	// People are user objects in the form that Graph sends. Each needs an "id". Attributes that the
	// simulator does not know are returned unchanged.
	People []json.RawMessage
	// Groups are group objects in the form that Graph sends.
	Groups []json.RawMessage
	// Members are the direct members of each group: IDs of users and groups by the group's ID.
	Members map[string][]string
	// Roles are the application permissions that an administrator has consented to. Nil means
	// User.Read.All, GroupMember.Read.All, Organization.Read.All and Application.Read.All; an empty slice means none.
	Roles []string
	// TokenLifetime is the lifetime of access tokens. 0 means one hour.
	TokenLifetime time.Duration
}

// Server is a running tenant. Its identifiers are those that an administrator copies from the Entra portal.
type Server struct {
	TenantID     string
	ClientID     string
	ClientSecret string
	// ControlKey is required in the header ControlKeyHeader for the routes under /_control.
	ControlKey string
	// Faults are the active faults.
	Faults *Faults

	users        *objects
	groups       *objects
	members      *memberships
	started      Options
	rounds       *deltaRounds
	tokens       *tokenIssuer
	lagging      atomic.Pointer[[]string]
	unlisted     atomic.Pointer[[]string]
	certificates *certificates
	secrets      *secrets
	startedAt    time.Time
	requests     *requestLog
	roles        []string

	deltaPageSize atomic.Int64

	url       string
	caPEM     []byte
	http      *http.Server
	closing   chan struct{}
	closeOnce sync.Once
}

// Start starts a tenant on a free port of 127.0.0.1. Call Close when done.
func Start(options Options) (*Server, error) {
	server, err := newServer(options)
	if err != nil {
		return nil, err
	}
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening for the simulated tenant: %w", err)
	}
	server.url = "https://" + listener.Addr().String()
	server.caPEM = authority.caPEM
	server.http = &http.Server{
		Handler:           server.handler(),
		TLSConfig:         authority.serverConfig(),
		ReadHeaderTimeout: readHeaderTimeout,
		// Cut connections and clients without trust are expected, so they are not reported.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func() {
		if err := server.http.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
			log.Printf("the simulated tenant stopped: %v", err)
		}
	}()
	return server, nil
}

func newServer(options Options) (*Server, error) {
	users, err := newObjects("person", options.People)
	if err != nil {
		return nil, err
	}
	groups, err := newObjects("group", options.Groups)
	if err != nil {
		return nil, err
	}
	roles := options.Roles
	if roles == nil {
		roles = []string{roleUsers, roleGroups, roleOrganization, roleApplications}
	}
	lifetime := options.TokenLifetime
	if lifetime == 0 {
		lifetime = defaultTokenLifetime
	}
	server := &Server{
		TenantID:     DefaultTenantID,
		ClientID:     DefaultClientID,
		ClientSecret: rand.Text() + "~" + rand.Text()[:13],
		ControlKey:   rand.Text(),
		Faults:       &Faults{},
		users:        users,
		groups:       groups,
		members:      newMemberships(options.Members),
		started:      options,
		rounds:       newDeltaRounds(),
		tokens:       newTokenIssuer(lifetime),
		certificates: newCertificates(),
		secrets:      &secrets{},
		startedAt:    time.Now(),
		requests:     &requestLog{},
		roles:        roles,
		closing:      make(chan struct{}),
	}
	server.SetDeltaPageSize(defaultDeltaPageSize)
	server.SetSecrets(server.ownSecret())
	return server, nil
}

// handler has one line per endpoint. It is the list of what the tenant supports.
func (s *Server) handler() http.Handler {
	graph := http.NewServeMux()
	graph.HandleFunc("GET /v1.0/users", s.graph(MatchUsers, roleUsers, s.listUsers))
	graph.HandleFunc("GET /v1.0/users/delta", s.graph(MatchDelta, roleUsers, s.userDelta))
	graph.HandleFunc("GET /v1.0/users/{id}", s.graph(MatchUsers, roleUsers, s.getUser))
	graph.HandleFunc("GET /v1.0/users/{id}/transitiveMemberOf", s.graph(MatchPlaces, "", s.listPlaces))
	graph.HandleFunc("GET /v1.0/groups", s.graph(MatchGroups, roleGroups, s.listGroups))
	graph.HandleFunc("GET /v1.0/groups/{id}", s.graph(MatchGroups, roleGroups, s.getGroup))
	graph.HandleFunc("GET /v1.0/groups/delta", s.graph(MatchChanges, roleGroups, s.groupDelta))
	graph.HandleFunc("GET /v1.0/groups/{id}/transitiveMembers", s.graph(MatchMembers, roleGroups, s.listAllMembers))
	graph.HandleFunc("GET /v1.0/groups/{id}/members/microsoft.graph.group", s.graph(MatchMembers, roleGroups, s.listNested))
	graph.HandleFunc("GET /v1.0/groups/{id}/transitiveMembers/microsoft.graph.user", s.graph(MatchMembers, roleGroups, s.listMembers))
	graph.HandleFunc("GET /v1.0/directory/deletedItems/microsoft.graph.user", s.graph(matchOtherGraph, roleUsers, s.listDeleted))
	graph.HandleFunc("GET /v1.0/directory/deletedItems/{id}", s.graph(matchOtherGraph, roleUsers, s.getDeleted))
	graph.HandleFunc("GET /v1.0/organization", s.graph(matchOtherGraph, roleOrganization, s.getOrganization))
	graph.HandleFunc("GET /v1.0/{segment}", s.routeSegment())
	graph.HandleFunc("/", s.graph(matchOtherGraph, "", s.unknownSegment))

	login := http.NewServeMux()
	login.HandleFunc("GET /common/discovery/instance", s.observe(matchDiscovery, s.instanceDiscovery))
	login.HandleFunc("GET /{tenant}/v2.0/.well-known/openid-configuration", s.observe(matchDiscovery, s.openIDConfiguration))
	login.HandleFunc("POST /{tenant}/oauth2/v2.0/token", s.observe(MatchToken, s.token))

	control := http.NewServeMux()
	s.routeControl(control)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/v1.0/"):
			graph.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, "/_control/"):
			control.ServeHTTP(w, r)
		default:
			login.ServeHTTP(w, r)
		}
	})
}

// URL is the root of both the sign-in service and Graph, without a trailing slash.
func (s *Server) URL() string { return s.url }

// CAPEM is the certificate of the authority that signed the server's certificate. It is created at start,
// and its key is discarded immediately, so trusting it means trusting only this server.
func (s *Server) CAPEM() []byte { return s.caPEM }

// RegisterCertificate uploads the certificate (PEM; a private key in it is ignored) with which the
// application can sign its client assertions.
func (s *Server) RegisterCertificate(pemData []byte) error { return s.certificates.add(pemData) }

// Close stops the server immediately and ends current requests.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		close(s.closing)
		// Close reports only errors of the listener, which is closed in any case.
		_ = s.http.Close()
	})
}
