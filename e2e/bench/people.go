package bench

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"
)

// readAccounts reads the accounts that the sync created, in the form that the plugin API takes to create them again.
func readAccounts(ctx context.Context, db *sql.DB) (accounts []*model.User, err error) {
	rows, err := db.QueryContext(ctx, `SELECT username, email, nickname, firstname, lastname, position, locale, authdata
		FROM users WHERE authservice = $1 ORDER BY authdata`, service)
	if err != nil {
		return nil, fmt.Errorf("read the accounts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		account := &model.User{AuthService: service, EmailVerified: true}
		if err := rows.Scan(&account.Username, &account.Email, &account.Nickname, &account.FirstName, &account.LastName,
			&account.Position, &account.Locale, &account.AuthData); err != nil {
			return nil, fmt.Errorf("read an account: %w", err)
		}
		accounts = append(accounts, account)
	}
	return accounts, rows.Err()
}
