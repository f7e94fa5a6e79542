package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// userHeader is set by the Mattermost server after it has checked the caller's session. The server removes any value that a
// caller sends, so a plugin can trust it.
const userHeader = "Mattermost-User-Id"

// tokenHeader carries the trigger token where a server does not pass a foreign Authorization header on to plugins (Mattermost
// 10.12 does not).
const tokenHeader = "X-Entrasync-Token"

type callerKey struct{}

type addressKey struct{}

// From returns the request with the caller's network address as the server knows it: behind a proxy, the request itself has
// only the proxy's.
func From(r *http.Request, address string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), addressKey{}, address))
}

func addressOf(r *http.Request) string {
	address, _ := r.Context().Value(addressKey{}).(string)
	return address
}

// caller is a system administrator, or a client that holds the trigger token (userID is "" then).
type caller struct {
	userID string
}

func callerOf(r *http.Request) caller {
	known, _ := r.Context().Value(callerKey{}).(caller)
	return known
}

// handler is a route. If it fails, the failure is written as the answer.
type handler func(w http.ResponseWriter, r *http.Request) error

// admins accepts system administrators only.
func (a *API) admins(next handler) http.Handler {
	return a.guarded(next, false)
}

// adminsOrToken also accepts a caller that holds the trigger token.
func (a *API) adminsOrToken(next handler) http.Handler {
	return a.guarded(next, true)
}

func (a *API) guarded(next handler, tokenAllowed bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, failure := a.identify(r, tokenAllowed)
		if failure != nil {
			a.writeFailure(w, r, failure)
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), callerKey{}, who))
		if err := next(w, r); err != nil {
			a.writeFailure(w, r, err)
		}
	})
}

func (a *API) identify(r *http.Request, tokenAllowed bool) (caller, error) {
	if userID := r.Header.Get(userHeader); userID != "" {
		isAdmin, err := a.People.IsSystemAdmin(userID)
		if err != nil {
			return caller{}, err
		}
		if !isAdmin {
			return caller{}, fail(http.StatusForbidden, fault.Forbidden)
		}
		return caller{userID: userID}, nil
	}
	token := sentToken(r)
	if !tokenAllowed || token == "" {
		return caller{}, fail(http.StatusUnauthorized, fault.NotSignedIn)
	}
	if !sameToken(token, a.TriggerToken()) {
		return caller{}, a.attempts.refuse(r.Context(), addressOf(r))
	}
	return caller{}, nil
}

func sentToken(r *http.Request) string {
	if token := r.Header.Get(tokenHeader); token != "" {
		return token
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// sameToken compares in constant time, for tokens of any length. If no token is configured, nothing matches.
func sameToken(sent, configured string) bool {
	if configured == "" {
		return false
	}
	a, b := sha256.Sum256([]byte(sent)), sha256.Sum256([]byte(configured))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}
