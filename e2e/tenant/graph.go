package tenant

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// The application permissions of the simulated Graph.
const (
	roleUsers        = "User.Read.All"
	roleGroups       = "GroupMember.Read.All"
	roleOrganization = "Organization.Read.All"
	roleApplications = "Application.Read.All"
	roleDirectory    = "Directory.Read.All" // implies all of the above
)

const graphContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"

// graphError is the content of Graph's {"error": …}, with its status.
type graphError struct {
	Status  int
	Code    string
	Message string
}

func (e *graphError) Error() string { return e.Code + ": " + e.Message }

func badRequest(format string, values ...any) *graphError {
	return &graphError{http.StatusBadRequest, "BadRequest", fmt.Sprintf(format, values...)}
}

func unsupportedQuery(format string, values ...any) *graphError {
	return &graphError{http.StatusBadRequest, "Request_UnsupportedQuery", fmt.Sprintf(format, values...)}
}

func resourceMissing(id string) *graphError {
	return &graphError{http.StatusNotFound, "Request_ResourceNotFound", fmt.Sprintf(
		"Resource '%s' does not exist or one of its queried reference-property objects are not present.", id)}
}

func insufficientPrivileges() *graphError {
	return &graphError{http.StatusForbidden, "Authorization_RequestDenied",
		"Insufficient privileges to complete the operation."}
}

func invalidToken(message string) *graphError {
	return &graphError{http.StatusUnauthorized, "InvalidAuthenticationToken", message}
}

// graphHandler responds to a Graph request with a JSON document or a *graphError.
type graphHandler func(r *http.Request) (json.RawMessage, error)

// graph adds the common parts of all Graph endpoints: the request log and faults, Graph's
// headers, the bearer token, and the application permission of the endpoint ("" for none).
func (s *Server) graph(match Match, role string, handler graphHandler) http.HandlerFunc {
	return s.observe(match, func(w http.ResponseWriter, r *http.Request) {
		setGraphHeaders(w, r)
		if err := s.authorize(r, role); err != nil {
			writeGraphError(w, r, err)
			return
		}
		body, err := handler(r)
		if err != nil {
			writeGraphError(w, r, err)
			return
		}
		w.Header().Set("Content-Type", graphContentType)
		w.Header().Set("OData-Version", "4.0")
		// An error here means that the client has disconnected.
		_, _ = w.Write(body)
	})
}

func setGraphHeaders(w http.ResponseWriter, r *http.Request) {
	request := uuid.NewString()
	clientRequest := r.Header.Get("client-request-id")
	if clientRequest == "" {
		clientRequest = request
	}
	w.Header().Set("request-id", request)
	w.Header().Set("client-request-id", clientRequest)
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("x-ms-ags-diagnostic", `{"ServerInfo":{"DataCenter":"Korea Central","Slice":"E","Ring":"4","ScaleUnit":"001"}}`)
}

// bearerToken is empty if the request has none.
func bearerToken(r *http.Request) string {
	token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !isBearer {
		return ""
	}
	return token
}

func (s *Server) authorize(r *http.Request, role string) error {
	token := bearerToken(r)
	if token == "" {
		return invalidToken("Access token is empty.")
	}
	claims, err := s.tokens.check(token)
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return invalidToken("Lifetime validation failed, the token is expired.")
	case errors.Is(err, jwt.ErrTokenMalformed):
		return invalidToken("IDX14100: JWT is not well formed, there are no dots (.).\n" +
			"The token needs to be in JWS or JWE Compact Serialization Format.")
	case err != nil:
		return invalidToken("Access token validation failure. Invalid signature.")
	}
	audience := claims.Audience[0]
	if audience != root(r) && !slices.Contains(graphResources, audience) {
		return invalidToken("Access token validation failure. Invalid audience.")
	}
	if role != "" && !claims.allow(role) {
		return insufficientPrivileges()
	}
	return nil
}

// isAllowed reports whether an authorized request has an additional permission.
func (s *Server) isAllowed(r *http.Request, role string) bool {
	claims, err := s.tokens.check(bearerToken(r))
	return err == nil && claims.allow(role)
}

// writeGraphError sends Graph's error body. Set Graph's headers before.
func writeGraphError(w http.ResponseWriter, r *http.Request, err error) {
	var failure *graphError
	if !errors.As(err, &failure) {
		failure = &graphError{http.StatusInternalServerError, "InternalServerError", err.Error()}
	}
	if failure.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="", authorization_uri="%s/common/oauth2/authorize", `+
			`client_id="00000003-0000-0000-c000-000000000000"`, root(r)))
	}
	if failure.Status == http.StatusGone {
		w.Header().Set("Location", root(r)+r.URL.Path+"?$deltatoken=")
	}
	writeJSON(w, failure.Status, map[string]any{"error": map[string]any{
		"code":    failure.Code,
		"message": failure.Message,
		"innerError": map[string]string{
			"date":              time.Now().UTC().Format("2006-01-02T15:04:05"),
			"request-id":        w.Header().Get("request-id"),
			"client-request-id": w.Header().Get("client-request-id"),
		},
	}})
}

// unknownSegment responds for all paths of Graph that are not simulated.
func (s *Server) unknownSegment(r *http.Request) (json.RawMessage, error) {
	if r.Method != http.MethodGet {
		return nil, &graphError{http.StatusMethodNotAllowed, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."}
	}
	segment, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/v1.0/"), "/")
	return nil, badRequest("Resource not found for the segment '%s'.", segment)
}
