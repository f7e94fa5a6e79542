package tenant

import (
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
)

// loginError is an error of the token endpoint: the AADSTS number with the OAuth error and the text that
// Entra sends.
type loginError struct {
	Status int
	Code   int
	Error  string
	Text   string
}

// writeLoginError sends the same body as Entra. Clients read error and error_codes. The text is for users.
func (s *Server) writeLoginError(w http.ResponseWriter, r *http.Request, failure loginError) {
	trace := uuid.NewString()
	correlation := r.Header.Get("client-request-id")
	if correlation == "" {
		correlation = uuid.NewString()
	}
	at := time.Now().UTC().Format("2006-01-02 15:04:05Z")
	w.Header().Set("x-ms-request-id", trace)
	w.Header().Set("client-request-id", correlation)
	w.Header().Set("Cache-Control", "no-store, no-cache")
	writeJSON(w, failure.Status, map[string]any{
		"error": failure.Error,
		"error_description": fmt.Sprintf("AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s",
			failure.Code, failure.Text, trace, correlation, at),
		"error_codes":    []int{failure.Code},
		"timestamp":      at,
		"trace_id":       trace,
		"correlation_id": correlation,
		"error_uri":      fmt.Sprintf("%s/error?code=%d", root(r), failure.Code),
	})
}

func tenantNotFound(tenant string) loginError {
	return loginError{http.StatusBadRequest, 90002, "invalid_request", fmt.Sprintf("Tenant '%s' not found. Check to make "+
		"sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription "+
		"administrator, this may happen if there are no active subscriptions for the tenant.", tenant)}
}

func applicationNotFound(client string) loginError {
	return loginError{http.StatusBadRequest, 700016, "unauthorized_client", fmt.Sprintf("Application with identifier '%s' "+
		"was not found in the directory '%s'. This can happen if the application has not been installed by the "+
		"administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication "+
		"request to the wrong tenant.", client, DefaultOrganization)}
}

func wrongSecret(client string) loginError {
	return loginError{http.StatusUnauthorized, 7000215, "invalid_client", fmt.Sprintf("Invalid client secret provided. "+
		"Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret "+
		"added to app '%s'.", client)}
}

func expiredSecret(client string) loginError {
	return loginError{http.StatusUnauthorized, 7000222, "invalid_client", fmt.Sprintf("The provided client secret keys for "+
		"app '%s' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, "+
		"or consider using certificate credentials for added security: https://aka.ms/certCreds.", client)}
}

func applicationDisabled(client string) loginError {
	return loginError{http.StatusBadRequest, 7000112, "unauthorized_client",
		fmt.Sprintf("Application '%s'(Entra Sync) is disabled.", client)}
}

func unknownCertificate(client, thumbprint string) loginError {
	return loginError{http.StatusUnauthorized, 700027, "invalid_client", fmt.Sprintf("The certificate with identifier used "+
		"to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of "+
		"key used by client: '%s', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see "+
		"configured keys for app Id '%s'.]", thumbprint, client)}
}

func wrongSignature(client, thumbprint string) loginError {
	return loginError{http.StatusUnauthorized, 700027, "invalid_client", fmt.Sprintf("Client assertion failed signature "+
		"validation. [Reason - The key was found, but the signature is invalid., Thumbprint of key used by client: "+
		"'%s', configured keys for app Id '%s'.]", thumbprint, client)}
}

func malformedAssertion() loginError {
	return loginError{http.StatusBadRequest, 50027, "invalid_request", "JWT token is invalid or malformed."}
}

func wrongAudience() loginError {
	return loginError{http.StatusUnauthorized, 700023, "invalid_client",
		"Client assertion audience claim does not match Realm issuer."}
}

func assertionOutOfTime() loginError {
	return loginError{http.StatusUnauthorized, 700024, "invalid_client", "Client assertion is not within its valid time range."}
}

func wrongIssuer() loginError {
	return loginError{http.StatusUnauthorized, 700021, "invalid_client",
		"Client assertion application identifier doesn't match 'client_id' parameter."}
}

func conditionalAccess() loginError {
	return loginError{http.StatusBadRequest, 53003, "invalid_grant",
		"Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."}
}

func anotherCloud() loginError {
	return loginError{http.StatusBadRequest, 900382, "invalid_request",
		"Confidential Client is not supported in Cross Cloud request."}
}

func resourceNotFound(resource, tenant string) loginError {
	return loginError{http.StatusBadRequest, 500011, "invalid_resource", fmt.Sprintf("The resource principal named %s was not "+
		"found in the tenant named %s. This can happen if the application has not been installed by the administrator "+
		"of the tenant or consented to by any user in the tenant. You might have sent your authentication request to "+
		"the wrong tenant.", resource, tenant)}
}

func invalidScope(scope string) loginError {
	return loginError{http.StatusBadRequest, 1002012, "invalid_scope", fmt.Sprintf("The provided value for scope %s is not "+
		"valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier "+
		"(application ID URI).", scope)}
}

func missingParameter(name string) loginError {
	return loginError{http.StatusBadRequest, 900144, "invalid_request",
		fmt.Sprintf("The request body must contain the following parameter: '%s'.", name)}
}

func unsupportedGrant(grant string) loginError {
	return loginError{http.StatusBadRequest, 70003, "unsupported_grant_type",
		fmt.Sprintf("The app requested an unsupported grant type '%s'.", grant)}
}

func missingCredential() loginError {
	return loginError{http.StatusUnauthorized, 7000216, "invalid_client",
		"'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."}
}

func throttledLogin() loginError {
	return loginError{http.StatusTooManyRequests, 90055, "temporarily_unavailable",
		"The server is terminating this request because there are too many requests at the moment."}
}

func transientError() loginError {
	return loginError{http.StatusServiceUnavailable, 90033, "temporarily_unavailable",
		"A transient error has occurred. Please try again."}
}
