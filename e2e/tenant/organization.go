package tenant

import (
	"encoding/json"
	"net/http"
)

// initialDomain is the domain that every tenant is created with.
const initialDomain = "hanbit.onmicrosoft.example"

// getOrganization responds with the organization that every tenant has.
func (s *Server) getOrganization(r *http.Request) (json.RawMessage, error) {
	type domain struct {
		Capabilities string `json:"capabilities"`
		IsDefault    bool   `json:"isDefault"`
		IsInitial    bool   `json:"isInitial"`
		Name         string `json:"name"`
		Type         string `json:"type"`
	}
	return json.Marshal(map[string]any{
		"@odata.context": root(r) + "/v1.0/$metadata#organization",
		"value": []map[string]any{{
			"id":          s.TenantID,
			"displayName": DefaultOrganization,
			"verifiedDomains": []domain{
				{Capabilities: "Email, OfficeCommunicationsOnline", IsDefault: true, Name: DefaultDomain, Type: "Managed"},
				{Capabilities: "Email", IsInitial: true, Name: initialDomain, Type: "Managed"},
			},
		}},
	})
}
