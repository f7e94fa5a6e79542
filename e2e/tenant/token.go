package tenant

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// accessClaims are the claims of an access token that the simulated Graph checks.
type accessClaims struct {
	TenantID string   `json:"tid"`
	ClientID string   `json:"appid"`
	Roles    []string `json:"roles"`
	jwt.RegisteredClaims
}

func (c *accessClaims) allow(role string) bool {
	return slices.Contains(c.Roles, role) || slices.Contains(c.Roles, roleDirectory)
}

// tokenIssuer creates and checks access tokens. They look like Entra's and, like those, have no meaning for
// other services.
type tokenIssuer struct {
	key      []byte
	lifetime time.Duration

	// isOpaque makes new tokens that clients cannot read. Microsoft reserves the right to do so.
	isOpaque atomic.Bool

	mu      sync.Mutex
	expired map[string]bool // IDs of tokens that a fault expired early
}

func newTokenIssuer(lifetime time.Duration) *tokenIssuer {
	return &tokenIssuer{key: []byte(rand.Text()), lifetime: lifetime, expired: map[string]bool{}}
}

func (t *tokenIssuer) issue(claims accessClaims, audience string) (string, error) {
	now := time.Now()
	claims.RegisteredClaims = jwt.RegisteredClaims{
		ID:        uuid.NewString(),
		Audience:  jwt.ClaimStrings{audience},
		IssuedAt:  jwt.NewNumericDate(now),
		NotBefore: jwt.NewNumericDate(now),
		ExpiresAt: jwt.NewNumericDate(now.Add(t.lifetime)),
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(t.key)
	if t.isOpaque.Load() {
		token = base64.RawURLEncoding.EncodeToString([]byte(token))
	}
	return token, err
}

// check returns jwt.ErrTokenExpired for a token that was valid before, and another error for an invalid one.
func (t *tokenIssuer) check(token string) (*accessClaims, error) {
	if opaque, err := base64.RawURLEncoding.DecodeString(token); err == nil {
		token = string(opaque)
	}
	claims := &accessClaims{}
	_, err := jwt.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return t.key, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithExpirationRequired())
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.expired[claims.ID] {
		return nil, jwt.ErrTokenExpired
	}
	return claims, nil
}

// expire makes a valid token expire permanently, so that only a new token works. Other tokens do not change.
func (t *tokenIssuer) expire(token string) {
	claims, err := t.check(token)
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expired[claims.ID] = true
}

// randomUint64 cannot fail. Since Go 1.24, crypto/rand.Read ends the program instead of returning an error.
func randomUint64() uint64 {
	var bytes [8]byte
	_, _ = rand.Read(bytes[:])
	return binary.BigEndian.Uint64(bytes[:])
}
