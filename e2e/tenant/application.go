package tenant

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// defaultSecretLifetime is the portal's default for a new secret.
const defaultSecretLifetime = 180 * 24 * time.Hour

// Secret is a client secret of the application as in Graph, without its value.
type Secret struct {
	// Hint is its first three characters.
	Hint string `json:"hint"`
	// EndsAt is when it expires. The simulated sign-in still accepts the real one.
	EndsAt time.Time `json:"ends_at"`
}

// secrets are those registered for the application.
type secrets struct {
	mu   sync.Mutex
	list []Secret
}

func (s *secrets) get() []Secret {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Secret{}, s.list...)
}

func (s *secrets) set(list []Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = list
}

// ownSecret is the working one, created when the tenant started.
func (s *Server) ownSecret() Secret {
	return Secret{Hint: s.ClientSecret[:3], EndsAt: s.startedAt.Add(defaultSecretLifetime)}
}

// SetSecrets sets the client secrets that Graph shows for the application. Reset restores the working one.
func (s *Server) SetSecrets(list ...Secret) { s.secrets.set(list) }

var applicationEntity = &entity{
	set:  "applications",
	name: "application",
	defaults: []string{"id", "deletedDateTime", "appId", "createdDateTime", "displayName", "identifierUris", "publisherDomain",
		"signInAudience", "keyCredentials", "passwordCredentials"},
}

// applicationKey is the only key for applications in the simulated Graph: their application ID.
var applicationKey = regexp.MustCompile(`^applications\(appId='([^']*)'\)$`)

// routeSegment handles paths with one segment: an application, or an unknown path. A ServeMux has no pattern for the former.
func (s *Server) routeSegment() http.HandlerFunc {
	application := s.graph(MatchApplications, roleApplications, s.getApplication)
	unknown := s.graph(matchOtherGraph, "", s.unknownSegment)
	return func(w http.ResponseWriter, r *http.Request) {
		if key := applicationKey.FindStringSubmatch(r.PathValue("segment")); key != nil {
			r.SetPathValue("id", key[1])
			application(w, r)
			return
		}
		unknown(w, r)
	}
}

// getApplication responds with the application of this tenant.
// Source: https://learn.microsoft.com/graph/api/application-get
func (s *Server) getApplication(r *http.Request) (json.RawMessage, error) {
	if !strings.EqualFold(r.PathValue("id"), s.ClientID) {
		return nil, resourceMissing(r.PathValue("id"))
	}
	raw, err := json.Marshal(map[string]any{
		"id":                  s.ClientID, // of the object; both are the same here
		"appId":               s.ClientID,
		"displayName":         "Entra Sync for Mattermost",
		"createdDateTime":     graphTime(s.startedAt),
		"publisherDomain":     DefaultDomain,
		"signInAudience":      "AzureADMyOrg",
		"identifierUris":      []string{},
		"keyCredentials":      s.keyCredentials(),
		"passwordCredentials": s.passwordCredentials(),
	})
	if err != nil {
		return nil, err
	}
	application, err := parseObject("application", raw)
	if err != nil {
		return nil, err
	}
	r.SetPathValue("id", application.id)
	return applicationEntity.one(r, newSnapshot([]object{application}, nil))
}

// Source: https://learn.microsoft.com/graph/api/resources/passwordcredential
func (s *Server) passwordCredentials() []map[string]any {
	credentials := []map[string]any{}
	for _, secret := range s.secrets.get() {
		credentials = append(credentials, map[string]any{
			"customKeyIdentifier": nil,
			"displayName":         "Mattermost",
			"endDateTime":         graphTime(secret.EndsAt),
			"hint":                secret.Hint,
			"keyId":               uuid.NewString(),
			"secretText":          nil,
			"startDateTime":       graphTime(s.startedAt),
		})
	}
	return credentials
}

// Source: https://learn.microsoft.com/graph/api/resources/keycredential
func (s *Server) keyCredentials() []map[string]any {
	credentials := []map[string]any{}
	for _, certificate := range s.certificates.all() {
		credentials = append(credentials, map[string]any{
			"customKeyIdentifier": nil,
			"displayName":         certificate.Subject.String(),
			"endDateTime":         graphTime(certificate.NotAfter),
			"key":                 nil,
			"keyId":               uuid.NewString(),
			"startDateTime":       graphTime(certificate.NotBefore),
			"type":                "AsymmetricX509Cert",
			"usage":               "Verify",
		})
	}
	return credentials
}

func graphTime(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.999Z") }

// putSecrets is SetSecrets over HTTP.
func (s *Server) putSecrets(w http.ResponseWriter, r *http.Request) {
	var list []Secret
	err := json.NewDecoder(r.Body).Decode(&list)
	if err == nil {
		s.SetSecrets(list...)
	}
	writeControlResult(w, err)
}
