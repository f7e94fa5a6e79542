package tenant

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const maxTokenRequestBytes = 64 << 10

// graphResources are Entra's names for Microsoft Graph, in addition to this server's address.
var graphResources = []string{
	"https://graph.microsoft.com",
	"https://graph.microsoft.us",
	"https://dod-graph.microsoft.us",
	"https://microsoftgraph.chinacloudapi.cn",
}

// root is the address that the client used for this server. Links are based on it, so that a client of
// https://localhost is never sent to another host.
func root(r *http.Request) string { return "https://" + r.Host }

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	// An error here means that the client has disconnected.
	_ = encoder.Encode(body)
}

// SetOpaqueTokens makes new access tokens unreadable for clients, or readable again.
func (s *Server) SetOpaqueTokens(isOpaque bool) { s.tokens.isOpaque.Store(isOpaque) }

// isTenant reports whether name is this tenant's ID or one of its domains.
func (s *Server) isTenant(name string) bool {
	return strings.EqualFold(name, s.TenantID) || strings.EqualFold(name, DefaultDomain) || strings.EqualFold(name, initialDomain)
}

func (s *Server) instanceDiscovery(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"tenant_discovery_endpoint": root(r) + "/" + s.TenantID + "/v2.0/.well-known/openid-configuration",
		"api-version":               "1.1",
		"metadata": []map[string]any{{
			"preferred_network": r.Host,
			"preferred_cache":   r.Host,
			"aliases":           []string{r.Host},
		}},
	})
}

func (s *Server) openIDConfiguration(w http.ResponseWriter, r *http.Request) {
	if name := r.PathValue("tenant"); !s.isTenant(name) {
		failure := tenantNotFound(name)
		failure.Error = "invalid_tenant"
		s.writeLoginError(w, r, failure)
		return
	}
	base := root(r) + "/" + s.TenantID
	writeJSON(w, http.StatusOK, map[string]any{
		"token_endpoint":                        base + "/oauth2/v2.0/token",
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt"},
		"jwks_uri":                              base + "/discovery/v2.0/keys",
		"issuer":                                base + "/v2.0",
		"authorization_endpoint":                base + "/oauth2/v2.0/authorize",
		"device_authorization_endpoint":         base + "/oauth2/v2.0/devicecode",
		"end_session_endpoint":                  base + "/oauth2/v2.0/logout",
		"response_types_supported":              []string{"code", "id_token"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"tenant_region_scope":                   "AS",
		"cloud_instance_name":                   r.Host,
		"cloud_graph_host_name":                 r.Host,
		"msgraph_host":                          r.Host,
	})
}

// token handles the client credentials grant with a secret or a signed assertion.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxTokenRequestBytes)
	if err := r.ParseForm(); err != nil {
		s.writeLoginError(w, r, missingParameter("grant_type"))
		return
	}
	if failure := s.checkTokenRequest(r); failure != nil {
		s.writeLoginError(w, r, *failure)
		return
	}
	resource, _ := resourceOf(r.PostForm.Get("scope"))
	token, err := s.tokens.issue(accessClaims{TenantID: s.TenantID, ClientID: s.ClientID, Roles: s.roles}, resource)
	if err != nil {
		s.writeLoginError(w, r, transientError())
		return
	}
	seconds := int(s.tokens.lifetime.Seconds())
	w.Header().Set("Cache-Control", "no-store, no-cache")
	writeJSON(w, http.StatusOK, map[string]any{
		"token_type":     "Bearer",
		"expires_in":     seconds,
		"ext_expires_in": seconds,
		"access_token":   token,
	})
}

// checkTokenRequest returns the first error that Entra would report, in Entra's order.
func (s *Server) checkTokenRequest(r *http.Request) *loginError {
	form := r.PostForm
	tenant, client := r.PathValue("tenant"), form.Get("client_id")
	switch {
	case !s.isTenant(tenant):
		return new(tenantNotFound(tenant))
	case form.Get("grant_type") == "":
		return new(missingParameter("grant_type"))
	case form.Get("grant_type") != "client_credentials":
		return new(unsupportedGrant(form.Get("grant_type")))
	case client == "":
		return new(missingParameter("client_id"))
	case !strings.EqualFold(client, s.ClientID):
		return new(applicationNotFound(client))
	}
	if failure := checkScope(form.Get("scope"), root(r), s.TenantID); failure != nil {
		return failure
	}
	return s.checkCredential(r, form)
}

// resourceOf returns the resource of a scope such as "https://graph.microsoft.com/.default". Microsoft's
// clients add the OpenID scopes, which have no meaning without a user and are ignored.
func resourceOf(scope string) (resource string, isDefault bool) {
	wanted := slices.DeleteFunc(strings.Fields(scope), func(name string) bool {
		return slices.Contains([]string{"openid", "offline_access", "profile"}, name)
	})
	if len(wanted) != 1 {
		return "", false
	}
	resource, isDefault = strings.CutSuffix(wanted[0], "/.default")
	return strings.TrimSuffix(resource, "/"), isDefault
}

func checkScope(scope, self, tenantID string) *loginError {
	if scope == "" {
		return new(missingParameter("scope"))
	}
	resource, isDefault := resourceOf(scope)
	if !isDefault {
		return new(invalidScope(scope))
	}
	if resource != self && !slices.Contains(graphResources, resource) {
		return new(resourceNotFound(resource, tenantID))
	}
	return nil
}

func (s *Server) checkCredential(r *http.Request, form url.Values) *loginError {
	switch {
	case form.Get("client_assertion") != "":
		return s.checkAssertion(form, root(r)+"/"+r.PathValue("tenant"))
	case form.Get("client_secret") == "":
		return new(missingCredential())
	case subtle.ConstantTimeCompare([]byte(form.Get("client_secret")), []byte(s.ClientSecret)) != 1:
		return new(wrongSecret(s.ClientID))
	}
	return nil
}
