package mattermost

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

var (
	//go:embed find_accounts.sql
	findAccounts string

	//go:embed recognized_accounts.sql
	recognizedAccounts string

	//go:embed taken_usernames.sql
	takenUsernames string
)

// UserAPI is the part of plugin.API that writes accounts and returns the user limit.
type UserAPI interface {
	CreateUser(user *model.User) (*model.User, *model.AppError)
	GetUser(userID string) (*model.User, *model.AppError)
	UpdateUser(user *model.User) (*model.User, *model.AppError)
	UpdateUserAuth(userID string, userAuth *model.UserAuth) (*model.UserAuth, *model.AppError)
	UpdateUserActive(userID string, active bool) *model.AppError
	GetSession(sessionID string) (*model.Session, *model.AppError)
	RevokeSession(sessionID string) *model.AppError
	RevokeUserAccessToken(tokenID string) *model.AppError
	GetLicense() *model.License
	UpsertPropertyValues(values []*model.PropertyValue) ([]*model.PropertyValue, error)
	GetConfig() *model.Config
}

// Accounts reads and writes Mattermost accounts. The JSON shapes are those of webapp/src/sync/types.ts.
type Accounts struct {
	api UserAPI
	db  *sql.DB
}

// NewAccounts reads from db, which holds Mattermost's tables and the plugin's, and writes through api.
func NewAccounts(api UserAPI, db *sql.DB) *Accounts {
	return &Accounts{api: api, db: db}
}

type accountKeys struct {
	ObjectIDs   []string `json:"object_ids"`
	Emails      []string `json:"emails"`
	Usernames   []string `json:"usernames"`
	AuthData    []string `json:"auth_data"`
	AuthService string   `json:"auth_service"`
}

// Find takes AccountKeys and returns {"accounts": Account[]}. Only links of the tenant count.
func (a *Accounts) Find(ctx context.Context, tenantID string, input json.RawMessage) (any, error) {
	var keys accountKeys
	if err := json.Unmarshal(input, &keys); err != nil {
		return nil, fmt.Errorf("account keys: %w", err)
	}
	return a.queryJSON(ctx, findAccounts, tenantID,
		list(keys.ObjectIDs), list(keys.Emails), list(keys.AuthData), keys.AuthService, list(keys.Usernames))
}

// Recognized takes [{id, fingerprint}] and decodes {"unchanged": string[], "same": string[]} into found (recognized_accounts.sql).
func (a *Accounts) Recognized(ctx context.Context, tenantID string, users json.RawMessage, found any) error {
	answer, err := a.queryJSON(ctx, recognizedAccounts, tenantID, string(users))
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, found)
}

// TakenUsernames takes {"names": string[]} and returns {"taken": string[]}.
func (a *Accounts) TakenUsernames(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Names []string `json:"names"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, fmt.Errorf("usernames: %w", err)
	}
	return a.queryJSON(ctx, takenUsernames, list(request.Names))
}

func (a *Accounts) queryJSON(ctx context.Context, query string, args ...any) (json.RawMessage, error) {
	return queryJSON(ctx, a.db, query, args...)
}

// queryJSON runs a query that returns one JSON text, the port's whole answer. The driver for plugins makes a remote call for
// every row, so there is only one.
func queryJSON(ctx context.Context, db *sql.DB, query string, args ...any) (json.RawMessage, error) {
	var answer []byte
	if err := db.QueryRowContext(ctx, query, args...).Scan(&answer); err != nil {
		return nil, databaseFailed(err)
	}
	return json.RawMessage(answer), nil
}

// list returns the texts as a JSON array for the database. A text with a NUL, which PostgreSQL refuses, is left out: no account
// can have it, and it must not stop the whole chunk. Half surrogates became U+FFFD when they were decoded.
func list(texts []string) string {
	known := slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return strings.Contains(text, "\x00") })
	encoded, err := json.Marshal(known)
	if err != nil || known == nil {
		return "[]" // never happens: a list of texts can always be encoded
	}
	return string(encoded)
}
